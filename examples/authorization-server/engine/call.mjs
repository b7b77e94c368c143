/**
 * Calls to the engine in this process: no page and no cookie of the engine reaches a browser.
 *
 * The kind of an answer is taken from the engine's events (see `recordEvents`), never from its
 * status or Location: with open registration, a client's address may look like one of the engine's
 * own.
 */
import { createExchange, run } from '../../../server/node/src/engines/in-process.ts';
import { isNativeAddress } from '../registration/addresses.mjs';

const FIELD = /<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g;
const ACTION = /<form method="post" action="([^"]*)">/;
const ENTITIES = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

const unescapeHtml = (text) => text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity]);

/** Records the engine's decisions on the request. Called once for each provider. */
export function recordEvents(provider) {
  const remember = (ctx) => {
    const { note } = ctx.req;
    if (note === undefined) return;
    const { client, params } = ctx.oidc;
    note.native = isNativeAddress(params?.redirect_uri);
    note.silent = String(params?.prompt ?? '').split(' ').includes('none');
    note.client = client;
    note.locales = typeof params?.ui_locales === 'string' ? params.ui_locales : undefined;
  };
  provider.on('interaction.started', (ctx) => {
    if (ctx.req.note) ctx.req.note.interaction = ctx.oidc.entities.Interaction.uid;
  });
  provider.on('authorization.success', (ctx) => {
    remember(ctx);
    if (ctx.req.note === undefined) return;
    ctx.req.note.granted = true;
    ctx.req.note.code = ctx.oidc.entities.AuthorizationCode?.jti;
  });
  provider.on('authorization.error', (ctx, error) => {
    remember(ctx);
    if (ctx.req.note) ctx.req.note.failed = error.error;
  });
  provider.on('server_error', (ctx, error) => console.error('The engine failed:', error));
}

function cookieHeader(cookies) {
  return Object.entries(cookies)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');
}

/**
 * The id of the engine's session after the call, `null` if it was ended, `undefined` if it did not
 * change.
 */
function sessionAfter(res) {
  const header = [res.getHeader('set-cookie') ?? []].flat().find((line) => line.startsWith('_session='));
  if (header === undefined) return undefined;
  const value = header.slice('_session='.length).split(';')[0];
  return value === '' ? null : value;
}

/** The form that the engine's page posts (OAuth 2.0 Form Post Response Mode section 2). */
function formPost(html) {
  const action = ACTION.exec(html);
  if (action === null) throw new Error('the engine answered with a page without a form');
  const fields = [...html.matchAll(FIELD)].map(([, name, value]) => [name, unescapeHtml(value)]);
  return { kind: 'form_post', action: unescapeHtml(action[1]), fields };
}

function classify(note, { res, body }) {
  if (note.interaction !== undefined) return { kind: 'interaction', uid: note.interaction };
  if (note.error !== undefined) {
    const { error, error_description: description } = note.error;
    return { kind: 'error', error, description };
  }
  if (res.statusCode === 303) return { kind: 'redirect', location: res.getHeader('location') };
  if (res.getHeader('content-type')?.startsWith('text/html')) return formPost(body);
  throw new Error(`the engine answered ${res.statusCode} without a reason`);
}

/**
 * Sends one request to the engine.
 *
 * @param request `path`, `query` (raw, reaches the engine byte for byte), `cookies`, `login` (the owner of
 *   the session, for the engine's callbacks), `refusal` (why the engine must refuse the request)
 * @returns `{ note, answer, session }`; `note` holds what `recordEvents` recorded
 */
async function send(realm, { path, query, cookies = {}, login, refusal }) {
  const note = { login, refusal };
  const url = query === undefined ? path : `${path}?${query}`;
  const { host, protocol } = new URL(realm.issuer);
  const headers = { host, 'x-forwarded-proto': protocol.slice(0, -1), accept: 'text/html', cookie: cookieHeader(cookies) };
  const { req, res } = createExchange({ url, originalUrl: realm.prefix + url, headers, secure: protocol === 'https:' });
  req.note = note;
  const body = await run(realm.handler, { req, res });
  return { note, answer: { res, body }, session: sessionAfter(res) };
}

/**
 * One request to the engine's authorization or resume route.
 *
 * @returns `{ kind: 'interaction', uid }`, `{ kind: 'redirect', location }`, `{ kind: 'form_post',
 *   action, fields }` or `{ kind: 'error', error, description }`, each with `native`, `silent` (the
 *   request had `prompt=none`), `granted` (a code or token was issued), `code` (its id), `failed` (the
 *   error's code), `client`, `locales` and `session`
 */
export async function callEngine(realm, request) {
  const { note, answer, session } = await send(realm, request);
  const { native = false, silent = false, granted = false, code, failed, client, locales } = note;
  return { ...classify(note, answer), native, silent, granted, code, failed, client, locales, session };
}

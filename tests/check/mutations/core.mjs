/** For each check of profile core, a fault of a server that it, and no other check, must find. */
import {
  START, SUBMIT, addresses, answering, asked, bodies, cards, changing, fault, headers, leading, isSignedIn, statuses, texts, tokens, withCode,
} from './tools.mjs';

const depth = (value) => (typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depth)) : 0);
const names = (text) => (text.match(/"(?:[^"\\]|\\.)*":/g) ?? []).length;
const isParallel = (memory, { json }) => memory.of(json.transaction).parallel === true;
const known = (memory, call) => memory.of(call.json?.transaction).known;
const isOpener = (memory, call) => memory.of(call.json.transaction).browser === memory.browserOf(call);
const clients = (call) => new URLSearchParams(call.json?.query ?? '').getAll('client_id');
const HOSTILE = /__proto__/;
const OURS = /^(https:\/\/(photo-printer|postcard-club|signed)\.example|com\.example\.countersign-check:)\/callback$/;

/** A key is another one where it was used before as `applies` says. */
function forgetfulOf(applies) {
  // What each key was used for, by the run.
  const runs = new WeakMap();
  const usesOf = (memory) => runs.get(memory) ?? runs.set(memory, new Map()).get(memory);
  return {
    request(call, memory) {
      const { 'idempotency-key': key } = call.headers;
      if (call.name !== SUBMIT || !key) return undefined;
      const [uses, body] = [usesOf(memory), call.body.toString()];
      const before = uses.get(key);
      if (before === undefined) uses.set(key, { body, done: false });
      else if (applies(before, body)) return { ...call, headers: { ...call.headers, 'idempotency-key': `${key}-again` } };
      return undefined;
    },
    answer(answer, call, memory) {
      const use = usesOf(memory).get(call.headers['idempotency-key']);
      if (use) use.done = true;
    },
  };
}

const wasOpenedSignedOut = ({ first, cookie }) => first === 'login' && !isSignedIn({ headers: { cookie } });

const isOurs = (query, type = 'code') => typeof query === 'string' && query.includes('client_id=third-party-public&') && new URLSearchParams(query).get('response_type') === type;

const REQUESTS = {
  'core.login': changing(START, 'login', (answer) => { answer.attempt += 1; }),
  'core.card-client': cards(({ client }, call, memory) => (asked(call, memory).get('client_id') === 'third-party-public' ? void (client.client_id = 'other') : false)),
  'core.card-account': cards(({ account }) => { account.sub = `the-friend-of-${account.sub}`; }),
  'core.card-address': cards((card) => { card.redirect_uri += '/elsewhere'; }),
  'core.card-scopes': cards((card) => { card.scopes = card.scopes.filter(({ scope }) => scope !== 'profile'); }),
  'core.card-scope-once': cards((card, call, memory) => {
    const scopes = (asked(call, memory).get('scope') ?? '').split(' ');
    if (new Set(scopes).size === scopes.length) return false;
    return void card.scopes.push(card.scopes[0]);
  }),
  'core.expires': cards((card) => { card.expires_at *= 1000; }),
  'core.resume': statuses(START, 200, (answer, call, memory) => (
    isSignedIn(call) && wasOpenedSignedOut(memory.of(call.json?.transaction)) ? fault(answer, 410, 'expired') : undefined
  )),
  'core.start-repeat': changing(START, 'consent', (card, { json: { transaction } }) => (transaction === undefined ? false : void (card.expires_at += Math.ceil(Math.random() * 1000)))),
  'core.unknown-client': changing(START, 'error', (answer, call) => {
    const parameters = asked(call);
    if (!/^nobody-/.test(parameters.get('client_id')) || clients(call).length > 1) return false;
    for (const name of Object.keys(answer)) delete answer[name];
    return void Object.assign(answer, { outcome: 'redirect', redirect_uri: `${parameters.get('redirect_uri')}?error=unauthorized_client` });
  }),
  'core.unregistered-address': statuses(START, 200, (answer, call) => {
    const wanted = asked(call).getAll('redirect_uri');
    return wanted.length === 1 && !OURS.test(wanted[0]) ? leading(answer, asked(call), { error: 'invalid_request' }) : undefined;
  }),
  'core.two-clients': bodies(START, (body, memory, call) => (clients(call).length > 1 ? void (body.query = body.query.replace('&client_id=nobody', '')) : false)),
  'core.two-addresses': bodies(START, (body) => {
    if (new URLSearchParams(body.query).getAll('redirect_uri').length < 2) return false;
    return void (body.query = body.query.replace(/redirect_uri=[^&]*evil[^&]*&?/, '').replace(/&$/, ''));
  }),
  'core.client-error': statuses(START, 200, (answer, call) => (
    isOurs(call.json.query ?? '', 'countersign_check') ? answering(answer, 200, { outcome: 'error', error: 'invalid_request', request_id: answer.headers['x-request-id'] }) : undefined
  )),
  'core.hostile-query': statuses(START, 200, (answer, call) => (HOSTILE.test(call.json.query) ? fault(answer, 500, 'server_error') : undefined)),
  'core.near-limit': statuses(START, 200, (answer, call) => (call.json.query?.length > 30_000 ? fault(answer, 400, 'malformed_call') : undefined)),
  'core.state': addresses((address) => {
    const state = address.searchParams.get('state');
    return state?.includes('+') ? address.searchParams.set('state', state.replaceAll('+', ' ')) : false;
  }),
  'core.error-id': { answer: (answer) => (answer.json?.code ? { ...answer, json: { ...answer.json, request_id: `of-${answer.json.request_id}`.slice(0, 64) } } : undefined) },
  'core.unverified': cards(({ client }) => { client.verified = true; }),
  'core.long-name': cards(({ client }) => (client.name.length > 500 ? void (client.name = 'x'.repeat(1500)) : false)),
  'core.pushed': statuses(START, 200, (answer, call) => (
    asked(call).has('request_uri') ? answering(answer, 200, { outcome: 'error', error: 'request_uri_not_supported', request_id: answer.headers['x-request-id'] }) : undefined
  )),
  'core.signed': statuses(START, 200, (answer, call) => (
    asked(call).has('request') ? answering(answer, 200, { outcome: 'error', error: 'request_not_supported', request_id: answer.headers['x-request-id'] }) : undefined
  )),
};

/** Replaces a value of `prompt` that sends the user to the login page. */
const unforced = (value) => bodies(START, (body) => (typeof body.query === 'string' && body.query.includes(`prompt=${value}`) ? void (body.query = body.query.replace(`prompt=${value}`, 'prompt=consent')) : false));
const FORCED = {
  'core.challenge-required': bodies(START, (body) => (
    isOurs(body.query) && !body.query.includes('code_challenge') ? void (body.query += `&code_challenge=${'x'.repeat(43)}&code_challenge_method=S256`) : false
  )),
  'core.prompt-login': unforced('login'),
  'core.prompt-select-account': unforced('select_account'),
  'core.opened-twice': statuses(SUBMIT, 409, (answer, call, memory) => (
    isParallel(memory, call) || memory.of(call.json.transaction).answer ? undefined : withCode(answer, asked(call, memory))
  )),
  'core.native': { answer: (answer) => (answer.json?.native === true && answer.json.outcome === 'redirect' ? { ...answer, json: { ...answer.json, native: undefined } } : undefined) },
};

const CALLERS = {
  'core.foreign-origin': headers((found, call) => (found.origin ? void (found.origin = `http://${call.headers.host}`) : false)),
  'core.missing-origin': headers((found, call) => (found.origin ? false : void (found.origin = `http://${call.headers.host}`))),
  'core.missing-header': headers((found) => { found['x-countersign'] ||= '1'; }),
  'core.media-type': headers((found) => (/^application\/json/.test(found['content-type']) ? false : void (found['content-type'] = 'application/json'))),
  'core.json-parameters': headers((found) => (/charset/.test(found['content-type']) ? void (found['content-type'] = 'text/json') : false)),
  'core.methods': { answer: (answer) => (answer.status === 405 && answer.json ? { ...answer, json: { ...answer.json, code: 'server_error' } } : undefined) },
  'core.preflight': {
    answer: (answer, { method }) => (method === 'OPTIONS' ? { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' } } : undefined),
  },
};

const BODIES = {
  'core.not-json': texts(START, (body) => {
    try {
      if (/^\{/.test(JSON.stringify(JSON.parse(body)))) return undefined;
    } catch { /* What is no JSON is read as nothing. */ }
    return '{"realm":"consumer","query":""}';
  }),
  'core.not-utf8': { request: (call) => (call.name === SUBMIT ? { ...call, body: Buffer.from(call.body.toString()) } : undefined) },
  'core.unknown-member': bodies(START, (body) => {
    for (const name of Object.keys(body)) if (!['realm', 'query', 'transaction', 'organization_id'].includes(name)) delete body[name];
  }),
  'core.missing-member': bodies(START, (body) => (body.query === undefined && body.transaction === undefined ? void Object.assign(body, { realm: 'consumer', query: '' }) : false)),
  'core.place': { answer: (answer) => (answer.status === 400 ? { ...answer, json: { ...answer.json, detail: 'The body is malformed.' } } : undefined) },
  'core.query-characters': bodies(START, (body) => (/[^\x21\x22\x24-\x7e]/.test(body.query) && body.query.length < 9 ? void (body.query = encodeURIComponent(body.query)) : false)),
  'core.long-query': bodies(START, (body) => (body.query?.length > 32_768 ? void (body.query = body.query.slice(0, 1000)) : false)),
  'core.repeated-name': texts(SUBMIT, (body) => {
    const text = body.toString();
    try {
      const once = JSON.stringify(JSON.parse(text));
      return names(once) < names(text) ? once : undefined;
    } catch {
      return undefined;
    }
  }),
  'core.deep-json': bodies(SUBMIT, (body) => (depth(body) > 32 ? void (body.authorization_details = []) : false)),
  'core.lone-surrogate': texts(SUBMIT, (body) => (/\\ud[89a-f]../i.test(body) ? body.toString().replace(/\\ud[89a-f]../gi, 'x') : undefined)),
  'core.large-number': texts(SUBMIT, (body) => (/\d{16}|1e999/.test(body) ? body.toString().replace(/-?\d{16,}|1e999/g, '0') : undefined)),
  'core.bad-key': headers((found, call) => (call.name === SUBMIT && !/^[\x21-\x7e]{1,128}$/.test(found['idempotency-key'] ?? '') ? void (found['idempotency-key'] = crypto.randomUUID()) : false)),
  'core.version-required': bodies(SUBMIT, (body, memory) => (body.decision === 'allow' && body.version === undefined ? void (body.version = memory.of(body.transaction).card.version) : false)),
};

const DECISIONS = {
  'core.deny': addresses((address) => (address.protocol === 'https:' && address.searchParams.get('error') === 'access_denied' ? address.searchParams.set('error', 'server_error') : false)),
  'core.deny-signed-out': statuses(SUBMIT, 200, (answer, call) => (
    call.json.decision === 'deny' && !isSignedIn(call) ? answering(answer, 200, { outcome: 'login', reason: 'no_session', attempt: 1, transaction: call.json.transaction }) : undefined
  )),
  'core.same-key': forgetfulOf(({ body, done }, again) => done && body === again),
  'core.key-reused': forgetfulOf(({ body }, again) => body !== again),
  'core.second-decision': statuses(SUBMIT, 409, (answer, call, memory) => (isParallel(memory, call) || !memory.of(call.json.transaction).answer ? undefined : { ...answer, json: { ...answer.json, code: 'expired' } })),
  'core.which-counted': statuses(SUBMIT, 409, (answer) => ({ ...answer, json: { ...answer.json, decision: answer.json.decision === 'allow' ? 'deny' : 'allow' } })),
  'core.race': statuses(SUBMIT, 409, (answer, call, memory) => (isParallel(memory, call) ? withCode(answer, asked(call, memory)) : undefined)),
  'core.version-before': changing(START, 'consent', (answer, { headers: { accept } }) => (/v=2/.test(accept) ? false : void (answer.remember = 'choice'))),
  'core.race-same-key': forgetfulOf(({ body, done }, again) => !done && body === again),
  'core.reload': changing(START, 'redirect', (answer, { json: { transaction } }) => (transaction === undefined ? false : void (answer.redirect_uri += '&again=yes'))),
  'core.redeemed': statuses(START, 409, (answer, call, memory) => answering(answer, 200, memory.of(call.json.transaction).answer)),
  'core.other-browser-start': statuses(START, 410, (answer, call, memory, forward) => (
    known(memory, call) && !isOpener(memory, call) && isSignedIn(call) ? forward({ ...call, headers: { ...call.headers, cookie: memory.of(call.json.transaction).cookie } }) : undefined
  )),
  'core.other-browser-submit': statuses(SUBMIT, 410, (answer, call, memory, forward) => (
    known(memory, call) && !isOpener(memory, call) ? forward({ ...call, headers: { ...call.headers, cookie: memory.of(call.json.transaction).cookie } }) : undefined
  )),
  'core.other-browser-learns': statuses(START, 410, (answer, call, memory) => (known(memory, call) && !isOpener(memory, call) ? { ...answer, json: { ...answer.json, client: { name: 'Photo Printer' } } } : undefined)),
  'core.unknown-transaction': statuses(SUBMIT, 410, (answer, call, memory) => (known(memory, call) ? undefined : fault(answer, 409, 'already_answered'))),
  'core.expired': statuses(SUBMIT, 410, (answer, call, memory) => (known(memory, call) && isOpener(memory, call) ? withCode(answer, asked(call, memory)) : undefined)),
  'core.other-version': bodies(SUBMIT, (body, memory) => {
    const { card } = memory.of(body.transaction);
    return body.version && card && body.version.endsWith('x') && body.version !== card.version ? void (body.version = card.version) : false;
  }),
  'core.deny-any-version': statuses(SUBMIT, 200, (answer, call) => (call.json.decision === 'deny' && call.json.version ? fault(answer, 400, 'malformed_call') : undefined)),
  'core.other-account': statuses(SUBMIT, 200, (answer, call, memory) => (
    answer.json.outcome === 'consent' && answer.json.account.sub.endsWith('account-grace') ? withCode(answer, asked(call, memory)) : undefined
  )),
  'core.unshown-scope': bodies(SUBMIT, (body, memory) => {
    const offered = memory.of(body.transaction).card?.scopes;
    if (!offered || body.decision !== 'allow') return false;
    const same = (one) => (other) => one.scope === other.scope && one.resource === other.resource;
    return void (body.scopes = body.scopes.filter((one) => offered.some(same(one))));
  }),
  'core.required-scope': bodies(SUBMIT, (body) => (body.decision === 'allow' && !body.scopes.some(({ scope }) => scope === 'openid') ? void body.scopes.push({ scope: 'openid' }) : false)),
  'core.unshown-detail': bodies(SUBMIT, (body) => (body.decision === 'allow' ? void delete body.authorization_details : false)),
};

/** An ID token with another subject. */
function retold(token) {
  const [header, payload, signature] = token.split('.');
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url')), sub: 'somebody-else' };
  return [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
}

const codeOf = (call) => (call.url.endsWith('/oauth/token') ? new URLSearchParams(call.body.toString()) : undefined);

const TOKENS = {
  'core.answer-parameters': addresses((address) => (address.searchParams.has('code') ? address.searchParams.delete('iss') : false)),
  'core.denial-parameters': addresses((address) => (address.searchParams.has('error') ? address.searchParams.delete('iss') : false)),
  'core.token-scopes': tokens((answer) => { answer.scope += ' admin'; }),
  'core.token-account': tokens((answer) => { if (answer.id_token) answer.id_token = retold(answer.id_token); }),
  'core.code-once': {
    answer(answer, call, memory) {
      const code = codeOf(call)?.get('code');
      if (code === undefined) return undefined;
      if (answer.status === 200) memory.codes.set(code, answer);
      return memory.codes.get(code);
    },
  },
  'core.code-verifier': {
    answer: (answer, call) => (/^x+$/.test(codeOf(call)?.get('code_verifier') ?? '') ? answering(answer, 200, { access_token: 'made-up', token_type: 'bearer', scope: 'openid' }) : undefined),
  },
};

const without = (...names) => (answer) => ({ ...answer, headers: Object.fromEntries(Object.entries(answer.headers).filter(([name]) => !names.includes(name))) });
const ofApi = (change, status) => ({ answer: (answer, { name, method }) => (name && method !== 'OPTIONS' && (!status || status === answer.status) ? change(answer) : undefined) });

const ANSWERS = {
  'core.members': changing(START, 'login', (answer) => { answer.more = true; }),
  'core.status': ofApi((answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' } }), 403),
  'core.request-id': ofApi(without('x-request-id'), 200),
  'core.no-store': ofApi((answer) => ({ ...answer, headers: { ...answer.headers, 'cache-control': 'private' } }), 400),
  'core.headers': ofApi(without('allow'), 405),
  'core.no-cors': ofApi((answer) => ({ ...answer, headers: { ...answer.headers, 'access-control-allow-origin': '*' } }), 200),
};

export const core = { ...REQUESTS, ...FORCED, ...CALLERS, ...BODIES, ...DECISIONS, ...TOKENS, ...ANSWERS };

/**
 * Checks that a fault makes fail besides its own: a token is compared with what the card said of the account, and a name that is too
 * long is also a member that is not as described.
 */
export const besides = { 'core.card-account': ['core.token-account'], 'core.long-name': ['core.members'] };

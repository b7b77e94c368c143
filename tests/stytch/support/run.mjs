// One scenario on one of the two pages: what it called, in the order it was issued, where it ended, which session cookies it left.
import { read } from '../../e2e/support/pages.mjs';
import { createHash } from 'node:crypto';
import { closeContext } from '../../e2e/support/chromium.mjs';
import { createStandIn } from '../../support/stytch/stand-in.mjs';
import { addresses, APP, CLIENT, OWN } from './hosts.mjs';

const PATIENCE = 15_000;
export const VERIFIER = 'a-verifier-that-is-long-enough-for-everybody-1234';
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');

/** A whole request; `undefined` in a scenario's `request` leaves a parameter out. */
const usual = {
  authorize: { client_id: 'third-party-public', redirect_uri: `${CLIENT}/cb`, response_type: 'code', scope: 'openid email profile photos.read', state: 's', nonce: 'n', code_challenge: challenge },
  logout: { client_id: 'third-party-public', post_logout_redirect_uri: `${CLIENT}/bye`, state: 's' },
};

/** The query of a scenario: `query` as it is, else the usual request with its changes; a list repeats a parameter. */
export function queryOf({ query, request = {}, logout }) {
  if (query !== undefined) return query;
  const pairs = Object.entries({ ...usual[logout ? 'logout' : 'authorize'], ...request }).filter(([, value]) => value !== undefined);
  return new URLSearchParams(pairs.flatMap(([name, value]) => [value].flat().map((one) => [name, one]))).toString();
}

/** The body of the start for a scenario's query, as the original reads it. */
function startBody(query) {
  const get = new URLSearchParams(query);
  const body = { client_id: get.get('client_id'), redirect_uri: get.get('redirect_uri'), response_type: get.get('response_type') || 'code' };
  body.scopes = (get.get('scope') ?? '').split(' ').filter(Boolean);
  if (!body.scopes.length) body.scopes = ['openid', 'email', 'profile'];
  for (const name of ['code_challenge', 'state', 'nonce', 'prompt']) if (get.get(name)) body[name] = get.get(name);
  return body;
}

async function world(hosts, scenario, realm, which) {
  const standIn = createStandIn({ origins: [APP], addresses });
  const project = standIn.projects[realm];
  const { session = 'readable', page = {} } = scenario;
  const hidden = session.startsWith('hidden');
  project.httpOnly = hidden;
  const cookieName = page['session-cookie'] ?? 'stytch_session';
  const config = { realm, 'public-token': project.publicTokens[scenario.live ? 1 : 0], ...(hidden || scenario.own ? { 'base-url': OWN } : {}), ...page };
  const context = await hosts.browser.newContext({ ignoreHTTPSErrors: true });
  context.setDefaultTimeout(PATIENCE);
  let first;
  if (session !== 'none') {
    const over = session.endsWith('over');
    first = standIn.signIn(realm, scenario.who ?? 'ada@example.com', { httpOnly: hidden, minutes: over ? -1 : 60, at: scenario.at });
    const rename = (name) => name.replace('stytch_session_jwt', page['jwt-cookie'] ?? 'stytch_session_jwt').replace(/^stytch_session$/, cookieName);
    const url = hidden ? OWN : APP;
    await context.addCookies(first.cookies.map(({ path, name, ...cookie }) => ({ ...cookie, name: rename(name), url })));
  }
  scenario.prepare?.({ standIn, project, config, session: first?.session, which });
  hosts.use(standIn, config);
  return { standIn, project, context, first, config };
}

const isApi = (request) => request.url().includes('/sdk/v1/') && !request.url().endsWith('/events') && request.method() !== 'OPTIONS';

function recorded(request, first) {
  const [, pair] = /^Basic (.*)$/.exec(request.headers().authorization ?? '') ?? [];
  const [user, password] = Buffer.from(pair ?? '', 'base64').toString('utf8').split(':');
  const whose = { [user]: 'public', [first?.session.token]: 'session' };
  const text = request.postData();
  return {
    method: request.method(),
    path: new URL(request.url()).pathname.slice('/sdk/v1'.length),
    auth: whose[password] ?? 'new session',
    ...(text === null ? {} : { body: JSON.parse(text) }),
  };
}

/** How each page tells that it has come to an end of its own. */
const ends = {
  theirs: {
    left: (page) => page.waitForURL((url) => url.origin === CLIENT),
    elsewhere: (page) => page.waitForURL((url) => url.origin === OWN),
    lost: (page) => page.waitForURL((url) => url.pathname === '/undefined'),
    consent: (page) => page.getByRole('button', { name: 'Allow' }).waitFor(),
    asked: (page) => page.getByRole('button', { name: 'Yes' }).waitFor(),
    // While it checks the session, the original says that there is none: only another error is one.
    error: (page) => page.waitForFunction(() => /Looks like there was an error!\s+(?!No active session)\S/.test(document.body.innerText)),
    'no session': (page) => page.getByText('No active session').waitFor(),
    'signed out': (page) => page.waitForFunction(() => document.cookie === '' && document.body.innerText.includes('No active session')),
    kept: (page) => page.getByText('You have not been logged out').waitFor(),
  },
  ours: {
    left: (page) => page.waitForURL((url) => url.origin === CLIENT),
    login: (page) => page.waitForURL((url) => url.pathname === '/login'),
  },
};

async function end(which, page, name) {
  const known = ends[which][name];
  if (known) return known(page);
  if (which === 'ours') return page.locator(`.countersign[data-state="${name}"]`).waitFor();
  // The page has its answer, and has had time to act on it: a spinner that never ends, or the error that it began with.
  const [, what, path] = /^(spins|no session) after (.*)$/.exec(name);
  if (path === 'a cut') await page.cut;
  else await page.settled(path);
  return what === 'spins' || ends.theirs['no session'](page);
}

const names = { theirs: { Allow: 'Allow', Deny: 'Deny', Yes: 'Yes', No: 'No' }, ours: { Allow: 'Allow', Deny: 'Deny', Cancel: 'Cancel', Yes: 'Sign out', No: 'Stay signed in' } };

async function act(which, page, scenario, standIn, token) {
  const steps = typeof scenario.act === 'object' && !Array.isArray(scenario.act) ? scenario.act[which] : scenario.act ?? [];
  for (const step of [steps].flat()) {
    if (which === 'ours' && step.endsWith('Allow')) {
      await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
      await read(page);
    }
    if (step === 'token') await giveToken(page, token);
    else if (step === 'release') standIn.release();
    else if (step === 'attesting') await standIn.attesting?.(page);
    else if (step.startsWith('settle ')) await page.settled(step.slice('settle '.length));
    else if (step.startsWith('double ')) await page.getByRole('button', { name: names[which][step.slice('double '.length)], exact: true }).dblclick();
    else await page.getByRole('button', { name: names[which][step], exact: true }).click();
  }
}

// A page that has loaded does not listen yet: ours listens when it puts the widget in the place of its outline.
async function giveToken(page, token) {
  await page.locator('#countersign-waiting').waitFor({ state: 'detached' });
  await page.evaluate((detail) => document.getElementById('countersign').dispatchEvent(new CustomEvent('trusted-token', { detail })), token);
}

function where(page) {
  const url = new URL(page.url());
  if (url.origin === APP) return ['/theirs', '/authorize'].includes(url.pathname) ? 'stays' : url.pathname.slice(1);
  if (url.searchParams.has('code')) url.searchParams.set('code', 'CODE');
  return url.href;
}

/** Runs a scenario on `theirs` or `ours`; answers `{ record, standIn, told, startPath, request }`. */
export async function run(hosts, scenario, realm, which) {
  const { standIn, project, context, first, config } = await world(hosts, scenario, realm, which);
  try {
    const page = await context.newPage();
    const [calls, told, answered] = [[], [], []];
    page.on('request', (request) => { if (isApi(request)) calls.push(recorded(request, first)); });
    page.on('requestfinished', (request) => { if (isApi(request)) answered.push(new URL(request.url()).pathname); });
    page.settled = (path) => settled(page, answered, path);
    page.cut = page.waitForEvent('requestfailed', { predicate: isApi }).catch(() => {});
    await page.exposeFunction('told', (one) => told.push(one));
    await page.addInitScript(() => {
      for (const name of ['countersign-event', 'countersign-error', 'stytch-event', 'stytch-error']) {
        document.addEventListener(name, ({ detail }) => { window.told({ name, ...detail }); }, true);
      }
    });
    const query = queryOf(scenario);
    const address = `${APP}${which === 'ours' ? '/authorize' : '/theirs'}?${query}`;
    if (scenario.visited) await visit(page, address, config, hosts, standIn);
    for (const list of [calls, answered]) list.length = 0;
    await page.goto(address);
    await act(which, page, scenario, standIn, scenario.token?.(project));
    await end(which, page, scenario[which] ?? 'left');
    await scenario.after?.({ page, which, standIn });
    const left = await context.cookies();
    const cookies = Object.fromEntries(left.filter(({ name }) => /session|mine/.test(name)).map((cookie) => [cookie.name, kindOf(cookie, first)]));
    const startPath = `/idp/${realm === 'b2b' ? 'b2b/' : ''}oauth/authorize/start`;
    return { record: { calls: [...calls], end: where(page), cookies }, standIn, told, startPath, request: startBody(query), page };
  } finally {
    await closeContext(context);
  }
}

/** Whose a cookie is; of one that was written since, where it counts and for how many minutes. */
function kindOf({ value, domain, path, secure, sameSite, expires }, first) {
  if (value === first?.session.token || value === first?.session.jwt) return 'first session';
  // A cookie that goes with the browser has no time to count down.
  const minutes = expires === -1 ? 'without an end' : Math.round((expires - Date.now() / 1000) / 60);
  return `new session on ${domain}${path}${secure ? ' secure' : ''} ${sameSite} ${minutes}`;
}

// The original keeps in the browser's storage who is signed in: a first visit without the token brings that about.
async function visit(page, address, config, hosts, standIn) {
  const { 'token-profile-id': _, ...before } = config;
  hosts.use(standIn, before);
  await page.goto(address);
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  hosts.use(standIn, config);
}

/** The answer of a path is in, and the page has run what it has to run about it. */
async function settled(page, answered, path) {
  if (!answered.some((one) => one.endsWith(path))) await page.waitForEvent('requestfinished', (request) => isApi(request) && request.url().endsWith(path));
  // Idle, with a frame in between: a busy machine draws frames before the page has run everything.
  await page.evaluate(() => new Promise((resolve) => { requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(resolve))); }));
}

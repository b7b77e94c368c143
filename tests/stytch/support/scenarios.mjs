// The scenarios, as data. Each is run on both pages, for both realms unless it says which.
//
// `session`: readable (the default), none, over, hidden (HttpOnly, behind the team's own domain), hidden over. `theirs` and `ours` say how
// each page ends (`left` is the default; see run.mjs). `differences` are the listed ones beside `no bootstrap`, which applies always.
import { CLIENT, OWN } from './hosts.mjs';
import { queryOf } from './run.mjs';
import { profile, signed } from './tokens.mjs';

const failing = (path, answer) => ({ standIn }) => standIn.fail(path, answer);
const changing = (path, change) => ({ standIn }) => standIn.edit(path, change);
const broken = { status: 500, error_type: 'internal_server_error' };
const first = { client_id: 'first-party-public' };
const noConsent = { request: { ...first, scope: 'openid email' } };
/** The session check is answered first; what was held comes after it. */
const CHECKED = ['settle sessions/authenticate', 'release'];

const requests = [
  { name: 'Allow', act: 'Allow' },
  { name: 'Deny', act: 'Deny' },
  { name: 'consent is not needed', ...noConsent },
  { name: 'consent was given before', prepare: ({ standIn, session }) => standIn.grants.set(`third-party-public ${session.person.id}`, ['openid', 'email', 'profile', 'photos.read']) },
  { name: 'the client asks for consent again', request: { ...first, prompt: 'consent' }, act: 'Allow' },
  { name: 'a confidential client without PKCE', request: { client_id: 'third-party-confidential', code_challenge: undefined }, act: 'Allow' },
  { name: 'scopes and response type are left out', request: { scope: undefined, response_type: undefined }, act: 'Allow' },
  { name: 'scopes and response type are empty', request: { scope: '', response_type: '', state: '', nonce: '' }, act: 'Allow' },
  { name: 'scopes with blanks between', request: { scope: ' openid  photos.read ' }, act: 'Allow' },
  { name: 'one resource', request: { resource: 'https://api.example/' }, act: 'Allow' },
  { name: 'two resources', request: { resource: ['https://api.example/', 'https://other.example/a?b=c'] }, act: 'Deny' },
  { name: 'an awkward state', request: { state: 'a+b/c=&d#e %é"\\' }, act: 'Allow' },
  { name: 'a state of a thousand characters', request: { state: 'x'.repeat(1000) }, act: 'Allow' },
  { name: 'a state of bytes that are no text', query: `${queryOf({ request: { state: undefined } })}&state=%ff%00%E2%28%A1%`, act: 'Allow' },
  { name: 'a query in the spelling of forms', query: `${queryOf({ request: { state: undefined } })}&&state=a+b%2Bc%20d&=&x`, act: 'Allow' },
  { name: 'a scope that is asked for twice', request: { scope: 'openid openid photos.read' }, act: 'Allow' },
  { name: 'repeated scopes', request: { scope: ['openid email', 'photos.read'] }, act: 'Allow' },
  { name: 'a repeated state', request: { state: ['one', 'two'] }, act: 'Allow' },
  { name: 'parameters that Stytch does not read', request: { code_challenge_method: 'S256', response_mode: 'query', login_hint: 'ada', ui_locales: 'en-GB', claims: '{}', x: 'y' }, act: 'Allow' },
  { name: 'offline_access', request: { ...first, scope: 'openid offline_access' }, act: 'Allow' },
  { name: 'full_access alone', request: { ...first, scope: 'full_access', prompt: 'consent' }, act: 'Allow' },
  { name: 'a custom scope without a description', request: { scope: 'openid notes.read' }, act: 'Allow' },
  { name: 'custom scopes without a policy', request: { scope: 'photos.write calendar.read' }, prepare: ({ project }) => { project.withoutPolicy = true; }, act: 'Allow' },
  { name: 'a bootstrap that fails', prepare: failing('bootstrap', broken), act: 'Allow', realms: ['b2b'] },
  { name: 'some scopes cannot be granted', who: 'grace@example.com', request: { scope: 'openid photos.read photos.write' }, act: 'Allow' },
  { name: 'no scope can be granted', who: 'grace@example.com', request: { scope: 'photos.write notes.read' }, act: { theirs: 'Deny', ours: 'Cancel' } },
  { name: 'a client without a name', prepare: ({ project }) => project.clients.forEach((one) => { one.client_name = undefined; }), act: 'Allow' },
  { name: 'members that nobody knows', prepare: changing('authorize/start', (data) => { data.new = { deep: [1] }; data.client.new = 1; }), act: 'Allow' },
  { name: 'a logo by its other name', prepare: changing('authorize/start', ({ client }) => { client.logo_url = 'https://cdn.example/l.png'; delete client.client_logo_url; }), act: 'Allow' },
  { name: 'an address of an app', request: { redirect_uri: 'app.countersign.client://cb' }, act: 'Allow', theirs: 'spins after authorize/submit', ours: 'returned' },
  { name: 'an empty resource', request: { resource: ['', 'https://api.example/'] }, prepare: ({ standIn }) => standIn.fail('authorize/start', { status: 400, error_type: 'oauth_invalid_scope_requested' }), theirs: 'error', ours: 'invalid', differences: ['an empty resource is none'] },
  { name: 'two clients', request: { client_id: ['third-party-public', 'first-party-public'] }, theirs: 'consent', ours: 'invalid', differences: ['repeated client or address'] },
  { name: 'two addresses', request: { redirect_uri: [`${CLIENT}/cb`, 'https://evil.example/'] }, theirs: 'consent', ours: 'invalid', differences: ['repeated client or address'] },
  { name: 'no client', request: { client_id: undefined }, theirs: 'error', ours: 'invalid', differences: ['a bad request needs no session'] },
  { name: 'no address', request: { redirect_uri: '' }, theirs: 'error', ours: 'invalid', differences: ['a bad request needs no session'] },
  { name: 'an unknown client', request: { client_id: 'nobody' }, theirs: 'error', ours: 'invalid' },
  { name: 'an address that is not the client’s', request: { redirect_uri: 'https://evil.example/' }, theirs: 'error', ours: 'invalid' },
  { name: 'a response type that is not offered', request: { response_type: 'token' }, theirs: 'error', ours: 'failed' },
  { name: 'a scope that is not offered', request: { scope: 'openid everything' }, theirs: 'error', ours: 'invalid' },
  { name: 'full_access for a client that may not', request: { scope: 'full_access' }, theirs: 'error', ours: 'invalid' },
  { name: 'prompt=none with another', request: { prompt: 'none consent' }, theirs: 'error', ours: 'invalid' },
  { name: 'a client that the organization forbids', realms: ['b2b'], prepare: ({ project }) => project.clients.forEach((one) => { one.blockedIn = ['organization-test-acme']; }), theirs: 'error', ours: 'invalid' },
  { name: 'prompt=none where consent is not needed', request: { ...noConsent.request, prompt: 'none' } },
  {
    name: 'prompt=none where consent is needed', request: { prompt: 'none' }, theirs: 'consent', differences: ['silent requests end at the client'],
    context: { silent: (record) => ({ ...record, end: `${CLIENT}/cb?error=access_denied&state=s`, calls: [...record.calls, { ...record.calls.at(-1), path: record.calls.at(-1).path.replace('start', 'submit'), body: { ...record.calls.at(-1).body, consent_granted: false } }] }) },
  },
  { name: 'prompt=login', request: { prompt: 'login' }, theirs: 'consent', ours: 'login', differences: ['asked to sign in again'] },
  { name: 'prompt=select_account', request: { prompt: 'select_account' }, theirs: 'consent', ours: 'login', differences: ['asked to sign in again'] },
  { name: 'max_age passed', request: { max_age: '60' }, at: Math.floor(Date.now() / 1000) - 3600, theirs: 'consent', ours: 'login', differences: ['asked to sign in again'] },
  { name: 'max_age not passed', request: { max_age: '3600' }, act: 'Allow' },
];

const taken = 'javascript:location.replace("https://client.example/taken")//';
const dangers = [
  { name: 'an answer that is a script', prepare: changing('authorize/submit', (data) => { data.redirect_uri = taken; }), act: 'Allow', ours: 'unsafe-address', differences: ['dangerous addresses are not opened'] },
  { name: 'an answer without consent that is a script', ...noConsent, prepare: changing('authorize/submit', (data) => { data.redirect_uri = taken; }), ours: 'unsafe-address', differences: ['dangerous addresses are not opened'] },
  { name: 'an answer that leads elsewhere', prepare: changing('authorize/submit', (data) => { data.redirect_uri = `${OWN}/elsewhere`; }), act: 'Allow', theirs: 'elsewhere', ours: 'unsafe-address', differences: ['an answer leads where the card said'] },
  {
    name: 'an address of the client that is a script', request: { redirect_uri: taken }, prepare: ({ project }) => project.clients.forEach((one) => one.redirect_urls.push(taken)),
    act: { theirs: 'Allow', ours: [] }, ours: 'unsafe-address', differences: ['a dangerous address gets no decision', 'dangerous addresses are not opened'],
  },
];

const hosts = [
  { name: 'a live token', live: true, act: 'Allow' },
  { name: 'a domain of the team’s own', own: true, act: 'Allow' },
  { name: 'a live token on a domain of the team’s own', live: true, own: true, act: 'Deny' },
  { name: 'a member of another organization', realms: ['b2b'], who: 'grace@example.com', request: { scope: 'openid members.read' }, act: 'Allow' },
  { name: 'cookies of other names', page: { 'session-cookie': 'mine', 'jwt-cookie': 'mine_jwt' }, act: 'Allow' },
];

const sessions = [
  { name: 'nobody is signed in', session: 'none', theirs: 'no session', ours: 'login', differences: ['login hand-off'] },
  { name: 'nobody is signed in, behind a domain of the team’s own', session: 'none', own: true, theirs: 'no session after sessions/authenticate', ours: 'login', differences: ['start beside the check, by cookies', 'login hand-off'] },
  { name: 'a hidden session', session: 'hidden', act: 'Allow' },
  { name: 'a hidden session, denied', session: 'hidden', act: 'Deny' },
  { name: 'a hidden session, consent not needed', session: 'hidden', ...noConsent },
  { name: 'a hidden session that is over', session: 'hidden over', theirs: 'no session after sessions/authenticate', ours: 'login', differences: ['start beside the check, by cookies', 'login hand-off'] },
  { name: 'a session that is over', session: 'over', theirs: 'signed out', ours: 'login', differences: ['start beside the check, by token', 'login hand-off'] },
  { name: 'a session that ends before the start', prepare: failing('authorize/start', { status: 401, error_type: 'user_unauthenticated' }), theirs: 'error', ours: 'login', differences: ['login hand-off', 'a session that is over is cleared'] },
  { name: 'a session that ends before the decision', prepare: failing('authorize/submit', { status: 401, error_type: 'session_not_found' }), act: 'Allow', theirs: 'spins after authorize/submit', ours: 'login', differences: ['login hand-off', 'a session that is over is cleared'] },
  { name: 'a session check that fails', prepare: failing('sessions/authenticate', broken), theirs: 'no session after sessions/authenticate', ours: 'failed', differences: ['start beside the check, by token'] },
  { name: 'a session check that is cut off', prepare: failing('sessions/authenticate', 'drop'), theirs: 'no session after a cut', ours: 'failed', differences: ['start beside the check, by token'] },
];

const faults = [
  { name: 'a start that fails', prepare: failing('authorize/start', broken), theirs: 'error', ours: 'failed' },
  { name: 'a start that is cut off', prepare: failing('authorize/start', 'drop'), theirs: 'error', ours: 'failed' },
  { name: 'a start that is busy', prepare: failing('authorize/start', { status: 429, error_type: 'too_many_requests' }), theirs: 'error', ours: 'failed' },
  { name: 'a start that answers no JSON', prepare: failing('authorize/start', { status: 502, raw: '<html>' }), theirs: 'error', ours: 'failed' },
  { name: 'a start with an error nobody knows', prepare: failing('authorize/start', { status: 400, error_type: 'brand_new' }), theirs: 'error', ours: 'failed' },
  { name: 'a decision that fails', prepare: failing('authorize/submit', broken), act: 'Allow', theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'a denial that fails', prepare: failing('authorize/submit', broken), act: 'Deny', theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'a decision without the PKCE that is needed', request: { code_challenge: undefined }, act: 'Allow', theirs: 'spins after authorize/submit', ours: 'invalid' },
  { name: 'no consent needed, and an answer that fails', ...noConsent, prepare: failing('authorize/submit', broken), theirs: 'spins after authorize/submit', ours: 'failed' },
  { name: 'a second try after a decision that failed', prepare: ({ standIn }) => standIn.fail('authorize/submit', broken, 1), act: ['Allow'], theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'two presses on Allow', act: 'double Allow' },
  { name: 'a decision that is cut off', prepare: failing('authorize/submit', 'drop'), act: 'Allow', theirs: 'spins after a cut', ours: 'consent' },
  { name: 'a decision that is too much', prepare: failing('authorize/submit', { status: 429, error_type: 'too_many_requests' }), act: 'Deny', theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'a decision that answers no JSON', prepare: failing('authorize/submit', { status: 502, raw: '<html>' }), act: 'Allow', theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'a decision that breaks the schema', prepare: failing('authorize/submit', { status: 400, body: { body: [{ problem: 'state: unknown field' }] } }), act: 'Allow', theirs: 'spins after authorize/submit', ours: 'consent' },
  { name: 'a decision whose answer has no address', prepare: changing('authorize/submit', (data) => { delete data.redirect_uri; }), act: 'Allow', theirs: 'lost', ours: 'consent', differences: ['no address is no way'] },
  { name: 'a start that breaks the schema', prepare: failing('authorize/start', { status: 400, body: { body: [{ problem: 'nonce: unknown field' }] } }), theirs: 'error', ours: 'failed' },
];

// The first answer waits, so that the second press finds its button.
const twoRevokes = ({ standIn, which }) => {
  const release = standIn.hold('sessions/revoke');
  const first = standIn.arrived('sessions/revoke');
  (which === 'theirs' ? first.then(() => standIn.arrived('sessions/revoke')) : first).then(release);
};

const logouts = [
  { name: 'a logout that is confirmed', act: 'Yes', theirs: 'left' },
  { name: 'a logout that is not wanted', act: 'No', theirs: 'kept', ours: 'kept-signed-in' },
  { name: 'two presses on Yes', act: 'double Yes', prepare: twoRevokes, differences: ['one sign-out'] },
  { name: 'a logout without a session', session: 'none', act: 'Yes' },
  { name: 'a logout with a hint of the same user', request: { id_token_hint: 'HINT' }, prepare: ({ standIn, session }) => standIn.idTokens.set('HINT', session.person.id) },
  { name: 'a logout with a hint and without a session', session: 'none', request: { id_token_hint: 'HINT' }, prepare: ({ standIn }) => standIn.idTokens.set('HINT', 'somebody') },
  { name: 'a logout of a hidden session', session: 'hidden', act: 'Yes' },
  { name: 'a logout without a state', request: { state: undefined }, act: 'Yes' },
  { name: 'a logout whose end fails', prepare: failing('sessions/revoke', broken), act: 'Yes' },
  {
    // The session check is answered first: ours does not wait for it once it knows where the logout leads.
    name: 'a logout whose session is over', session: 'over', prepare: ({ standIn }) => { standIn.release = standIn.hold('logout/start'); },
    act: [...CHECKED, 'Yes'],
  },
  { name: 'a logout without a client', request: { client_id: undefined }, theirs: 'error', ours: 'invalid', differences: ['a bad request needs no session'] },
  { name: 'a logout without an address', request: { post_logout_redirect_uri: '' }, theirs: 'error', ours: 'invalid', differences: ['a bad request needs no session'] },
  { name: 'a logout of an unknown client', request: { client_id: 'nobody' }, theirs: 'error', ours: 'invalid' },
  { name: 'a logout to an address that is not the client’s', request: { post_logout_redirect_uri: 'https://evil.example/' }, theirs: 'error', ours: 'invalid' },
  { name: 'a logout whose start fails', prepare: failing('logout/start', broken), theirs: 'error', ours: 'failed' },
].map((scenario) => ({ ...scenario, logout: true }));

const withToken = (claims = { email: 'grace@example.com' }) => ({ config, project }) => {
  Object.assign(config, { 'token-profile-id': profile, 'trusted-token': signed(claims)(project) });
};
// The session check that the original sends beside the exchange is answered first: what it does after it depends on the order.
const heldToken = (claims) => (all) => {
  withToken(claims)(all);
  all.standIn.release = all.standIn.hold('sessions/attest');
};
// With a session beside it, the original must have hidden its page behind the exchange when that check is answered: before, it asks about the request.
const unseen = (claims) => (all) => {
  heldToken(claims)(all);
  const { standIn, which } = all;
  if (which !== 'theirs') return;
  const check = standIn.hold('sessions/authenticate');
  const asked = standIn.arrived('sessions/attest');
  standIn.attesting = async (page) => {
    await asked;
    await page.getByText('No active session').waitFor({ state: 'hidden' });
    check();
  };
};
// The original checks the session and ends it at once, and checks again where the second is answered first.
const checkedFirst = (prepare) => (all) => {
  prepare(all);
  all.standIn.release = all.standIn.hold('sessions/revoke');
};
const awaited = ({ config }) => Object.assign(config, { 'token-profile-id': profile, 'trusted-token': '' });
const grace = { email: 'grace@example.com' };

const written = 'new session on app.countersign.test/ secure Lax 60';

/** What ours calls for a token, in the place of what the original calls. */
const exchanged = (realm, { before = [], organization_id, scenario = {} } = {}) => (record) => {
  const middle = realm === 'b2b' ? '/b2b' : '';
  const query = new URLSearchParams(queryOf(scenario));
  const request = {
    client_id: query.get('client_id'), redirect_uri: query.get('redirect_uri'), response_type: 'code', scopes: query.get('scope').split(' '),
    code_challenge: query.get('code_challenge'), state: 's', nonce: 'n',
  };
  const call = (path, auth, body) => ({ method: 'POST', path, auth, ...(body ? { body } : {}) });
  const token = { token: signed(grace)(), profile_id: profile, session_duration_minutes: 60, ...(organization_id ? { organization_id } : {}) };
  return {
    calls: [
      ...before.map((path) => call(`${middle}${path}`, 'session', path.endsWith('authenticate') ? {} : undefined)),
      call(`${middle}/sessions/attest`, 'public', token),
      call(`/idp${middle}/oauth/authorize/start`, 'new session', request),
      call(`/idp${middle}/oauth/authorize/submit`, 'new session', { ...request, consent_granted: true }),
    ],
    end: `${CLIENT}/cb?code=CODE&state=s`,
    cookies: { stytch_session: written, stytch_session_jwt: written },
  };
};

const tokens = [
  { name: 'a trusted token and nobody signed in', session: 'none', prepare: withToken(), act: 'Allow' },
  {
    name: 'a trusted token behind a domain of the team’s own', session: 'none', own: true, prepare: heldToken(),
    act: [...CHECKED, 'Allow'],
  },
  { name: 'a trusted token with cookies of other names', session: 'none', page: { 'session-cookie': 'mine', 'jwt-cookie': 'mine_jwt' }, prepare: withToken(), act: 'Deny' },
  { name: 'a trusted token with cookies for all subdomains', session: 'none', page: { 'cookie-subdomains': '', 'cookie-domain': 'countersign.test' }, prepare: withToken(), act: 'Allow' },
  {
    name: 'a trusted token for a hidden session', session: 'none', own: true, act: [...CHECKED, 'Allow'],
    prepare: (all) => { heldToken()(all); all.project.httpOnly = true; },
  },
  ...[['a hidden session', 'hidden'], ['a session', 'readable']].map(([words, session]) => ({
    name: `a trusted token in the place of ${words} that was not seen before`, session, act: ['attesting', ...CHECKED, 'Allow'],
    prepare: unseen({ email: 'ada@example.com' }), differences: ['the session before a token is ended'],
  })),
  { name: 'a trusted token, consent not needed', session: 'none', ...noConsent, prepare: withToken() },
  { name: 'a trusted token that is forged', session: 'none', prepare: ({ config }) => Object.assign(config, { 'token-profile-id': profile, 'trusted-token': 'a.b.c' }), theirs: 'no session after sessions/attest', ours: 'failed' },
  { name: 'a trusted token of an unknown profile', session: 'none', prepare: (all) => { withToken()(all); all.config['token-profile-id'] = 'nobody’s'; }, theirs: 'no session after sessions/attest', ours: 'failed' },
  { name: 'a trusted token, and a start that fails', session: 'none', prepare: (all) => { withToken()(all); all.standIn.fail('authorize/start', broken); }, theirs: 'error', ours: 'failed' },
  { name: 'a trusted token with a logout', session: 'none', logout: true, prepare: withToken(), act: 'Yes' },
  {
    name: 'a trusted token in the place of an old session', visited: true, prepare: checkedFirst(withToken({ email: 'ada@example.com' })), act: [...CHECKED, 'Allow'],
    differences: ['no start for the old session before a token'],
  },
  {
    name: 'a trusted token in the place of an old session, denied', visited: true, prepare: checkedFirst(withToken({ email: 'ada@example.com' })), act: [...CHECKED, 'Deny'],
    differences: ['no start for the old session before a token'],
  },
  {
    name: 'a trusted token in the place of a hidden session', session: 'hidden', visited: true, prepare: checkedFirst(withToken({ email: 'ada@example.com' })), act: [...CHECKED, 'Allow'],
    differences: ['no start for the old session before a token'],
  },
  {
    name: 'a trusted token that is forged, and an old session', visited: true, act: CHECKED, prepare: checkedFirst(({ config }) => Object.assign(config, { 'token-profile-id': profile, 'trusted-token': 'a.b.c' })), theirs: 'no session after sessions/attest', ours: 'failed',
    differences: ['no start for the old session before a token'],
  },
  ...['consumer', 'b2b'].flatMap((realm) => [
    {
      name: 'a trusted token that comes later', realms: [realm], session: 'none', prepare: awaited, token: signed(grace), act: { theirs: 'token', ours: ['token', 'Allow'] }, theirs: 'no session',
      differences: ['a token counts when it comes'], context: { withToken: exchanged(realm) },
    },
    {
      name: 'a trusted token, and an old session that cannot be ended', realms: [realm], visited: true, who: 'grace@example.com', token: signed(grace),
      prepare: (all) => { withToken()(all); all.standIn.fail('sessions/revoke', broken); }, act: { theirs: [], ours: 'Allow' }, theirs: 'spins after sessions/revoke',
      differences: ['a token counts though the old session cannot be ended'],
      context: { withToken: exchanged(realm, { before: ['/sessions/authenticate', '/sessions/revoke'], organization_id: realm === 'b2b' ? 'organization-test-globex' : undefined }) },
    },
  ]),
];

export const scenarios = { requests, dangers, hosts, sessions, faults, logouts, tokens };

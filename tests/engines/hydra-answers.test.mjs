// What the adapter makes of answers that the real Hydra does not give to the tests, and what it sends.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import test from 'node:test';
import { countersign, EngineUnavailable, memoryStore, RequestGone } from '../../server/node/src/index.ts';
import { hydra } from '../../server/node/src/engines/hydra.ts';

const ISSUER = 'https://hydra.example';
const ADMIN = 'http://127.0.0.1:4445/';
const ADA = { sub: 'ada', signed_in_at: 1000 };
const QUERY = { client_id: 'app', redirect_uri: 'https://app.example/cb', response_type: 'code', code_challenge: 'x', code_challenge_method: 'S256' };
const CLIENT = { client_id: 'app', client_name: 'The App', redirect_uris: ['https://app.example/cb'], logo_uri: '' };
/** Hydra remembers the login, or the decision. */
const KNOWN = { ['skip']: true };
const LEADS = { redirect_to: `${ISSUER}/oauth2/auth?consent_verifier=v` };

/** A request as Hydra tells it. `more` are members of its answer, `asked` parameters of the client. */
const request = (more = {}, asked = {}) => ({
  challenge: 'c', subject: 'ada', skip: false, requested_scope: ['openid', 'read'], requested_access_token_audience: [], oidc_context: {}, client: CLIENT,
  request_url: `${ISSUER}/oauth2/auth?${new URLSearchParams({ ...QUERY, ...asked })}`, login_challenge: 'l', ...more,
});

/** The adapter in front of a Hydra that gives these answers one after the other: bodies, `[status, body, headers]`, or what is thrown. */
function hydraWith(answers, options = {}) {
  const calls = [];
  const send = async (url, { method, body, ...init }) => {
    calls.push({ method, url, body: body && JSON.parse(body), init });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    const [status, content, headers] = Array.isArray(answer) && typeof answer[0] === 'number' ? answer : [200, answer];
    return new Response(typeof content === 'string' ? content : JSON.stringify(content), { status, headers });
  };
  return { calls, engine: hydra({ admin: ADMIN, issuer: ISSUER, ownLogin: true, fetch: send, ...options }) };
}

function contextOf({ cookie = '', origin = 'https://site.example', ...more } = {}) {
  const cookies = [];
  return { cookies, realm: 'consumer', request: new Request(origin, { headers: { cookie } }), account: ADA, signal: AbortSignal.timeout(10_000), setCookie: (value) => cookies.push(value), ...more };
}

const open = (answers, { flow = 'consent', context, options } = {}) => {
  const { engine, calls } = hydraWith(answers, options);
  return engine.open(`${flow}_challenge=c%20c`, contextOf(context)).then((opened) => ({ opened, calls }));
};

test('a challenge that Hydra no longer takes is gone, when it is read and when it is answered', async () => {
  for (const status of [401, 404, 409, 410]) {
    for (const flow of ['login', 'consent']) await assert.rejects(open([[status, { redirect_to: 'https://evil.example' }]], { flow }), RequestGone);
    const { engine } = hydraWith([[status, {}]]);
    await assert.rejects(engine.deny({ flow: 'login' }, contextOf({ query: 'login_challenge=c' })), RequestGone);
  }
  await assert.rejects(hydraWith([]).engine.allow({ flow: 'login' }, { scopes: [] }, contextOf({ query: 'login_challenge=c' })), RequestGone);
  await assert.rejects(hydraWith([]).engine.allow({ flow: 'consent', scopes: [], audience: [] }, { scopes: [] }, contextOf({ query: 'login_challenge=c' })), RequestGone);
});

test('a Hydra that is down, slow or busy, or another program at its address, can be asked again', async () => {
  const strange = [
    new Error('ECONNREFUSED'), [500, {}], [502, '<html>'], [429, {}], [302, '', { location: 'https://evil.example' }], '<html>', 'null', '[]', '{}', 'x'.repeat(4_000_001),
    request({ client: 'app' }), request({ client: {} }), request({ requested_scope: 'openid' }), request({ requested_access_token_audience: [1] }), request({ request_url: '/a' }),
  ];
  for (const answer of strange) await assert.rejects(open([answer]), EngineUnavailable, JSON.stringify(answer)?.slice(0, 100));
  for (const answer of [{}, { redirect_to: 1 }, { redirect_to: '' }, '[]']) await assert.rejects(hydraWith([answer]).engine.deny({ flow: 'login' }, contextOf({ query: 'login_challenge=c' })), EngineUnavailable);
  await assert.rejects(open([[503, {}, { 'retry-after': '17' }]]), (error) => error.retryAfter === 17);
});

test('a call that Hydra refuses is not made again', async () => {
  await assert.rejects(open([[400, {}]]), (error) => !(error instanceof EngineUnavailable) && !(error instanceof RequestGone));
});

test('a call ends with the time of the kit, and with its own', async (t) => {
  // A server that takes calls and answers none.
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => { server.closeAllConnections(); server.close(); });
  const admin = `http://127.0.0.1:${server.address().port}`;
  await assert.rejects(hydra({ admin, issuer: ISSUER, timeout: 1 }).open('login_challenge=c', contextOf()), EngineUnavailable);
  const stop = new AbortController();
  const opened = hydra({ admin, issuer: ISSUER }).open('login_challenge=c', contextOf({ signal: stop.signal }));
  stop.abort();
  await assert.rejects(opened, EngineUnavailable);
});

test('the admin API gets the challenge as it is, and the headers of the host', async () => {
  const { calls } = await open([request(), LEADS], { flow: 'login', options: { headers: { Authorization: 'Bearer t' } } });
  assert.equal(calls[0].url, 'http://127.0.0.1:4445/admin/oauth2/auth/requests/login?login_challenge=c+c');
  assert.equal(calls[0].init.headers.Authorization, 'Bearer t');
  assert.deepEqual(calls.map(({ method, init }) => [method, init.redirect]), [['GET', 'manual'], ['PUT', 'manual']]);
});

test('Hydra is told who signed in, how, and for how long to remember it', async () => {
  const { calls, opened } = await open([request(), LEADS], { flow: 'login', options: { rememberLogin: 60, login: () => ({ acr: 'gold', amr: ['pwd'], subject: 'eve' }) } });
  assert.deepEqual(opened, { kind: 'done', to: LEADS.redirect_to, intermediate: true });
  const { context: { countersign }, ...body } = calls[1].body;
  assert.deepEqual(body, { subject: 'ada', remember: true, remember_for: 60, acr: 'gold', amr: ['pwd'] });
  assert.match(countersign, /^[\w-]{43}$/);
  assert.deepEqual((await open([request(), LEADS], { flow: 'login', options: { rememberLogin: false } })).calls[1].body.remember, false);
});

test('a decision is bound to the browser of the login by a cookie of its own', async () => {
  const login = contextOf();
  const { engine, calls } = hydraWith([request(), LEADS], { ownLogin: false });
  await engine.open('login_challenge=c', login);
  const [, name, value] = /^(__Host-countersign_hydra_[\w-]{8})=([\w-]{24}); Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=86400$/.exec(login.cookies[0]);
  const { context } = calls[1].body;
  const consent = (cookie, remembered = context) => open([request({ context: remembered })], { options: { ownLogin: false }, context: { cookie } });
  assert.equal((await consent(`${name}=${value}`)).opened.kind, 'ask');
  assert.equal((await consent(`a=b; __Host-countersign_hydra_other=x; ${name}=${value}`)).opened.kind, 'ask');
  for (const cookie of ['', `${name}=x`, `countersign_hydra_1=${value}`, `${name}=${context.countersign}`]) await assert.rejects(consent(cookie), RequestGone);
  for (const other of [undefined, null, {}, { countersign: null }]) await assert.rejects(consent(`${name}=${value}`, other ?? {}), RequestGone);
  const again = contextOf({ cookie: `${name}=${value}` });
  await hydraWith([request(), LEADS]).engine.open('login_challenge=c', again);
  assert.deepEqual(again.cookies, login.cookies);
  const plain = contextOf({ origin: 'http://localhost:1' });
  await hydraWith([request(), LEADS]).engine.open('login_challenge=c', plain);
  assert.match(plain.cookies[0], /^countersign_hydra_[\w-]{8}=[\w-]{24}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=86400$/);
});

test('what Hydra remembers is granted again, as it was asked for, and nothing more', async () => {
  const { opened, calls } = await open([request({ ...KNOWN }), LEADS], { options: { claims: (account, { scopes }) => ({ id_token: { sub: account.sub, has: scopes.length }, access_token: { a: 1 } }) } });
  assert.equal(opened.kind, 'done');
  assert.deepEqual(calls[1].body, {
    grant_scope: ['openid', 'read'], grant_access_token_audience: [], remember: false, remember_for: 0,
    session: { id_token: { sub: 'ada', has: 2 }, access_token: { a: 1 } },
  });
});

test('the user is asked although Hydra would not, where something is new, unusual or another account’s', async () => {
  const asks = async (more, asked, context) => {
    const { opened, calls } = await open([request({ ...KNOWN, ...more }, asked)], { context });
    assert.deepEqual([opened.kind, calls.length], ['ask', 1], JSON.stringify({ more, asked, context }));
  };
  await asks({ subject: 'grace' });
  await asks({}, {}, { account: null });
  await asks({}, { prompt: 'consent' });
  await asks({}, { redirect_uri: 'http://127.0.0.1:9/cb' });
  await asks({}, { redirect_uri: 'com.example.app:/cb' });
  await asks({}, { authorization_details: '[{"type":"payment"}]' });
  await asks({ skip: 'true' });
  await asks({ skip: false, client: { ...CLIENT, skip_consent: 'true' } });
});

test('an audience is asked for unless one decision that still holds has it with all of the scopes', async () => {
  const consent = (more = {}) => ({
    grant_scope: ['openid', 'read', 'write'], grant_access_token_audience: ['https://a.example', 'https://b.example'], remember: true, remember_for: 0,
    handled_at: new Date(Date.now() - 60_000).toISOString(), consent_request: { client: { client_id: 'app' } }, ...more,
  });
  const kindFor = async (consents) => (await open([request({ ...KNOWN, requested_access_token_audience: ['https://b.example'] }), consents, LEADS])).opened.kind;
  assert.equal(await kindFor([consent({ grant_scope: [] }), consent()]), 'done');
  assert.equal(await kindFor([consent({ remember_for: 3600 })]), 'done');
  const others = [
    { remember: false }, { remember: 'true' }, { remember_for: 30 }, { remember_for: undefined }, { remember_for: 3600, handled_at: undefined }, { grant_scope: ['openid'] }, { grant_access_token_audience: ['https://a.example'] },
    { consent_request: { client: { client_id: 'other' } } }, { consent_request: null }, { grant_access_token_audience: null },
  ];
  for (const other of others) assert.equal(await kindFor([consent(other)]), 'ask', JSON.stringify(other));
  assert.equal(await kindFor([consent({ grant_scope: ['openid'] }), consent({ grant_access_token_audience: [] })]), 'ask');
  await assert.rejects(kindFor({}), EngineUnavailable);
});

test('a silent request is answered with what is missing', async () => {
  const answered = async (flow, more, asked, context) => (await open([request(more, { prompt: 'none', ...asked }), LEADS], { flow, context })).calls[1];
  const fresh = { ...ADA, signed_in_at: Date.now() };
  for (const [context, more, asked] of [[{ account: null }], [{}, { ...KNOWN, subject: 'grace' }], [{}, { ...KNOWN }, { max_age: '10' }]]) {
    const { url, body } = await answered('login', more, asked, context);
    assert.deepEqual([url.includes('/login/reject?'), body.error], [true, 'login_required']);
  }
  assert.equal((await answered('login', { ...KNOWN }, { max_age: '10' }, { account: fresh })).body.subject, 'ada');
  assert.equal((await answered('consent', {})).body.error, 'consent_required');
  assert.equal((await answered('consent', { ...KNOWN }, {}, { account: null })).body.error, 'login_required');
  assert.equal((await answered('consent', { ...KNOWN, subject: 'grace' })).body.error, 'login_required');
});

test('a login is asked for if the client wants a newer one, or has another account in mind', async () => {
  const reasonFor = async (asked, more, context) => (await open([request(more, asked), LEADS], { flow: 'login', context })).opened.reason;
  assert.equal(await reasonFor({ prompt: 'login consent' }), 'prompt_login');
  assert.equal(await reasonFor({ prompt: 'login' }, {}, { handedOffAt: 999 }), undefined);
  const chosen = { account: { ...ADA, chosen_at: 3000 }, handedOffAt: 2000 };
  assert.equal(await reasonFor({ prompt: 'select_account' }, {}, { handedOffAt: 2000 }), 'select_account');
  assert.equal(await reasonFor({ prompt: 'select_account' }, {}, chosen), undefined);
  assert.equal(await reasonFor({ prompt: 'login' }, {}, chosen), 'prompt_login');
  assert.equal(await reasonFor({ max_age: '10' }), 'max_age');
  assert.equal(await reasonFor({ max_age: 'x' }), 'max_age');
  assert.equal(await reasonFor({ max_age: '' }), undefined);
  assert.equal(await reasonFor({ max_age: '1000000000000' }), undefined);
  assert.equal(await reasonFor({ max_age: '10' }, {}, { account: { sub: 'ada' } }), 'max_age');
  const hint = { oidc_context: { id_token_hint_claims: { sub: 'grace' } } };
  assert.equal(await reasonFor({}, hint), 'account_changed');
  assert.equal(await reasonFor({}, { oidc_context: { id_token_hint_claims: { sub: 'ada' } } }), undefined);
  assert.equal(await reasonFor({}, { ...hint, client: { ...CLIENT, subject_type: 'pairwise' } }), undefined);
});

test('the card has what Hydra says of the request, and the address of the request alone', async () => {
  const more = { requested_access_token_audience: ['https://a.example'], oidc_context: { ui_locales: ['de', 'fr'] } };
  const { opened: { resume, ...card } } = await open([request(more, { prompt: 'consent', resource: 'https://r.example' })]);
  assert.deepEqual(card, {
    kind: 'ask',
    client: { client_id: 'app', client_name: 'The App', client_uri: undefined, logo_uri: undefined, policy_uri: undefined, tos_uri: undefined },
    scopes: [{ scope: 'openid' }, { scope: 'read' }],
    resources: ['https://a.example'],
    details: [],
    redirect_uri: 'https://app.example/cb',
    sub: 'ada',
    switch_account: { to: request({}, { prompt: 'login consent', resource: 'https://r.example' }).request_url, intermediate: true },
    request_id: 'l',
    ui_locales: 'de fr',
  });
  assert.deepEqual(resume, { flow: 'consent', scopes: ['openid', 'read'], audience: ['https://a.example'] });
});

test('a request without an address has the only one of the client, or is refused', async () => {
  const without = (client) => request({ client, request_url: `${ISSUER}/oauth2/auth?client_id=app&code_challenge=x&code_challenge_method=S256` });
  assert.equal((await open([without(CLIENT)])).opened.redirect_uri, 'https://app.example/cb');
  const { calls } = await open([without({ ...CLIENT, redirect_uris: ['https://app.example/cb', 'https://app.example/other'] }), LEADS]);
  assert.deepEqual([calls[1].body.error, calls[1].url.includes('/consent/reject?')], ['invalid_request', true]);
});

test('a request that Hydra would take and the kit cannot show is refused, at both steps', async () => {
  const wrong = {
    request_not_supported: { request: 'a.b.' }, request_uri_not_supported: { request_uri: 'urn:a' }, invalid_authorization_details: { authorization_details: '{"type":"a"}' },
    invalid_request: { code_challenge_method: 'plain' },
  };
  for (const flow of ['login', 'consent']) {
    for (const [error, asked] of Object.entries(wrong)) {
      const { opened, calls } = await open([request({ ...KNOWN }, asked), LEADS], { flow });
      assert.deepEqual([opened.kind, calls[1].body.error, calls[1].url.includes(`/${flow}/reject?`)], ['done', error, true]);
    }
    for (const text of ['[', '[{}]', '[null]', '[{"type":1}]', '"a"']) {
      const { calls } = await open([request({}, { authorization_details: text }), LEADS], { flow });
      assert.equal(calls[1].body.error, 'invalid_authorization_details');
    }
    const posted = await open([request({ request_url: `${ISSUER}/oauth2/auth` })], { flow });
    assert.deepEqual([posted.opened.kind, posted.calls.length], ['refused', 1]);
    const twice = `${request().request_url}&resource=a&resource=b&audience=a&audience=b`;
    assert.notEqual((await open([request({ request_url: twice }), LEADS], { flow })).opened.kind, 'refused');
    assert.equal((await open([request({ request_url: `${twice}&prompt=a&prompt=b` })], { flow })).opened.kind, 'refused');
  }
});

test('a request without PKCE is refused only if every client needs it', async () => {
  const bare = { request_url: `${ISSUER}/oauth2/auth?client_id=app&redirect_uri=https://app.example/cb` };
  assert.equal((await open([request(bare)])).opened.kind, 'ask');
  assert.equal((await open([request(bare), LEADS], { options: { pkce: true } })).calls[1].body.error, 'invalid_request');
});

test('a denial says so at either step', async () => {
  for (const flow of ['login', 'consent']) {
    const { engine, calls } = hydraWith([LEADS]);
    assert.deepEqual(await engine.deny({ flow }, contextOf({ account: null, query: `${flow}_challenge=c` })), { to: LEADS.redirect_to, intermediate: true });
    assert.deepEqual([calls[0].body.error, calls[0].url.includes(`/${flow}/reject?`)], ['access_denied', true]);
  }
});

test('whatever Hydra answers, the page is led to no address but Hydra’s, the site’s or the client’s', async () => {
  const origin = 'https://site.example';
  const headers = { Origin: origin, 'X-Countersign': '1', 'Content-Type': 'application/json' };
  const start = async (answers, challenge) => {
    const { engine } = hydraWith(answers);
    const kit = countersign({ engine, origin, secret: 's'.repeat(32), account: () => ADA, store: memoryStore({ warn: null }), log() {} });
    const body = JSON.stringify({ realm: 'consumer', query: `${challenge}=c` });
    return kit(new Request(`${origin}/countersign/authorize/start`, { method: 'POST', headers, body }));
  };
  assert.equal((await (await start([request(), LEADS], 'login_challenge')).json()).redirect_uri, LEADS.redirect_to);
  for (const to of ['https://evil.example/', 'javascript:alert(1)', '/relative', '//evil.example', `${ISSUER}.evil.example/`, 'http://hydra.example/', 'com.example.app:/cb', `https://a@${new URL(ISSUER).host}/`]) {
    for (const answers of [[request(), { redirect_to: to }, 'login_challenge'], [request({ ...KNOWN }), { redirect_to: to }, 'consent_challenge']]) {
      assert.equal((await start(answers.slice(0, 2), answers[2])).status, 500, to);
    }
  }
  const elsewhere = request({ request_url: request().request_url.replace(ISSUER, 'https://evil.example'), subject: 'grace' });
  assert.equal((await start([elsewhere], 'consent_challenge')).status, 500);
  assert.equal((await start([request({}, { redirect_uri: 'javascript:alert(1)' })], 'consent_challenge')).status, 500);
});

// `countersign/react/stytch` in apps with Stytch's own SDK: the guide's page with only the import changed, and what a team may set besides.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { read } from '../e2e/support/pages.mjs';
import { openWorld } from './support/drop-in/world.mjs';

const SESSION = 'sessions/authenticate';

let world;
before(async () => { world = await openWorld(); });
after(() => world?.close());

/** A test with a page that is closed after it. */
const visiting = (name, app, options, run) => test(name, async () => {
  const visit = await world.visit(app, options);
  try {
    await run(visit);
    assert.deepEqual(visit.standIn.misuses, []);
  } finally {
    await visit.close();
  }
});

const allow = async (page) => {
  await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  await read(page);
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
};
const deny = (page) => page.getByRole('button', { name: 'Deny', exact: true }).click();

for (const [kind, realm, heading, checks] of [
  ['', 'consumer', 'Photo Printer wants access to your Harbor account', 1],
  // Stytch's answers name no member: only a check by the page's own cookie says whose card it is.
  [' for organizations', 'b2b', 'Photo Printer wants access to Acme', 2],
]) {
  visiting(`the guide's page${kind}, with only the import changed, leads to a code, and the client of the provider is all it needs`, `guide${kind}`, { realm, by: 'SDK' }, async ({ page, standIn, told, calls, left, origin }) => {
    await page.getByRole('heading', { name: heading }).waitFor();
    await allow(page);
    const answer = await left();
    assert.equal(answer.get('state'), 'a&b');
    assert.ok(standIn.codes.has(answer.get('code')));
    assert.deepEqual(told, [['start', { client_id: 'third-party-public', redirect_uri: `${origin}/callback`, scope: 'openid photos.read' }], ['complete', {}]]);
    // The session and the project's name are those that Stytch's SDK has asked for itself.
    assert.deepEqual([calls(SESSION), standIn.calls.filter(({ path }) => path.includes('/bootstrap/')).length], [checks, 1]);
    assert.deepEqual([calls('authorize/start'), calls('authorize/submit')], [1, 1]);
  });
}

/** What a team's analytics and its own code hear of a visit. */
async function heard(app, options, act) {
  const visit = await world.visit(app, { ...options, by: 'SDK' });
  try {
    await act(visit);
    return visit.told;
  } finally {
    await visit.close();
  }
}

for (const [what, options, act] of [
  ['a grant', {}, async ({ page, left }) => { await allow(page); await left(); }],
  ['a denial', {}, async ({ page, left }) => { await deny(page); await left(); }],
  ['a client that needs no consent, without a scope', { query: { client_id: 'first-party-public', scope: '' } }, async ({ left }) => { await left(); }],
  ['a client that nobody knows', { query: { client_id: 'nobody' } }, async ({ hears }) => { await hears('error'); }],
  ['a request without a client', { query: { client_id: '' } }, async ({ hears }) => { await hears('error'); }],
]) {
  test(`a team's callbacks hear of ${what} what they heard from Stytch's own component`, async () => {
    const theirs = await heard('guide of Stytch', options, act);
    const ours = await heard('guide', options, act);
    assert.ok(theirs.length);
    assert.deepEqual(ours, theirs);
  });
}

visiting('without a gate the widget leads to the login and back, as a path that is encoded', 'app', { by: 'nobody' }, async ({ page, told, left }) => {
  await page.waitForURL((url) => url.pathname === '/login');
  assert.match(new URL(page.url()).searchParams.get('returnTo'), /^\/oauth\/authorize\?client_id=.*&state=a%26b/);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await allow(page);
  assert.equal((await left()).get('state'), 'a&b');
  // The start counts once, as in Stytch's component, which begins with a session.
  assert.deepEqual(told.map(([name]) => name).filter((name) => !name.startsWith('own')), ['OAUTH_AUTHORIZE_FLOW_START', 'OAUTH_AUTHORIZE_FLOW_COMPLETE']);
  assert.deepEqual(told.map(([name]) => name).filter((name) => name.startsWith('own')), ['own started', 'own login_required', 'own started', 'own consent_shown', 'own allowed', 'own redirecting']);
});

for (const client of ['instance', 'options', 'client at its port']) {
  visiting(`without a provider the prop takes the ${client}`, 'app', { setup: { client, withoutProvider: true } }, async ({ page, left }) => {
    await allow(page);
    assert.ok((await left()).get('code'));
  });
}

visiting('the entry without Stytch\'s package takes a client too, with its session', 'app', { setup: { standalone: true, client: 'instance', withoutProvider: true } }, async ({ page, told, calls, left }) => {
  await allow(page);
  await left();
  assert.equal(calls(SESSION), 1);
  assert.deepEqual(told.map(([name]) => name).filter((name) => !name.startsWith('own')), ['OAUTH_AUTHORIZE_FLOW_START', 'OAUTH_AUTHORIZE_FLOW_COMPLETE']);
});

visiting('its errors have the names of Stytch\'s', 'app', { setup: { standalone: true, client: 'options', withoutProvider: true }, query: { client_id: 'nobody' } }, async ({ told, hears }) => {
  await hears('StytchAPIError');
  assert.deepEqual(told.filter(([name]) => !name.startsWith('own')), [['OAUTH_AUTHORIZE_FLOW_START'], ['StytchAPIError', 'request_refused', undefined]]);
});

for (const [problem, setup] of [
  ['provider_missing', { withoutProvider: true }],
  ['client_of_other_kind', { client: 'another kind' }],
  ['client_unreadable', { client: 'unreadable' }],
]) {
  visiting(`a client that cannot be used is told by a type of its own: ${problem}`, 'app', { setup }, async ({ page, told, said }) => {
    await page.locator('countersign-identity-provider:state(misconfigured)').waitFor();
    const explained = () => said.find((line) => line.includes(`StytchClientError: ${problem}`));
    if (!explained()) await page.waitForEvent('console', () => Boolean(explained()));
    assert.match(explained(), /Likely: (There is no StytchProvider|A client for consumers|This version of Stytch)/);
    assert.deepEqual(told, [['CountersignError', 'setting_invalid', problem]]);
  });
}

visiting('the widget waits for the check that the SDK is making', 'app', { prepare: (standIn) => { standIn.release = standIn.hold(SESSION); } }, async ({ page, standIn, calls }) => {
  if (!calls('authorize/start')) await standIn.arrived('authorize/start');
  standIn.release();
  await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  assert.equal(calls(SESSION), 1);
});

visiting('the widget makes a check of its own where that of the SDK gets no answer', 'app', { prepare: (standIn) => standIn.fail(SESSION, 'never', 1) }, async ({ page, calls }) => {
  await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  assert.equal(calls(SESSION), 2);
});

visiting('a session that was replaced since the SDK has checked its own is checked anew', 'app', { setup: { later: true } }, async ({ page, calls, signIn }) => {
  await page.waitForFunction(() => window.stytch.session.getInfo().fromCache === false);
  assert.equal(calls(SESSION), 1);
  await signIn('grace@example.com');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByText('grace@example.com').waitFor();
  assert.equal(calls(SESSION), 2);
});

visiting('a request that depends on when the user signed in checks the session itself', 'app', { query: { max_age: '3600' } }, async ({ page, calls }) => {
  await page.getByRole('button', { name: 'Allow', exact: true }).waitFor();
  assert.equal(calls(SESSION), 2);
});

const theme = { primary: 'rgb(1, 2, 3)', 'container-border': 'rgb(4, 5, 6)', spacing: '5px', secondary: 'red', success: 'green', primry: 'blue' };
const presentation = { theme, options: { hideHeaderText: true, logo: { url: '/logo.svg', alt: '' } } };

visiting('theme values become tokens, and the console names once what has no counterpart', 'app', { setup: { props: { presentation, styles: {}, strings: { 'idpConsent.denied': 'No', 'idpConsent.button.deny': 'Refuse' } } } }, async ({ page, said }) => {
  await page.getByRole('button', { name: 'Refuse', exact: true }).waitFor();
  const card = await page.locator('[part~=card]').evaluate((it) => { const { borderTopColor, paddingTop } = getComputedStyle(it); return { borderTopColor, paddingTop }; });
  assert.equal(card.borderTopColor, 'rgb(4, 5, 6)');
  const tokens = await page.locator('.countersign').evaluate((it) => ['padding', 'gap', 'button'].map((name) => it.style.getPropertyValue(`--countersign-${name}`)));
  assert.deepEqual(tokens, ['calc(8 * 5px)', 'calc(6 * 5px)', 'rgb(1, 2, 3)']);
  const named = () => said.filter((line) => /counterpart|there is no/.test(line));
  if (named().length < 5) await page.waitForEvent('console', () => named().length >= 5);
  assert.deepEqual(named().map((line) => line.replace(/^\[countersign\] | here\..*/g, '')), [
    'presentation.theme: secondary, success have no counterpart',
    'presentation.theme: there is no "primry". Did you mean "primary"?',
    'presentation: hideHeaderText has no counterpart',
    'strings: idpConsent.denied has no counterpart',
    'props: styles has no counterpart',
  ]);
});

for (const [verifiedClients, standing] of [[['another'], 'Not verified by Harbor'], [['third-party-public'], 'Verified by Harbor']]) {
  visiting(`a team says which clients of others it has verified: ${verifiedClients} of them is "${standing}"`, 'app', { setup: { props: { stytchOptions: { verifiedClients } } } }, async ({ page }) => {
    await page.locator('[part~=standing]').getByText(standing).waitFor();
  });
}

// The element in front of Stytch: its options, its session's cookies, its decision.
import assert from 'node:assert/strict';
import { createStandIn } from '../support/stytch/stand-in.mjs';
import { pages } from './support/bare.mjs';

const inPage = pages();
const API = 'https://test.stytch.com';

/** Puts a stand-in for Stytch's API behind its own address; answers it, and what it was asked. */
async function standInFor(page, person, origin) {
  person.origins.add(API).add('https://client.example');
  const standIn = createStandIn({ origins: [origin], addresses: { redirect: ['https://client.example/cb'], logout: [] } });
  const calls = [];
  await page.route(`${API}/**`, async (route) => {
    const request = route.request();
    if (request.method() !== 'OPTIONS') calls.push(new URL(request.url()).pathname);
    await route.fulfill(await standIn.handle({ method: request.method(), url: request.url(), headers: await request.allHeaders(), body: request.postData() ?? '' }));
  });
  await page.route('https://client.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Client</title><link rel="icon" href="data:,"><h1>Client</h1>' }));
  return { standIn, calls };
}

const request = `?${new URLSearchParams({
  client_id: 'third-party-public', redirect_uri: 'https://client.example/cb', response_type: 'code', scope: 'openid email', state: 's',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
})}`;

for (const [how, set] of [
  ['by its attribute', ([token]) => { kit.put({}, 'countersign-identity-provider').setAttribute('stytch-public-token', token); }],
  ['by its property, with a cookie of another name', ([token]) => { kit.put({ stytch: { publicToken: token, cookieOptions: { opaqueTokenCookieName: 'mine' } } }); }],
]) {
  inPage(`a project set ${how} gets the decision, under the user's session`, async ({ page, card, person, site }) => {
    const { standIn, calls } = await standInFor(page, person, site.issuer);
    await page.route(`${site.issuer}/stytch-page*`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Page</title><link rel="icon" href="/favicon.svg"><body></body>' }));
    const own = how.includes('another name');
    const { cookies } = standIn.signIn('consumer', 'ada@example.com', { minutes: 60 });
    await page.context().addCookies(cookies.map(({ path, name, ...cookie }) => ({ ...cookie, name: own && name === 'stytch_session' ? 'mine' : name, url: site.issuer })));
    await page.goto(`${site.issuer}/stytch-page${request}`);
    await page.evaluate(async () => { globalThis.kit = await import('/kit/kit.js'); kit.define(); });
    await page.evaluate(set, [standIn.projects.consumer.publicTokens[0]]);
    await card.asks('');
    await card.allow.click();
    await page.waitForURL((url) => url.origin === 'https://client.example' && url.searchParams.has('code'));
    assert.deepEqual(calls.map((path) => path.replace('/sdk/v1/', '')), ['sessions/authenticate', 'idp/oauth/authorize/start', 'idp/oauth/authorize/submit']);
  });
}

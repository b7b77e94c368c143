// Before consent: signing in, coming back, and changing the account.
import assert from 'node:assert/strict';
import { startWebsite } from './support/app.mjs';
import { registerClient } from './support/generic-client.mjs';
import { journeys } from './support/journey.mjs';
import { listen } from './support/listener.mjs';

const { journey } = journeys();

const AWKWARD = 'a+b/c=&d#e %';

for (const organization of [false, true]) {
  journey(`an awkward state comes back byte for byte through sign-in${organization ? ' for an organization' : ''}`, async ({ site, visitor }) => {
    const app = await listen();
    const generic = await registerClient(site.issuer + (organization ? '/b2b' : ''), { redirect_uris: [`${app.origin}/callback`], application_type: 'native' });
    const request = await generic.request({ state: AWKWARD });
    const grace = await visitor();
    grace.origins.add(app.origin);
    const { page, login, card } = await grace.tab();
    await page.goto(request.address.href);
    await login.signIn('grace@example.com');
    await card.asks('Generic Client', organization && 'Acme Corporation');
    await card.allow.click();
    const { url } = await app.received();
    assert.equal(url.searchParams.get('state'), AWKWARD);
    await generic.tokens(url, request);
    await app.close();
  });
}

journey('a wrong password is said so, and the right one goes on with the request', async ({ visitor }) => {
  const { client, login, card, page } = await (await visitor()).tab();
  await client.connect();
  await login.signIn('ada@example.com', 'wrong');
  await page.getByRole('alert').filter({ hasText: 'That email and password don’t match.' }).waitFor();
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});

journey('somebody who does not exist gets the same answer as a wrong password', async ({ visitor }) => {
  const { login, page } = await (await visitor()).tab();
  await login.open();
  await login.signIn('nobody@example.com');
  await page.getByRole('alert').filter({ hasText: 'That email and password don’t match.' }).waitFor();
});

journey('using another account keeps the request and asks the new account', async ({ visitor }) => {
  const { client, login, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  await card.switchAccount.click();
  await login.signIn('grace@example.com');
  await card.asks('Photo Printer');
  await card.says('Grace Hopper');
  await card.allow.click();
  assert.equal((await client.connected()).userinfo.email, 'grace@example.com');
});

journey('a switch of account leaves what the first account allowed', async ({ site, visitor }) => {
  const ada = await visitor();
  const { generic, received } = await startWebsite(site, ada, { client_name: 'Website' });
  const { page, login, card } = await ada.signedIn();
  const ask = async (parameters) => page.goto((await generic.request(parameters)).address.href);
  await ask();
  await card.asks('Website');
  await card.remember.check();
  await card.allow.click();
  await received({ page });
  await ask({ prompt: 'consent' });
  await card.asks('Website');
  await card.switchAccount.click();
  await login.signIn('grace@example.com');
  await card.asks('Website');
  await card.deny.click();
  assert.equal((await received({ page })).searchParams.get('error'), 'access_denied');

  await login.open();
  await login.signIn('ada@example.com');
  await page.waitForURL(`${site.issuer}/`);
  await ask();
  assert.ok((await received({ page })).searchParams.has('code'));
});

async function openedBy(visitor, site, parameters) {
  const app = await listen();
  const generic = await registerClient(site.issuer, { redirect_uris: [`${app.origin}/callback`], application_type: 'native' });
  const request = await generic.request(parameters);
  visitor.origins.add(app.origin);
  return { app, generic, request };
}

journey('prompt=login asks the account that is signed in for its password, once, and says if it is wrong', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, login, card } = await ada.signedIn();
  const { app, generic, request } = await openedBy(ada, site, { prompt: 'login' });
  await page.goto(request.address.href);
  await login.signInAgain('ada@example.com', 'wrong');
  await page.getByRole('alert').filter({ hasText: 'That email and password don’t match.' }).waitFor();
  await login.signInAgain('ada@example.com');
  await card.asks('Generic Client');
  await card.allow.click();
  await generic.tokens((await app.received()).url, request);
  await app.close();
});

journey('prompt=login is not met by going back to the page without signing in', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, login } = await ada.signedIn();
  const { app, request } = await openedBy(ada, site, { prompt: 'login' });
  await page.goto(request.address.href);
  await login.shown();
  const back = new URL(page.url()).searchParams.get('return_to');
  await page.goto(new URL(back, site.issuer).href);
  await login.shown();
  await app.close();
});

journey('max_age=0 asks the account that is signed in for its password, and auth_time is the new one', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, login, card } = await ada.signedIn();
  const started = Math.floor(Date.now() / 1000);
  const { app, generic, request } = await openedBy(ada, site, { max_age: '0' });
  await page.goto(request.address.href);
  await login.signInAgain('ada@example.com');
  await card.asks('Generic Client');
  await card.allow.click();
  const tokens = await generic.tokens((await app.received()).url, request);
  assert.ok(tokens.claims().auth_time >= started);
  await app.close();
});

journey('prompt=select_account shows the account, and continuing with it is enough', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, login, card } = await ada.signedIn();
  const { app, generic, request } = await openedBy(ada, site, { prompt: 'select_account' });
  await page.goto(request.address.href);
  await login.continueAs('Ada Lovelace');
  await card.asks('Generic Client');
  await card.allow.click();
  await generic.tokens((await app.received()).url, request);
  await app.close();
});

journey('login_hint fills the email in', async ({ site, visitor }) => {
  const grace = await visitor();
  const { page, login } = await grace.tab();
  const { app, request } = await openedBy(grace, site, { login_hint: 'grace@example.com' });
  await page.goto(request.address.href);
  await login.shown();
  assert.equal(await page.getByRole('textbox', { name: 'Email' }).inputValue(), 'grace@example.com');
  await app.close();
});

journey('signing in never leads away from the site', async ({ site, visitor }) => {
  const addresses = ['//evil.example', '/\\evil.example', '/\t/evil.example', 'https://evil.example/', 'javascript:alert(1)', '/..//evil.example'];
  for (const address of addresses) {
    const { page, login } = await (await visitor()).tab();
    await page.goto(`${site.issuer}/login?return_to=${encodeURIComponent(address)}`);
    await login.signIn('ada@example.com');
    await page.waitForURL((url) => url.pathname !== '/login');
    assert.equal(new URL(page.url()).origin, site.issuer, address);
  }
});

journey('a demo account fills the form in, and nothing is sent until Sign in is pressed', async ({ visitor }) => {
  const ada = await visitor();
  const { login, page } = await ada.tab();
  await login.open();
  await page.getByRole('button', { name: 'grace@example.com' }).click();
  assert.equal(await page.getByRole('textbox', { name: 'Email' }).inputValue(), 'grace@example.com');
  assert.equal(await page.getByLabel('Password', { exact: true }).inputValue(), 'demo');
  assert.equal(ada.requests('/account/login').length, 0);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Countersign demo' }).waitFor();
});

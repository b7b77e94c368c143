// Where a decision leads: to the host that was on the card, or to the site's own; whatever the API's answer says.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';
import { listen } from './support/listener.mjs';

const { journey } = journeys();
const START = '**/countersign/authorize/start';
const SUBMIT = '**/countersign/authorize/submit';
const HTML = { contentType: 'text/html', body: '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>' };

/** Ada on the card of Photo Printer, whose next answers to `path` are changed. */
async function onTheCard(visitor, change, { path = SUBMIT, organization = false } = {}) {
  const ada = await visitor();
  const tab = await ada.signedIn();
  await tab.client[organization ? 'connectOrganization' : 'connect']();
  await tab.card.asks('Photo Printer', organization && 'Acme Corporation');
  await tab.page.route(path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...await response.json(), ...change } });
  });
  return { ada, ...tab };
}

const leads = (address, more) => ({ outcome: 'redirect', redirect_uri: address, ...more });
const UNSAFE = 'It isn’t safe to send you to this app';

/** Nothing was opened, nothing can be, and nothing of the answer is on the page. */
async function refused({ ada, page, card }, address, origin) {
  await card.heading(UNSAFE);
  assert.equal(new URL(page.url()).origin, origin);
  assert.equal(await page.getByRole('link').count(), 0);
  assert.equal(await page.getByRole('button').count(), 0);
  assert.ok(!(await page.content()).includes(address));
  assert.equal(ada.requests(address, 'GET').length, 0);
}

const ELSEWHERE = {
  'another site': () => 'https://evil.example/callback?code=1',
  'a name below the one that was shown': (site) => site.client.replace('http://localhost', 'https://localhost.evil.example'),
  'another port of this device': () => 'http://localhost:1/callback?code=1',
  'another name of this device': (site) => site.client.replace('localhost', '127.0.0.1'),
  'an address that is not encrypted': () => 'http://evil.example/callback',
  'a script': () => 'javascript:document.title="taken"',
  'a page in the address': () => 'data:text/html,taken',
  'an app of a client that is not native': () => 'com.evil.app:/callback',
  'an address with a user name': (site) => site.client.replace('http://', 'http://localhost@'),
};

for (const [what, address] of Object.entries(ELSEWHERE)) {
  journey(`an answer that leads to ${what} is refused`, async ({ site, visitor }) => {
    const here = await onTheCard(visitor, leads(address(site)));
    await here.card.allow.click();
    await refused(here, address(site), site.issuer);
  });
}

journey('an answer to a denial that leads elsewhere is refused, too', async ({ site, visitor }) => {
  const address = 'https://evil.example/callback?error=access_denied';
  const here = await onTheCard(visitor, leads(address));
  await here.card.deny.click();
  await refused(here, address, site.issuer);
});

journey('an app’s scheme is refused where a program on this device was shown, native or not', async ({ site, visitor }) => {
  const address = 'com.evil.app:/callback?code=1';
  const here = await onTheCard(visitor, leads(address, { native: true }));
  await here.card.allow.click();
  await refused(here, address, site.issuer);
});

journey('another organization’s answer that leads elsewhere is refused, too', async ({ site, visitor }) => {
  const address = 'https://evil.example/callback?code=1';
  const here = await onTheCard(visitor, leads(address), { path: START, organization: true });
  await here.card.actFor('Globex');
  await refused(here, address, site.issuer);
});

journey('a card whose own address cannot be opened is not shown', async ({ site, visitor }) => {
  const here = await onTheCard(visitor, { redirect_uri: 'javascript:alert(1)' }, { path: START });
  await here.page.reload();
  await here.card.heading(UNSAFE);
  assert.equal(await here.page.getByRole('button', { name: 'Allow' }).count(), 0);
  assert.equal(here.ada.requests('/authorize/submit').length, 0);
});

journey('a step on the way elsewhere is taken where the server calls it one', async ({ visitor }) => {
  const step = await listen();
  const { ada, page, card } = await onTheCard(visitor, leads(`${step.origin}/step`, { intermediate: true }));
  ada.origins.add(step.origin);
  await card.allow.click();
  assert.equal((await step.received()).url.pathname, '/step');
  await page.getByRole('heading', { name: 'Received' }).waitFor();
  await step.close();
});

journey('a step that the server calls one is still no script', async ({ site, visitor }) => {
  const address = 'javascript:document.title="taken"';
  const here = await onTheCard(visitor, leads(address, { intermediate: true }));
  await here.card.allow.click();
  await refused(here, address, site.issuer);
});

journey('a step on the site’s own host is taken as it is', async ({ site, visitor }) => {
  const { page, card } = await onTheCard(visitor, leads(`${site.issuer}/step`));
  await page.route(`${site.issuer}/step`, (route) => route.fulfill(HTML));
  await card.allow.click();
  await page.getByRole('heading', { name: 'Elsewhere' }).waitFor();
});

journey('the step that posts an answer to the client is on the site’s own host', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, client, card } = await ada.signedIn();
  await client.connect({ answerBy: 'form_post' });
  await card.asks('Photo Printer');
  const step = page.waitForRequest('**/countersign/finish/*');
  await card.allow.click();
  assert.equal(new URL((await step).url()).origin, site.issuer);
  assert.ok((await client.connected()).scopes.includes('openid'));
});

journey('without a card, an answer leads where the server says', async ({ site, visitor }) => {
  const ada = await visitor();
  const { page, client } = await ada.signedIn();
  ada.origins.add('https://printer.example');
  await page.route('https://printer.example/**', (route) => route.fulfill(HTML));
  await page.route(START, (route) => route.fulfill({ json: leads('https://printer.example/callback?code=1') }));
  await client.connect();
  await page.waitForURL('https://printer.example/**');
  assert.equal(ada.requests(`${site.issuer}/countersign/authorize/submit`).length, 0);
});

// One decision, once, by the person it was shown to: everything that can come in between.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();
const SUBMIT = '/countersign/authorize/submit';
const HOUR = 60 * 60 * 1000;

/** Ada on the card of Photo Printer. */
async function onTheCard(visitor, request) {
  const ada = await visitor();
  const tab = await ada.signedIn();
  await tab.client.connect(request);
  await tab.card.asks('Photo Printer');
  return { ada, ...tab };
}

journey('a double click on Allow sends one decision', async ({ visitor }) => {
  const { ada, card, client } = await onTheCard(visitor);
  await card.allow.dblclick();
  await client.connected();
  assert.equal(ada.requests(SUBMIT, 'POST').length, 1);
});

journey('a request that expired while it was on the screen says so, and so does its address', async ({ site, visitor }) => {
  const { page, card } = await onTheCard(visitor);
  site.pass(HOUR);
  await card.allow.click();
  await card.heading('This request has expired');
  await page.reload();
  await card.heading('This request has expired');
});

journey('when its time is over by this clock the server is asked, and what was ticked stays as it was', async ({ visitor }) => {
  const ada = await visitor();
  const { page, client, card } = await ada.signedIn();
  await page.clock.install();
  await client.connect();
  await card.asks('Photo Printer');
  await card.tick('See your name', false);
  const asked = page.waitForResponse('**/authorize/start');
  await page.clock.fastForward(HOUR);
  await asked;
  await card.asks('Photo Printer');
  assert.equal(await card.scope('See your name').isChecked(), false);
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['email', 'openid']);
});

journey('a decision that fails leaves every tick as it was', async ({ visitor }) => {
  const { page, card, client } = await onTheCard(visitor, { scopes: ['photos.read', 'photos.write'] });
  await failFirstSubmit(page, (route) => route.fulfill(serverError));
  await card.readOnly.click();
  await card.tick('See your email address', false);
  await card.allow.click();
  await card.alert.filter({ hasText: 'Your answer didn’t get through.' }).waitFor();
  await card.asks('Photo Printer');
  for (const [box, ticked] of [[card.scope('Add and delete photos'), false], [card.scope('See your email address'), false]]) {
    assert.equal(await box.isChecked(), ticked);
  }
  assert.equal(await card.readOnly.getAttribute('aria-pressed'), 'true');
  await card.allow.click();
  assert.deepEqual((await client.connected()).scopes, ['openid', 'photos.read', 'profile']);
});

journey('a request answered in another tab says so when it is answered again, and when it is opened again', async ({ visitor }) => {
  const { ada, page, card, client } = await onTheCard(visitor);
  const address = await card.transactionAddress();
  const second = await ada.tab();
  await second.page.goto(address);
  await second.card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
  await second.card.deny.click();
  await second.card.heading('You’ve already allowed this request');
  await page.goto(address);
  await card.heading('You’ve already allowed this request');
});

journey('a request denied in one tab cannot be allowed in another', async ({ visitor }) => {
  const { ada, card, client } = await onTheCard(visitor);
  const second = await ada.tab();
  await second.page.goto(await card.transactionAddress());
  await second.card.asks('Photo Printer');
  await card.deny.click();
  await client.refused('access_denied');
  await second.card.allow.click();
  await second.card.heading('You’ve already denied this request');
  await second.card.says('Nothing was shared with Photo Printer.');
});

journey('a page that is loaded again while its decision is on its way gets the decision’s answer', async ({ visitor }) => {
  const { ada, page, card, client } = await onTheCard(visitor);
  // The server decides, and the answer never arrives.
  await page.route(`**${SUBMIT}`, async (route) => { await route.fetch(); });
  const decided = page.waitForRequest(`**${SUBMIT}`);
  await card.allow.click();
  await decided;
  await page.reload();
  assert.equal((await client.connected()).userinfo.email, 'ada@example.com');
  assert.equal(ada.requests(SUBMIT, 'POST').length, 1);
});

journey('the back button after connecting leads to the client, not to a card', async ({ visitor }) => {
  const ada = await visitor();
  const { page, card, client } = await ada.signedIn();
  await client.prepare();
  await client.press('Connect');
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
  await page.goBack();
  await page.getByRole('heading', { name: 'Try a sign-in' }).waitFor();
  await page.goForward();
  await client.connected();
  assert.equal(ada.requests(SUBMIT, 'POST').length, 1);
});

journey('the back button from elsewhere leads to a card that works', async ({ site, visitor }) => {
  const { page, card, client } = await onTheCard(visitor);
  await page.goto(`${site.client}/`);
  await page.goBack();
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});

journey('the back button to a request that was allowed meanwhile says so', async ({ site, visitor }) => {
  const { ada, page, card } = await onTheCard(visitor);
  const second = await ada.tab();
  await second.page.goto(await card.transactionAddress());
  await page.goto(`${site.client}/`);
  await second.card.asks('Photo Printer');
  await second.card.allow.click();
  await second.client.connected();
  await page.goBack();
  await card.heading('You’ve already allowed this request');
});

// Answers the first submit in the given way; the keys of all of them are collected.
async function failFirstSubmit(page, how) {
  const keys = [];
  await page.route(`**${SUBMIT}`, async (route) => {
    keys.push(await route.request().headerValue('idempotency-key'));
    if (keys.length === 1) await how(route);
    else await route.continue();
  });
  return keys;
}

const serverError = {
  status: 500,
  contentType: 'application/problem+json',
  body: JSON.stringify({ type: 'about:blank', title: 'Server error', status: 500, code: 'server_error', request_id: 'r' }),
};

for (const decision of ['allow', 'deny']) {
  journey(`${decision} that fails with 500 can be sent again, with the same key`, async ({ visitor }) => {
    const { page, card, client } = await onTheCard(visitor);
    const keys = await failFirstSubmit(page, (route) => route.fulfill(serverError));
    await card[decision].click();
    await card.alert.filter({ hasText: 'Your answer didn’t get through. Nothing has been shared. Answer again.' }).waitFor();
    await card.asks('Photo Printer');
    await card[decision].click();
    await (decision === 'allow' ? client.connected() : client.refused('access_denied'));
    assert.equal(keys.length, 2);
    assert.ok(keys[0]);
    assert.equal(keys[0], keys[1]);
  });
}

journey('an answer that was lost on the way is given again, not decided again', async ({ visitor }) => {
  const { ada, page, card, client } = await onTheCard(visitor);
  ada.expects(/^Failed to load resource: net::ERR_CONNECTION_RESET$/);
  const answers = [];
  page.on('response', (response) => {
    if (response.url().endsWith(SUBMIT)) answers.push(response.status());
  });
  const keys = await failFirstSubmit(page, async (route) => {
    await route.fetch();
    await route.abort('connectionreset');
  });
  await card.allow.click();
  await card.alert.waitFor();
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
  assert.equal(keys[0], keys[1]);
  assert.deepEqual(answers, [200]);
});

async function signOutInAnotherTab(ada, site) {
  const tab = await ada.tab();
  await tab.page.goto(`${site.issuer}/oauth/logout`);
  await tab.card.heading('Sign out?');
  await tab.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await tab.card.heading('You’re signed out');
  return tab;
}

journey('signing out in another tab sends Allow to sign-in, and the request goes on from there', async ({ site, visitor }) => {
  const { ada, card, login, client } = await onTheCard(visitor);
  await signOutInAnotherTab(ada, site);
  await card.allow.click();
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await card.allow.click();
  await client.connected();
});

/** Ada unticks writing, her session ends in another tab, and her Allow leads to sign-in. */
async function unticksAndIsSignedOut(visitor, site) {
  const { ada, card, login, client } = await onTheCard(visitor, { scopes: ['photos.read', 'photos.write'] });
  await card.tick('Add and delete photos', false);
  await signOutInAnotherTab(ada, site);
  await card.allow.click();
  await login.shown();
  return { card, login, client };
}

journey('what Ada unticks is unticked after the sign-in that her Allow leads to, and is not granted', async ({ site, visitor }) => {
  const { card, login, client } = await unticksAndIsSignedOut(visitor, site);
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  assert.equal(await card.scope('Add and delete photos').isChecked(), false);
  assert.equal(await card.scope('See your photos').isChecked(), true);
  await card.allow.click();
  const { scopes } = await client.connected();
  assert.deepEqual([scopes.includes('photos.read'), scopes.includes('photos.write')], [true, false]);
});

journey('what Ada unticks is ticked on the card of Grace, who signs in instead of her', async ({ site, visitor }) => {
  const { card, login, client } = await unticksAndIsSignedOut(visitor, site);
  await login.signIn('grace@example.com');
  await card.asks('Photo Printer');
  await card.says('Grace Hopper');
  assert.equal(await card.scope('Add and delete photos').isChecked(), true);
  await card.allow.click();
  const { scopes, userinfo } = await client.connected();
  assert.deepEqual([scopes.includes('photos.write'), userinfo.email], [true, 'grace@example.com']);
});

journey('signing out in another tab does not stop Deny', async ({ site, visitor }) => {
  const { ada, card, client } = await onTheCard(visitor);
  await signOutInAnotherTab(ada, site);
  await card.deny.click();
  await client.refused('access_denied');
});

journey('signing in as Grace in another tab never lets Ada’s Allow count for Grace', async ({ site, visitor }) => {
  const { ada, card, client } = await onTheCard(visitor);
  const other = await signOutInAnotherTab(ada, site);
  await other.login.open();
  await other.login.signIn('grace@example.com');
  await other.page.waitForURL(`${site.issuer}/`);
  await card.says('Ada Lovelace');
  await card.allow.click();
  await card.says('Grace Hopper');
  await card.says('You’re now signed in as grace@example.com, no longer as ada@example.com.');
  await card.allow.click();
  assert.equal((await client.connected()).userinfo.email, 'grace@example.com');
});

journey('another browser with the same address sees no request, and the first goes on', async ({ visitor }) => {
  const { card, client } = await onTheCard(visitor);
  const address = await card.transactionAddress();
  const stranger = await visitor();
  const anonymous = await stranger.tab();
  await anonymous.page.goto(address);
  await anonymous.card.heading('This request has expired');
  const grace = await (await visitor()).signedIn('grace@example.com');
  await grace.page.goto(address);
  await grace.card.heading('This request has expired');
  await card.allow.click();
  await client.connected();
});

journey('leaving for sign-in and coming back three times without signing in says that it did not work', async ({ site, visitor }) => {
  const { page, client, login, card } = await (await visitor()).tab();
  await client.connect();
  await login.shown();
  const back = new URL(new URL(page.url()).searchParams.get('return_to'), site.issuer).href;
  await page.goto(back);
  await login.shown();
  await page.goto(back);
  await card.heading('Signing in didn’t work');
});

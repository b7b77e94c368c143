// The page speaks the reader's language: what the request asks for, else what the browser is set to, else English; and says nothing in
// another one before.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';
import { textsIn } from './support/texts.mjs';

const { journey } = journeys();
const FILES = '/messages-';
const english = textsIn('en');

/** The address of a request of Photo Printer's, in the languages that it asks for. */
async function request(site, more = {}) {
  const response = await fetch(`${site.client}/connect`, { redirect: 'manual' });
  const address = new URL(response.headers.get('location'));
  for (const [name, value] of Object.entries(more)) address.searchParams.set(name, value);
  return address.href;
}

/** The widget's own language and direction. */
const spoken = ({ page }) => page.locator('.countersign').evaluate(({ lang, dir }) => [lang, dir]);

/** Keeps what stands in a heading, on a button or in a paragraph of the widget, as soon as it is there. */
async function listen(page) {
  await page.addInitScript(() => {
    window.said = [];
    new MutationObserver(() => {
      const words = [...document.querySelectorAll('h1, h2, button, [part=standing], [part=destination]')].map((one) => one.textContent);
      window.said.push(...words.filter((one) => one && !window.said.includes(one)));
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  return () => page.evaluate(() => window.said);
}

const NAMES = { de: 'Fotodruck', ar: 'Photo Printer' };

for (const [language, direction] of [['de', 'ltr'], ['ar', 'rtl']]) {
  const say = textsIn(language);
  const heading = say('consent_heading_sign_in', { client: NAMES[language] });

  journey(`ui_locales=${language} gives the card in that language, and nothing in another before`, async ({ site, visitor }) => {
    const ada = await visitor();
    const { page, card } = await ada.signedIn();
    const said = await listen(page);
    // The texts come last: the request was answered long before.
    const answered = page.waitForResponse('**/authorize/start');
    await page.route(`**${FILES}*`, async (route) => {
      await answered;
      assert.equal(await page.getByRole('button').count(), 0);
      await route.continue();
    });
    await page.goto(await request(site, { ui_locales: language }));
    await card.heading(heading);
    assert.deepEqual(await spoken({ page }), [language, direction]);
    await page.locator('h1:focus').waitFor();
    await page.getByRole('button', { name: say('allow'), exact: true }).waitFor();
    await page.getByRole('group', { name: say('consent_signed_in_as'), exact: true }).waitFor();
    const words = await said();
    assert.ok(words.includes(heading));
    for (const key of ['allow', 'deny', 'use_another_account', 'who_verified']) assert.ok(!words.includes(english(key)), key);
    assert.ok(!words.some((one) => /wants access|will be able|You’ll be sent/.test(one)), words.join('\n'));
    assert.equal(ada.requests(FILES).length, 1, 'one language, once');
    assert.match(ada.requests(FILES)[0].url(), new RegExp(`-${language}\\.json$`));
  });

  journey(`ui_locales=${language} holds through sign-in, a reload and the decision`, async ({ site, visitor }) => {
    const { page, card, login, client } = await (await visitor()).tab();
    await page.goto(await request(site, { ui_locales: language }));
    await login.shown();
    assert.equal(new URL(page.url()).searchParams.get('ui_locales'), language);
    await login.signIn('ada@example.com');
    await card.heading(heading);
    await page.reload();
    await card.heading(heading);
    assert.deepEqual(await spoken({ page }), [language, direction]);
    await page.getByRole('button', { name: say('deny'), exact: true }).click();
    // The request was not begun at the client, which knows nothing of its answer.
    await page.waitForURL((url) => url.origin === client.site.client && url.searchParams.get('error') === 'access_denied');
  });
}

journey('in Arabic the address is still read from left to right', async ({ site, visitor }) => {
  const { page } = await (await visitor()).signedIn();
  await page.goto(await request(site, { ui_locales: 'ar' }));
  const address = page.locator('[part=destination] bdi');
  assert.equal(await address.innerText(), new URL(site.client).host);
  assert.equal(await address.evaluate((one) => getComputedStyle(one).direction), 'ltr');
  assert.equal(await page.locator('[part=card]').evaluate((one) => getComputedStyle(one).direction), 'rtl');
});

journey('a French browser gets French, through sign-in as well', async ({ visitor }) => {
  const { page, card, client, login } = await (await visitor({ locale: 'fr-FR' })).tab();
  const say = textsIn('fr');
  await client.connect();
  await login.signIn('ada@example.com');
  await card.heading(say('consent_heading', { client: 'Photo Printer' }));
  assert.deepEqual(await spoken({ page }), ['fr', 'ltr']);
  await card.reads();
  await page.getByRole('button', { name: say('allow'), exact: true }).click();
  await client.connected();
});

journey('what the request asks for comes before what the browser is set to', async ({ site, visitor }) => {
  const ada = await visitor({ locale: 'fr-FR' });
  const { page, card } = await ada.signedIn();
  await page.goto(await request(site, { ui_locales: 'tlh en-GB de' }));
  await card.heading(english('consent_heading_sign_in', { client: 'Photo Printer' }));
  assert.deepEqual(await spoken({ page }), ['en', 'ltr']);
  assert.equal(ada.requests(FILES).length, 0, 'English is always there');
});

/** Sends a form from another page of this device. */
async function post(page, origin, address) {
  await page.goto(origin);
  await page.evaluate(([action, fields]) => {
    const form = document.createElement('form');
    Object.assign(form, { method: 'post', action });
    for (const [name, value] of fields) form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    document.body.append(form);
    form.submit();
  }, [address.origin + address.pathname, [...address.searchParams]]);
}

journey('a request by POST has its language, too, and so has a logout', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).signedIn();
  const say = textsIn('ar');
  await post(page, site.client, new URL(await request(site, { ui_locales: 'ar' })));
  await card.heading(say('consent_heading_sign_in', { client: 'Photo Printer' }));
  await post(page, site.client, new URL(`${site.issuer}/oauth/logout?ui_locales=ar`));
  await card.heading(say('logout_heading'));
});

journey('a request that was pushed has its language, too', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).signedIn();
  const { searchParams } = new URL(await request(site, { ui_locales: 'de' }));
  const answer = await fetch(`${site.issuer}/oauth/par`, { method: 'POST', body: searchParams });
  const { request_uri: name } = await answer.json();
  await page.goto(`${site.issuer}/oauth/authorize?${new URLSearchParams({ client_id: searchParams.get('client_id'), request_uri: name })}`);
  await card.heading(textsIn('de')('consent_heading_sign_in', { client: 'Fotodruck' }));
});

journey('a language that nobody has gives the browser’s', async ({ site, visitor }) => {
  const { page, card } = await (await visitor({ locale: 'nl-BE' })).signedIn();
  await page.goto(await request(site, { ui_locales: 'tlh xx' }));
  await card.heading(textsIn('nl')('consent_heading_sign_in', { client: 'Photo Printer' }));
});

for (const [what, answer, reported] of [
  ['blocked', (route) => route.abort(), /^Failed to load resource: net::ERR_FAILED$/],
  ['missing', (route) => route.fulfill({ status: 404 }), undefined],
  ['damaged', (route) => route.fulfill({ contentType: 'application/json', body: '{"allow":' }), undefined],
  ['of wrong types', (route) => route.fulfill({ contentType: 'application/json', body: '{"allow":{"html":"<b>Ja</b>"}}' }), undefined],
]) {
  journey(`with a language’s file ${what} the page speaks English, and works`, async ({ site, visitor }) => {
    const ada = await visitor();
    if (reported) ada.expects(reported); // the browser's own line, for those who look
    const { page, card, client } = await ada.signedIn();
    await page.route(`**${FILES}*`, answer);
    await client.prepare();
    await page.goto(await request(site, { ui_locales: 'de' }));
    await card.heading(english('consent_heading_sign_in', { client: 'Photo Printer' }));
    assert.deepEqual(await spoken({ page }), ['en', 'ltr']);
    await card.deny.click();
    await page.waitForURL((url) => url.origin === site.client);
  });
}

journey('with a language’s file that does not come the page speaks English after four seconds', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).signedIn();
  await page.clock.install();
  await page.route(`**${FILES}*`, () => {});
  const asked = page.waitForRequest(`**${FILES}*`);
  await page.goto(await request(site, { ui_locales: 'de' }));
  await asked;
  await page.clock.fastForward(4_000);
  await card.heading(english('consent_heading_sign_in', { client: 'Photo Printer' }));
});

journey('a request that cannot be used is told in the reader’s language', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).signedIn();
  const say = textsIn('de');
  await page.goto(`${site.issuer}/oauth/authorize?ui_locales=de`);
  await card.heading(say('invalid_heading'));
  await page.goto(await request(site, { ui_locales: 'de', client_id: 'nobody' }));
  await card.heading(say('invalid_heading'));
  await card.says(say('invalid_client', { site: new URL(site.issuer).host }));
});

journey('signing out is asked for in the reader’s language', async ({ site, visitor }) => {
  const { page, card } = await (await visitor()).signedIn();
  const say = textsIn('ar');
  await page.goto(`${site.issuer}/oauth/logout?ui_locales=ar`);
  await card.heading(say('logout_heading'));
  assert.deepEqual(await spoken({ page }), ['ar', 'rtl']);
  await page.getByRole('button', { name: say('sign_out'), exact: true }).click();
  await card.heading(say('signed_out_heading'));
});

journey('an organization’s card counts in the reader’s language', async ({ site, visitor }) => {
  const ada = await visitor({ locale: 'pl-PL' });
  const { page, client } = await ada.signedIn('many@example.com');
  const say = textsIn('pl');
  await client.connectOrganization();
  await page.getByRole('button', { name: say('consent_organization_change'), exact: true }).click();
  const field = page.getByRole('searchbox', { name: say('consent_organization_search'), exact: true });
  const [, before, list] = /^(.*)\{count\|(.*)\}$/.exec(say('consent_organization_found'));
  const forms = Object.fromEntries(list.split('|').map((form) => form.split('=')));
  for (const [text, form, number] of [['turku', 'one', 1], ['rg', 'few', 3], ['harbor', 'many', 29]]) {
    await field.fill(text);
    await page.getByText(before + forms[form].replace('#', number), { exact: true }).waitFor();
  }
});

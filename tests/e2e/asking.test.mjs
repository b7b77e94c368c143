// Who asks, and where it leads: what the site knows of a client, what the client only says, and the one thing to check, if any.
import assert from 'node:assert/strict';
import { startProgram, startWebsite } from './support/app.mjs';
import { registerClient } from './support/generic-client.mjs';
import { journeys } from './support/journey.mjs';
import { textsIn } from './support/texts.mjs';

const { journey } = journeys();

/** What stands on the card about who asks. */
async function asker({ page }) {
  const part = async (name) => {
    const found = await page.locator(`[part=${name}]`).allInnerTexts();
    return found.join(' ').trim();
  };
  return { standing: await part('standing'), caution: await part('caution'), description: await part('description'), next: await part('destination') };
}

/** An address on the card as it is shown: all of it, and the part in the foreground. It reads from left to right in any language. */
async function addressIn(locator) {
  const address = locator.locator('bdi[dir=ltr]');
  return [await address.innerText(), await address.locator('strong').innerText()];
}

/** Opens the request of a site that registered itself. */
async function fromWebsite({ site, visitor }, { parameters, ...metadata } = {}) {
  const ada = await visitor();
  const website = await startWebsite(site, ada, metadata);
  const request = await website.generic.request(parameters);
  const tab = await ada.signedIn();
  await tab.page.goto(request.address.href);
  return { ada, website, request, ...tab };
}

journey('an app of the site itself is said to be one', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect({ client: 'Harbor Console' });
  await card.asks('Harbor Console');
  const { standing, caution } = await asker({ page });
  assert.deepEqual([standing, caution], ['Made by Harbor', '']);
});

journey('a client that was checked is said to be verified, with its logo and its own words as such', async ({ site, visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  const { standing, description, next } = await asker({ page });
  assert.equal(standing, 'Verified by Harbor');
  assert.equal(description, 'In its own words: Prints your photos and delivers them to your door.');
  assert.equal(next, `You’ll be sent to a program on this device: ${new URL(site.client).host}`);
  const logo = page.locator('[part=parties] img');
  assert.equal(new URL(await logo.evaluate((image) => image.src)).href, `${site.issuer}/logos/third-party-public`);
  await logo.evaluate((image) => image.decode());
  assert.ok(await logo.evaluate((image) => image.naturalWidth > 0));
  for (const [name, path] of [['photo-printer.example', '/'], ['Terms', '/terms'], ['Privacy', '/privacy']]) {
    const link = page.getByRole('link', { name, exact: true });
    assert.equal(await link.getAttribute('href'), `https://photo-printer.example${path}`);
    assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  }
});

journey('a client that an administrator entered and nobody checked is said so, and has no logo', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect({ client: 'Postcard Club' });
  await card.asks('Postcard Club');
  assert.equal((await asker({ page })).standing, 'Not verified by Harbor');
  assert.equal(await page.locator('[part=parties] img').count(), 0);
  assert.equal(await page.locator('[part=parties]').innerText(), 'P\nH');
});

journey('a client that registered itself is not verified, and the caution names the address to go by', async (here) => {
  const { page, card, website, request } = await fromWebsite(here, { client_name: 'Printer' });
  await card.asks('Printer');
  const { standing, caution, next } = await asker({ page });
  assert.equal(standing, 'Unverified. These details come from the app');
  assert.match(caution, /Harbor hasn’t checked who runs Printer. Continue only if you came here from app\.printer\.example\.$/);
  assert.equal(next, 'You’ll be sent to app.printer.example');
  for (const part of ['caution', 'destination']) {
    assert.deepEqual(await addressIn(page.locator(`[part=${part}]`)), ['app.printer.example', 'printer.example'], part);
  }
  await card.allow.click();
  const tokens = await website.generic.tokens(await website.received({ page }), request);
  assert.equal(tokens.claims().aud, website.generic.id);
});

journey('a name below a public suffix is all in the foreground, since its neighbours are somebody else’s', async (here) => {
  const { page, card } = await fromWebsite(here, { host: 'printer.github.io', client_name: 'Printer' });
  await card.asks('Printer');
  assert.deepEqual(await addressIn(page.locator('[part=destination]')), ['printer.github.io', 'printer.github.io']);
});

journey('a German user reads the name that a client gave itself in German', async (here) => {
  const metadata = {
    client_name: 'Printer',
    'client_name#de': 'Druckerei',
    client_uri: 'https://app.printer.example/',
    'client_uri#de': 'https://app.printer.example/de/',
  };
  const { page, card, website } = await fromWebsite(here, { ...metadata, parameters: { ui_locales: 'de' } });
  const german = textsIn('de');
  await card.heading(german('consent_heading', { client: 'Druckerei' }));
  const { standing, caution } = await asker({ page });
  assert.equal(standing, german('who_self_declared'));
  assert.ok(caution.endsWith(german('caution_unverified', { client: 'Druckerei', host: website.host })), caution);
  assert.deepEqual(await addressIn(page.locator('[part=caution]')), ['app.printer.example', 'printer.example']);
  assert.doesNotMatch(await page.locator('main').innerText(), /Printer/);
  assert.equal(await page.locator('[part=legal] a').first().getAttribute('href'), 'https://app.printer.example/de/');
});

journey('a client that says it belongs to somebody else is held against where it leads', async (here) => {
  const { page, card } = await fromWebsite(here, { host: 'collect.example', client_name: 'Bank', client_uri: 'https://bank.example/' });
  await card.asks('Bank');
  assert.match((await asker({ page })).caution, /Bank says it belongs to bank\.example, but sends you to collect\.example/);
});

journey('a name of letters from several scripts is told, with the address to go by', async (here) => {
  const { page, card } = await fromWebsite(here, { client_name: 'Р\u0430yP\u0430l' });
  await card.allow.waitFor();
  assert.match((await asker({ page })).caution, /mixes letters from different alphabets and may imitate another name. Go by the address app\.printer\.example\.$/);
});

journey('a host of other letters is shown in its coded spelling, and told', async (here) => {
  const { page, card } = await fromWebsite(here, { host: 'xn--pypal-4ve.example', client_name: 'Printer' });
  await card.asks('Printer');
  const { caution, next } = await asker({ page });
  assert.match(caution, /The address xn--pypal-4ve\.example is code for letters/);
  assert.equal(next, 'You’ll be sent to xn--pypal-4ve.example');
});

journey('a hostile name stays a text, and changes nothing around it', async (here) => {
  const name = '<img src=x onerror=alert(1)>\u202Egnitirw "><script>alert(1)</script>';
  const { page, card } = await fromWebsite(here, { client_name: name });
  const shown = '<img src=x onerror=alert(1)>gnitirw "><script>alert(1)</script>';
  await page.getByRole('heading', { level: 1, name: `${shown} wants access to your Harbor account`, exact: true }).waitFor();
  assert.deepEqual(await page.locator('h1 bdi').allInnerTexts(), [shown, 'Harbor']);
  assert.equal(await page.locator('main script, main img[src=x]').count(), 0);
  await card.deny.click();
});

journey('a program on this device is told as one, for everything on it can call itself so, and is asked for each time', async ({ site, visitor }) => {
  const ada = await visitor();
  const app = await startProgram(site, ada, { client_name: 'Shell' });
  const request = await app.generic.request();
  const { page, card } = await ada.signedIn();
  await page.goto(request.address.href);
  await card.asks('Shell');
  const { caution, next } = await asker({ page });
  assert.match(caution, /Any program on this device can call itself Shell. Continue only if you just started this app yourself\.$/);
  assert.equal(next, `You’ll be sent to a program on this device: ${app.host}`);
  assert.equal(await card.remember.count(), 0);
  await card.allow.click();
  await app.generic.tokens((await app.received()).url, request);
  await app.close();
});

// A scheme that Chromium never opens, and says so: for another one it would put a question over the page.
const SCHEME = 'vnd.ms.radio:';
const REFUSED = /^Not allowed to launch 'vnd\.ms\.radio:/;

/** Ada on the card of an app with a scheme of its own. */
async function fromApp({ site, visitor }) {
  const ada = await visitor();
  ada.origins.add(SCHEME);
  ada.expects(REFUSED);
  const generic = await registerClient(site.issuer, { client_name: 'Pocket', redirect_uris: [`${SCHEME}/callback`], application_type: 'native' });
  const request = await generic.request();
  const tab = await ada.signedIn();
  await tab.page.goto(request.address.href);
  await tab.card.asks('Pocket');
  return { generic, request, ...tab };
}

/** Presses a button and gives the app's address that the page opens then. */
async function opened(page, button) {
  const asked = page.waitForEvent('request', (request) => request.url().startsWith(SCHEME));
  await button.click();
  return new URL((await asked).url());
}

journey('an app with a scheme of its own is told as one, gets its answer, and the page says that it can be closed', async (here) => {
  const { page, card, generic, request } = await fromApp(here);
  const { caution, next } = await asker({ page });
  assert.match(caution, /Any app on this device can call itself Pocket. Continue only if you just used this app yourself\.$/);
  assert.equal(next, 'You’ll be sent back to an app on this device: vnd.ms.radio:/callback');
  assert.equal(await card.remember.count(), 0);
  const answer = await opened(page, card.allow);
  await card.heading('You can close this window');
  await card.says('You allowed the request from Pocket.');
  await card.says('The answer was sent to the app vnd.ms.radio:/callback. If it didn’t open, return to it here.');
  const again = await opened(page, page.getByRole('button', { name: 'Return to the app', exact: true }));
  assert.equal(again.href, answer.href);
  await card.heading('You can close this window');
  assert.equal((await generic.tokens(answer, request)).claims().aud, generic.id);
});

journey('an app with a scheme of its own hears of a denial', async (here) => {
  const { page, card } = await fromApp(here);
  const answer = await opened(page, card.deny);
  assert.equal(answer.searchParams.get('error'), 'access_denied');
  await card.heading('You can close this window');
  await card.says('Nothing was shared with Pocket.');
});

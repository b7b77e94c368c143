// What the demo's client tells after a sign-in: each step, with the messages on demand and no secret in them.
import assert from 'node:assert/strict';
import { journeys } from './support/journey.mjs';

const { journey } = journeys();

/** The page's steps by their headings. */
const steps = (page) => page.locator('ol > li').getByRole('heading', { level: 2 }).allInnerTexts();

journey('a newcomer who presses Connect sees the verified client’s card, and then what happened, step by step', async ({ site, visitor }) => {
  const { page, client, login, card } = await (await visitor()).tab();
  const answers = [];
  page.on('request', (request) => { if (request.url().startsWith(`${site.client}/callback?`)) answers.push(new URL(request.url()).searchParams); });
  await page.goto(`${site.client}/`);
  await client.press('Connect');
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await card.says('Verified by ');
  await card.allow.click();
  const { idToken } = await client.connected();
  assert.deepEqual(await steps(page), [
    'Photo Printer asked', 'You signed in, and access was allowed', 'The server sent a code back', 'Photo Printer exchanged the code for tokens', 'It checked the ID token', 'It asked who you are',
  ]);
  assert.equal(idToken.sub, 'account-ada');
  const text = await page.locator('main').innerText();
  const code = answers[0].get('code');
  assert.ok(code.length > 20 && !text.includes(code), 'the code is not on the page');
  assert.ok(text.includes(`${code.slice(0, 6)}… (${code.length} characters)`));
  assert.doesNotMatch(text, /eyJ[\w-]+\.[\w-]+\.[\w-]+/, 'no token is on the page');
  assert.match(text, /redirect_uri/);
  assert.match(text, /"token_type": "bearer"/);
});

journey('a denial and a silent check are explained', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  await card.deny.click();
  await client.refused('access_denied');
  await card.says('You said no, or your account can’t give this access.');
  assert.deepEqual(await steps(page), ['Photo Printer asked', 'The server answered with an error']);
  await client.prepare();
  await client.press('Check as a whole page');
  await client.refused('consent_required');
  await card.says('you haven’t allowed all of this yet');
});

for (const [client, heading] of [['Helpful Assistant', 'Helpful Assistant'], ['Tool Runner', 'Tool Runner'], ['Imitation', 'H\u0430rbor Console']]) {
  journey(`${client} asks under its own name, and gets tokens`, async ({ visitor }) => {
    const tab = await (await visitor()).signedIn();
    await tab.client.connect({ client });
    await tab.card.asks(heading);
    await tab.card.allow.click();
    assert.deepEqual((await tab.client.connected()).scopes, ['email', 'openid', 'profile']);
  });
}

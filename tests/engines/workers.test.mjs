// workers-oauth-provider in workerd, behind the kit.
import assert from 'node:assert/strict';
import { checks, engineTests } from './support/checks.mjs';
import { startWorkers } from './support/workers.mjs';

const check = engineTests(startWorkers);
checks(check);

check('the card says that no decision is remembered, and the next request is asked for again', async ({ client, browser, request }) => {
  const card = await browser.card(request);
  assert.equal(card.remember, 'never');
  await browser.submit(card);
  await browser.card(await client.request());
});

check('a scope that nobody knows is shown by its name: the engine does not check it', async ({ client, browser }) => {
  const card = await browser.card(await client.request({ scope: 'profile everything' }));
  const { scope, title } = card.scopes.find((one) => one.scope === 'everything');
  assert.deepEqual([scope, title], ['everything', undefined]);
});

check('a new grant ends the tokens of the one before', async ({ client, browser, request }) => {
  const grant = async (asked) => client.tokens(asked, (await browser.submit(await browser.card(asked))).body.redirect_uri);
  const earlier = await grant(request);
  const later = await grant(await client.request());
  await assert.rejects(client.refresh(earlier.refresh_token), (error) => error.error === 'invalid_grant');
  assert.ok((await client.refresh(later.refresh_token)).access_token);
});

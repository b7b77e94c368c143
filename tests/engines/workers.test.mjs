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

check('a parameter that is there twice is refused: the engine would take the first', async ({ client, browser, request }) => {
  const { body } = await browser.start({ query: `${request.query}&redirect_uri=${encodeURIComponent(client.redirectUri)}` });
  assert.equal(body.outcome, 'error');
});

check('a new grant ends the tokens of the one before', async ({ client, browser, request }) => {
  const grant = async (asked) => client.tokens(asked, (await browser.submit(await browser.card(asked))).body.redirect_uri);
  const earlier = await grant(request);
  const later = await grant(await client.request());
  await assert.rejects(client.refresh(earlier.refresh_token), (error) => error.error === 'invalid_grant');
  assert.ok((await client.refresh(later.refresh_token)).access_token);
});

// The certified engine as judge: every request of the table goes to the bare engine and, in a browser, to the page. What the
// user sees and the client hears must be what the engine says.
import assert from 'node:assert/strict';
import { CASES, CLIENTS, queryOf } from '../server/oracle-cases.mjs';
import { startBareEngine } from './support/bare-engine.mjs';
import { journeys } from './support/journey.mjs';
import { outcomeWatcher } from './support/outcome.mjs';

const A_CASE = 15_000;
const { journey } = journeys(undefined, { longest: CASES.length * A_CASE });
const CLIENT = 'https://web.example';

async function registerAll(origin) {
  const ids = await Promise.all(Object.entries(CLIENTS).map(async ([name, metadata]) => {
    const response = await fetch(`${origin}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token_endpoint_auth_method: 'none', ...metadata }),
    });
    return [name, (await response.json()).client_id];
  }));
  return Object.fromEntries(ids);
}

journey('the page and the bare engine agree on every request', async ({ site, visitor, t }) => {
  const engine = await startBareEngine(site.client);
  t.after(() => engine.close());
  const [there, here] = await Promise.all([registerAll(engine.origin), registerAll(site.issuer)]);
  const nobody = await visitor();
  nobody.origins.add(CLIENT).add('com.example.app:');
  nobody.expects(/^Failed to launch 'com\.example\.app:/);
  const { page } = await nobody.tab();
  const ask = await outcomeWatcher(page, CLIENT);
  assert.ok(CASES.length >= 60);
  for (const request of CASES) {
    const client = request.client ?? 'web';
    await t.test(`${request.name}: ${request.outcome}`, { timeout: A_CASE }, async () => {
      const said = await engine.ask(queryOf(request, there[client]));
      assert.equal(said.outcome, request.outcome);
      assert.deepEqual(await ask(`${site.issuer}/oauth/authorize?${queryOf(request, here[client])}`), said);
    });
  }
});

// What two hundred elements leave behind: nothing that grows.
import assert from 'node:assert/strict';
import { captured, pages } from './support/bare.mjs';

const inPage = pages();

async function counts(page, session) {
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const value = (name) => metrics.find((it) => it.name === name).value;
  const memory = await page.evaluate(() => globalThis.memory.buffer.byteLength);
  return { listeners: value('JSEventListeners'), nodes: value('Nodes'), heap: value('JSHeapUsedSize'), memory };
}

const CARD = { properties: () => ({ backend: kit.scripted(kit.consent()) }), there: (element) => kit.state(element, 'consent') };
const KINDS = {
  'whose card is shown': CARD,
  'whose card is shown in German': { ...CARD, locale: 'de-DE' },
  'whose backend never answers': { properties: () => ({ backend: kit.scripted() }), there: (element) => kit.until(() => element.backend.calls[0]) },
  'in front of Stytch, where nobody is signed in': {
    properties: () => ({ stytch: { publicToken: 'public-token-test-1' }, onLogin: () => {} }),
    there: (element) => kit.state(element, 'login-required'),
  },
};

for (const [kind, { properties, there, locale = 'en-US' }] of Object.entries(KINDS)) {
  inPage(`200 elements ${kind} come and go and leave nothing behind`, async ({ page, t }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    await page.evaluate(`globalThis.kind = { properties: ${properties}, there: ${there} }`);
    const round = (count) => page.evaluate(async (times) => {
      for (let index = 0; index < times; index += 1) {
        const element = kit.put(kind.properties());
        await kind.there(element);
        element.remove();
        await Promise.resolve();
      }
      // Animations, timers and the browser itself may hold the last card until they have ended.
      for (const wait of [requestAnimationFrame, setTimeout, requestAnimationFrame, requestIdleCallback]) await new Promise((resolve) => { wait(() => resolve()); });
      await kit.until(() => true);
    }, count);
    // By then the allocator has grown to what one card needs at its busiest.
    await round(240);
    const before = await counts(page, session);
    await round(200);
    const after = await counts(page, session);
    t.diagnostic(JSON.stringify({ before, after }));
    assert.ok(after.listeners <= before.listeners + 5, 'listeners');
    assert.ok(after.nodes <= before.nodes + 50, 'nodes');
    assert.equal(after.memory, before.memory, 'WebAssembly memory');
    assert.ok(after.heap <= before.heap + 200_000, 'heap');
  }, { prepare: captured, locale });
}

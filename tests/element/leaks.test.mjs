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

for (const [kind, answers, locale] of [['whose card is shown', true, 'en-US'], ['whose card is shown in German', true, 'de-DE'], ['whose backend never answers', false, 'en-US']]) {
  inPage(`200 elements ${kind} come and go and leave nothing behind`, async ({ page, t }) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    await session.send('HeapProfiler.enable');
    const round = (count) => page.evaluate(async ([times, answered]) => {
      for (let index = 0; index < times; index += 1) {
        const element = kit.put({ backend: answered ? kit.scripted(kit.consent()) : kit.scripted() });
        await (answered ? kit.state(element, 'consent') : kit.until(() => element.backend.calls[0]));
        element.remove();
        await Promise.resolve();
      }
      await kit.until(() => true);
    }, [count, answers]);
    await round(40);
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

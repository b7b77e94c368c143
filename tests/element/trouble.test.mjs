// WebAssembly that does not come, or stops: never a blank, never a frozen card.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import binaryen from 'binaryen';
import { captured, pages } from './support/bare.mjs';
import { packaged } from './support/files.mjs';

const inPage = pages();

const card = (page) => page.evaluate(async () => {
  globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
  globalThis.other = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-b2b-identity-provider');
  await Promise.all([kit.state(element, 'consent'), kit.state(other, 'consent')]);
});

/** Both widgets say so, and the page can be loaded again. */
async function stopped(page, cause) {
  await page.getByRole('heading', { name: 'Something went wrong' }).nth(1).waitFor();
  const told = await page.evaluate(() => [element, other].map((it) => [it.told.at(-1).code, it.told.at(-1).cause?.name ?? String(it.told.at(-1).cause), it.matches(':state(stopped)')]));
  for (const [code, name, hasState] of told) {
    assert.deepEqual([code, hasState], ['stopped', true]);
    assert.match(name, cause);
  }
  const late = await page.evaluate(async () => {
    const third = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(third, 'stopped');
    const calls = third.backend.calls.length;
    third.remove();
    return calls;
  });
  assert.equal(late, 0);
  const loads = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).first().click();
  await loads;
}

inPage('a panic shows that the page stopped', async ({ page }) => {
  await card(page);
  await page.evaluate(() => { element.messages = { allow: 'Yes' }; });
  await stopped(page, /^RuntimeError$/);
}, {
  // A panic is a bare trap in the packaged build; in this one, "update" panics.
  prepare: async (page) => {
    const glue = readFileSync(path.join(packaged, '../../../bindgen/widget/glue.js'), 'utf8');
    const [, local] = glue.match(/export\{.*?(\w+) as update\b/);
    const [, name] = glue.match(new RegExp(`function ${local}\\([^)]*\\)\\{\\w+\\.(\\w+)\\(`));
    const module = binaryen.readBinary(readFileSync(path.join(packaged, 'widget.wasm')));
    const inner = binaryen.getExportInfo(module.getExport(name)).value;
    const { params } = binaryen.getFunctionInfo(module.getFunction(inner));
    module.removeExport(name);
    module.addFunction('panics', params, binaryen.none, [], module.unreachable());
    module.addFunctionExport('panics', name);
    const body = Buffer.from(module.emitBinary());
    await page.route('**/npm/widget.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body }));
  },
});

inPage('broken memory shows that the page stopped', async ({ page }) => {
  await card(page);
  await page.evaluate(() => {
    new Uint8Array(memory.buffer).fill(0xff);
    element.messages = { allow: 'Yes' };
  });
  await stopped(page, /^RuntimeError$/);
}, { prepare: captured });

inPage('a stack that overflows shows that the page stopped', async ({ page, person }) => {
  person.expects(/Maximum call stack size exceeded/);
  await card(page);
  await page.evaluate(() => {
    // What the browser says of a page that comes back: the widget asks its backend anew, some calls deep.
    let out = 0;
    const deep = () => {
      try {
        deep();
      } catch {
        // Here there is no stack left at all; on the way out there is a little more of it at every step.
      }
      out += 1;
      if (out < 3000) dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    };
    deep();
  });
  // It depends on where the stack ends: in the browser, or in the program, which then traps.
  await stopped(page, /^(RangeError|RuntimeError)$/);
}, { prepare: captured });

inPage('memory that runs out shows that the page stopped', async ({ page }) => {
  await card(page);
  await page.evaluate(() => {
    for (let pages = 16_384; pages >= 1;) {
      try {
        memory.grow(pages);
      } catch {
        pages /= 2;
      }
    }
    element.messages = { allow: 'x'.repeat(30_000_000) };
  });
  await stopped(page, /^RuntimeError$/);
}, { prepare: captured });

inPage('an exception of somebody else\'s that tears through it shows that the page stopped', async ({ page }) => {
  await card(page);
  await page.evaluate(() => {
    Document.prototype.createTextNode = () => { throw new Error('patched'); };
    element.messages = { allow: 'Yes' };
  });
  await stopped(page, /^Error$/);
});

inPage('a module that does not come is a screen with a way on, and comes with the next try', async ({ page, person }) => {
  person.expects(/Failed to load resource/);
  let broken = true;
  await page.route('**/npm/widget.wasm', (route) => (broken ? route.abort() : route.continue()));
  await page.evaluate(() => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }); });
  await page.getByRole('heading', { name: 'Something went wrong' }).waitFor();
  const told = await page.evaluate(() => [element.told.map(({ code }) => code), element.matches(':state(unavailable)'), element.backend.calls.length]);
  assert.deepEqual(told, [['wasm_unavailable'], true, 0]);
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.evaluate(() => kit.state(element, 'consent'));
});

inPage('while the module is on its way the card\'s outline is there', async ({ page }) => {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/widget.wasm', async (route) => { await arrived; await route.continue(); });
  const before = await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'loading');
    return [element.matches(':state(loading)'), element.shadowRoot.querySelectorAll('.countersign-bone').length > 3];
  });
  assert.deepEqual(before, [true, true]);
  arrive();
  await page.evaluate(() => kit.state(element, 'consent'));
  assert.equal(await page.evaluate(() => element.shadowRoot.querySelectorAll('.countersign').length), 1);
});

inPage('the outline before sign-out asks for nothing', async ({ page }) => {
  await page.route('**/npm/widget.wasm', () => {});
  const rows = await page.evaluate(() => Promise.all(['authorize', 'logout'].map(async (flow) => {
    const element = kit.put({ backend: kit.scripted() }, undefined, { flow });
    await kit.state(element, 'loading');
    return element.shadowRoot.querySelector('.countersign-scope').getClientRects().length;
  })));
  assert.deepEqual(rows, [1, 0]);
});

inPage('the outline before the module is the one that the widget begins with, node for node', async ({ page }) => {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/widget.wasm', async (route) => { await arrived; await route.continue(); });
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted() });
    await kit.state(element, 'loading');
    globalThis.before = [...element.shadowRoot.querySelector('.countersign-card').children];
  });
  arrive();
  const [count, same] = await page.evaluate(async () => {
    await kit.state(element, 'starting');
    const after = [...element.shadowRoot.querySelector('.countersign-card').children];
    return [after.length, before.map((child, index) => child.isEqualNode(after[index] ?? null))];
  });
  assert.equal(count, 3);
  assert.deepEqual(same, [true, true, true]);
});

inPage('configureWasm names another place, takes bytes and compiled modules, and is refused once it is too late', async ({ page }) => {
  const said = await page.evaluate(async () => {
    let asked = 0;
    kit.configureWasm(async () => { asked += 1; return WebAssembly.compileStreaming(fetch('/npm/widget.wasm')); });
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    try {
      kit.configureWasm('/elsewhere.wasm');
    } catch (error) {
      return [asked, error.message];
    }
    return [];
  });
  assert.deepEqual(said, [1, 'configureWasm() was called after the first element that runs it had started']);
});

inPage('a module that is late is a screen with a way on, and the card takes its place if it comes after all', async ({ page }) => {
  let arrive;
  const arrived = new Promise((resolve) => { arrive = resolve; });
  await page.route('**/npm/widget.wasm', async (route) => { await arrived; await route.continue(); });
  await page.clock.install();
  await page.evaluate(() => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }); });
  await page.clock.fastForward(12_000);
  await page.getByText('couldn’t be fully loaded').first().waitFor();
  const told = await page.evaluate(() => [element.told.map(({ code, error }) => `${code} ${error}`), element.matches(':state(unavailable)'), element.shadowRoot.querySelectorAll('.countersign').length]);
  assert.deepEqual(told, [['wasm_unavailable timed_out'], true, 1]);
  arrive();
  await page.evaluate(() => kit.state(element, 'consent'));
  assert.equal(await page.evaluate(() => element.shadowRoot.querySelectorAll('.countersign').length), 1);
});

inPage('a module that never answers is asked for anew when the user tries again', async ({ page }) => {
  let asked = 0;
  await page.route('**/npm/widget.wasm', (route) => {
    asked += 1;
    return asked === 1 ? undefined : route.continue();
  });
  await page.clock.install();
  await page.evaluate(() => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }); });
  await page.clock.fastForward(12_000);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.evaluate(() => kit.state(element, 'consent'));
  assert.equal(asked, 2);
});

inPage('a module that came in time is not called late', async ({ page }) => {
  await page.clock.install();
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
  });
  await page.clock.fastForward(60_000);
  assert.deepEqual(await page.evaluate(() => [kit.widget(element).dataset.state, element.told.filter(({ code }) => code)]), ['consent', []]);
});

inPage('without WebAssembly the page says what to do about it, and can be loaded again', async ({ page }) => {
  await page.evaluate(() => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }); });
  await page.getByText('too old or in Lockdown Mode').first().waitFor();
  const told = await page.evaluate(() => [element.told.map(({ code, error }) => `${code} ${error}`), element.matches(':state(unsupported)'), element.backend.calls.length, kit.widget(element).textContent.includes('Loading')]);
  assert.deepEqual(told, [['wasm_unavailable unsupported'], true, 0, false]);
  const loads = page.waitForEvent('load');
  await page.getByRole('button', { name: 'Reload' }).click();
  await loads;
}, { prepare: (page) => page.addInitScript(() => { delete globalThis.WebAssembly; }) });

/** As a browser that is older than the list: it knows no `light-dark()`, in script and in style sheets. */
const old = (page) => page.addInitScript(() => {
  const { supports } = CSS;
  CSS.supports = (...given) => !given.join(' ').includes('light-dark') && supports.apply(CSS, given);
  const { replaceSync } = CSSStyleSheet.prototype;
  CSSStyleSheet.prototype.replaceSync = function replace(text) { return replaceSync.call(this, text.replaceAll('light-dark(', 'unknown(')); };
});

inPage('an older browser says so above the card, which can be read and pressed', async ({ page, card }) => {
  const looks = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    const style = (selector) => getComputedStyle(element.shadowRoot.querySelector(selector));
    element.shadowRoot.querySelector('input.countersign-box').checked = false;
    const box = style('input.countersign-box');
    return {
      first: element.shadowRoot.firstElementChild.textContent,
      text: style('h1').color,
      button: style('[part~=allow]').backgroundColor,
      label: style('[part~=allow]').color,
      box: [box.borderTopStyle, box.borderTopColor],
    };
  });
  assert.match(looks.first, /^Your browser is too old/);
  assert.deepEqual([looks.text, looks.box], ['rgb(0, 0, 0)', ['solid', 'rgb(0, 0, 0)']]);
  assert.deepEqual([looks.button, looks.label], ['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
  await card.asks('Photo Printer');
}, { prepare: old });

inPage('an older browser in which it does not run says so too', async ({ page, person }) => {
  person.expects(/Failed to load resource/);
  await page.route('**/npm/widget.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body: Buffer.from([0, 97, 115, 109, 9, 0, 0, 0]) }));
  await page.evaluate(() => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }); });
  await page.evaluate(() => kit.state(element, 'unsupported'));
}, { prepare: old });

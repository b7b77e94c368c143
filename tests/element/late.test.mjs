// Properties that a framework sets after it has connected the element: they count from the start, and nothing starts twice.
import assert from 'node:assert/strict';
import { pages } from './support/bare.mjs';

const inPage = pages();

/** When a framework may set properties, after it has connected the element. */
const LATE = {
  'in a task of its own, as Angular does': '(set) => setTimeout(set)',
  'in two tasks, one after the other': '(set) => setTimeout(() => setTimeout(set))',
  'before the next frame': '(set) => requestAnimationFrame(set)',
  'in an effect after the next frame, as Preact does': '(set) => requestAnimationFrame(() => setTimeout(set))',
};

for (const [when, later] of Object.entries(LATE)) {
  inPage(`properties that come ${when} count from the start`, async ({ page, person }) => {
    const seen = await page.evaluate(async (source) => {
      const backend = kit.scripted(kit.consent());
      const element = kit.put();
      // The page's own script is this text.
      (0, eval)(source)(() => Object.assign(element, { backend, messages: { allow: 'Erlauben' } }));
      await kit.state(element, 'consent');
      return { calls: backend.calls.length, told: element.told.map(({ type }) => type), allow: element.shadowRoot.querySelector('[part~=allow]').textContent };
    }, later);
    assert.deepEqual(seen, { calls: 1, told: ['started', 'consent_shown'], allow: 'Erlauben' });
    assert.equal(person.requests('/countersign/authorize/start').length, 0);
  });
}

inPage('a page that draws no frame, because it is hidden, starts its element all the same', async ({ page }) => {
  const calls = await page.evaluate(async () => {
    const frame = globalThis.requestAnimationFrame;
    globalThis.requestAnimationFrame = () => 0;
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    const backend = kit.scripted(kit.consent());
    const element = kit.put({ backend });
    globalThis.requestAnimationFrame = frame;
    delete document.hidden;
    await kit.state(element, 'consent');
    return backend.calls.length;
  });
  assert.equal(calls, 1);
});

inPage('an element that has been held back starts at once when it is not any more', async ({ page }) => {
  const started = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { hold: '' });
    element.removeAttribute('hold');
    await new Promise(queueMicrotask);
    return Boolean(element.shadowRoot?.querySelector('.countersign'));
  });
  assert.equal(started, true);
});

inPage('an element that the page contains already starts at once when it is defined, with what was set before', async ({ page, person }) => {
  const seen = await page.evaluate(async () => {
    const element = document.body.appendChild(document.createElement('countersign-identity-provider'));
    const { define, consent, scripted, state } = await import('/kit/kit.js');
    element.backend = scripted(consent());
    define();
    await new Promise(queueMicrotask);
    const started = Boolean(element.shadowRoot?.querySelector('.countersign'));
    await state(element, 'consent');
    return { started, calls: element.backend.calls.length };
  });
  assert.deepEqual(seen, { started: true, calls: 1 });
  assert.equal(person.requests('/countersign/authorize/start').length, 0);
}, { defined: false });

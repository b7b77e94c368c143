// What the host's page and its scripts have is no setting of the element, and does not stop it.
import assert from 'node:assert/strict';
import { pages } from './support/bare.mjs';

const inPage = pages();

inPage('the module loads where scripts have left enumerable members in every object', async ({ page }) => {
  await page.evaluate(async () => {
    globalThis.kit = await import('/kit/kit.js');
    kit.define();
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
  });
}, {
  defined: false,
  prepare: (page) => page.addInitScript(() => {
    Object.assign(Object.prototype, { extend: 'an old library', each() {}, version: 1.6, list: ['a'] });
  }),
});

for (const [name, value] of Object.entries({ value: 'x', writable: true, get: 'x', set: 'x', once: 'x', signal: 'x', integrity: 'x', items: 'x', widget: 'x' })) {
  inPage(`a descriptor, an option or a name like "${name}" in every object changes nothing`, async ({ page }) => {
    await page.evaluate(async () => {
      globalThis.kit = await import('/kit/kit.js');
      kit.define();
      globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
      await kit.state(element, 'consent');
    });
  }, {
    defined: false,
    prepare: (page) => page.addInitScript(([key, it]) => {
      Object.prototype[key] = it;
      document.addEventListener('countersign-error', ({ detail }) => console.error(detail.code, detail.error), true);
    }, [name, value]),
  });
}

inPage('what every object inherits is no option of the shadow tree, of an observer or of a call', async ({ page }) => {
  await page.evaluate(async () => {
    globalThis.kit = await import('/kit/kit.js');
    kit.define();
    const unseen = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(unseen, 'consent');
    await kit.until(() => !kit.inside(unseen).querySelector('[data-unseen]'));
    await kit.until(() => unseen.matches(':state(consent)'));
  });
}, {
  defined: false,
  prepare: (page) => page.addInitScript(() => {
    const options = { root: 'x', rootMargin: 'x', scrollMargin: 'x', delay: 5000, trackVisibility: true, attributes: false, slotAssignment: 'x', customElementRegistry: 1 };
    for (const [name, value] of Object.entries(options)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
  }),
});

inPage('what every object inherits is no setting: not the login page, the API, a token, a text or a callback', async ({ page }) => {
  await page.evaluate(() => {
    const inherited = {
      loginUrl: '/evil/login', apiBase: '/evil', onLogin: () => { globalThis.stolen = true; }, siteName: 'Evil', logo: '/evil.svg', locale: 'de', theme: 'dark',
      layout: 'compact', flow: 'logout', returnToParam: 'evil', messages: { allow: 'Evil' }, tokens: { '--countersign-accent': 'red' },
      trustedToken: { token: 'x', profileId: 'y' }, getConsentManifest: () => ['Evil'], detailRenderers: {}, stytch: { publicToken: 'x' },
    };
    for (const [name, value] of Object.entries(inherited)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
  });
  const found = await page.evaluate(async () => {
    const one = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(one, 'consent');
    const [theme, layout] = ['theme', 'layout'].map((name) => kit.widget(one).getAttribute(`data-${name}`));
    const text = kit.widget(one).textContent;
    const login = kit.put({ backend: kit.scripted({ outcome: 'login', reason: 'no_session', attempt: 3 }) });
    await kit.state(login, 'login-required');
    return { theme, layout, evil: /evil/i.test(text), settings: [one.loginUrl, one.apiBase, one.trustedToken] };
  });
  assert.deepEqual(found, { theme: null, layout: null, evil: false, settings: [undefined, undefined, undefined] });
});

inPage('nothing that a backend, a project or a token inherits from every object counts', async ({ page }) => {
  const errors = await page.evaluate(async () => {
    const inherited = { start() {}, submit() {}, publicToken: 'x', cookieOptions: { domain: 'evil.example' }, token: 'x', profileId: 'y', status: 429, retryAfter: 9 };
    for (const [name, value] of Object.entries(inherited)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
    const said = [];
    for (const settings of [{ backend: {} }, { stytch: {} }, { stytch: { publicToken: 'p' }, trustedToken: {} }]) {
      const element = kit.put(settings);
      await kit.state(element, 'misconfigured');
      said.push(element.told.map(({ error }) => error).join());
      element.remove();
    }
    return said;
  });
  assert.deepEqual(errors, ['backend.start: missing', 'stytch.publicToken: missing', 'trustedToken.token: missing']);
});

inPage('the methods of a class are a backend’s own', async ({ page }) => {
  const calls = await page.evaluate(async () => {
    class Ours {
      calls = 0;

      async start() { this.calls += 1; return kit.consent(); }

      async submit() { return undefined; }
    }
    const backend = new (class extends Ours {})();
    await kit.state(kit.put({ backend }), 'consent');
    return backend.calls;
  });
  assert.equal(calls, 1);
});

inPage('a backend may be a proxy that makes its methods when they are asked for', async ({ page }) => {
  await page.evaluate(async () => {
    const backend = new Proxy({}, { get: (_, name) => (name === 'start' ? async () => kit.consent() : async () => undefined) });
    await kit.state(kit.put({ backend }), 'consent');
  });
});

inPage('a consent manifest and a description say what they say themselves, and nothing inherited', async ({ page }) => {
  const text = await page.evaluate(async () => {
    const inherited = { header: 'Evil header', details: ['Evil detail'], scopes: ['photos.read', 'photos.write'], items: ['Evil item'], title: 'Evil title', lines: [] };
    for (const [name, value] of Object.entries(inherited)) Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true });
    const element = kit.put({ backend: kit.scripted(kit.consent()), getConsentManifest: () => [{ text: 'Print your photos' }] });
    await kit.state(element, 'consent');
    return kit.widget(element).textContent;
  });
  assert.match(text, /Print your photos/);
  assert.match(text, /photos\.read/, 'a scope that no item covers is listed');
  assert.doesNotMatch(text, /Evil/);
});

inPage('elements named like members of the document change nothing', async ({ page }) => {
  const hidden = await page.evaluate(async () => {
    const element = document.createElement('countersign-identity-provider');
    element.backend = kit.scripted(kit.consent());
    const names = ['prerendering', 'hidden', 'visibilityState', 'createElement', 'createTextNode', 'addEventListener', 'removeEventListener', 'adoptedStyleSheets', 'cookie', 'hasFocus'];
    const pictures = names.map((name) => Object.assign(document.createElement('img'), { name }));
    document.body.append(...pictures, element);
    globalThis.element = element;
    const all = names.every((name) => document[name] instanceof HTMLImageElement);
    await kit.state(element, 'consent');
    await kit.until(() => !element.shadowRoot.querySelector('[part~=allow]').hasAttribute('aria-disabled'));
    for (const picture of pictures) picture.remove();
    return all;
  });
  assert.equal(hidden, true);
});

const WRONG = {
  'a property of the element': 'Object.defineProperty(element, "loginUrl", { get() { throw new Error("mine"); } })',
  'a text': 'element.messages = { get allow() { throw new Error("mine"); } }',
  'a token': 'element.tokens = { get "--countersign-accent"() { throw new Error("mine"); } }',
  'a member of a project': 'element.stytch = { get publicToken() { throw new Error("mine"); } }',
  'a method of a backend': 'element.backend = { start() {}, get submit() { throw new Error("mine"); } }',
  'a proxy': 'element.detailRenderers = new Proxy({}, { ownKeys() { throw new Error("mine"); } })',
  'a member of a token': 'element.trustedToken = { token: "x", get profileId() { throw new Error("mine"); } }',
};
const FIELDS = ['loginUrl', 'messages', 'tokens', 'stytch.publicToken', 'backend.submit', 'detailRenderers', 'trustedToken.profileId'];

for (const [index, [what, code]] of Object.entries(WRONG).entries()) {
  inPage(`a getter that throws is named, and the page says that it is not set up: ${what}`, async ({ page }) => {
    const told = await page.evaluate(async (source) => {
      const element = document.createElement('countersign-identity-provider');
      element.told = [];
      element.addEventListener('countersign-error', ({ detail }) => element.told.push([detail.code, detail.error, detail.cause?.message]));
      new Function('element', source)(element);
      document.body.append(element);
      await kit.state(element, 'misconfigured');
      return [element.told, kit.widget(element).textContent.includes('isn’t set up correctly')];
    }, code);
    assert.deepEqual(told, [[['setting_invalid', `${FIELDS[index]}: cannot be read`, 'mine']], true]);
  });
}

inPage('a getter on an element that is not defined yet is read when it is', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const { define, until } = await import('/kit/kit.js');
    const element = document.createElement('countersign-identity-provider');
    Object.defineProperty(element, 'loginUrl', { configurable: true, get() { throw new Error('mine'); } });
    const codes = [];
    element.addEventListener('countersign-error', ({ detail }) => codes.push(detail.error));
    document.body.append(element);
    define();
    await until(() => codes.length);
    return codes;
  });
  assert.deepEqual(told, ['loginUrl: cannot be read']);
}, { defined: false });

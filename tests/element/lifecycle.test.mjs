// What an element does as it comes, moves and goes.
import assert from 'node:assert/strict';
import { pages } from './support/bare.mjs';

const inPage = pages();

inPage('importing the package defines nothing, and defining twice is once', async ({ page }) => {
  const defined = () => page.evaluate(() => Boolean(customElements.get('countersign-identity-provider') && customElements.get('countersign-b2b-identity-provider')));
  await page.evaluate(async () => { globalThis.kit = await import('/kit/kit.js'); });
  assert.equal(await defined(), false);
  await page.evaluate(() => { kit.define(); kit.define(); });
  assert.equal(await defined(), true);
}, { defined: false });

inPage('properties set before the element is defined count', async ({ page, card }) => {
  const calls = await page.evaluate(async () => {
    const { consent, define, put, scripted } = await import('/kit/kit.js');
    const backend = scripted(consent());
    const element = put({ backend, theme: 'dark' });
    define();
    await customElements.whenDefined('countersign-identity-provider');
    globalThis.element = element;
    await (await import('/kit/kit.js')).state(element, 'consent');
    return backend.calls.map(({ method, request }) => [method, request.realm, request.query]);
  });
  assert.deepEqual(calls, [['start', 'consumer', 'client_id=printer&redirect_uri=https%3A%2F%2Fprinter.example%2Fcallback&scope=openid']]);
  await card.asks('Photo Printer');
  assert.equal(await page.evaluate(() => kit.inside(element).querySelector('.countersign').dataset.theme), 'dark');
}, { defined: false, prepare: (page) => page.addInitScript(() => { import('/kit/kit.js').then((made) => { globalThis.kit = made; }, () => {}); }) });

inPage('an element that is moved stays as it is', async ({ page }) => {
  const kept = await page.evaluate(async () => {
    const backend = kit.scripted(kit.consent());
    const element = kit.put({ backend });
    await kit.state(element, 'consent');
    const card = element.shadowRoot.querySelector('.countersign-card > *');
    const place = document.createElement('section');
    document.body.append(place);
    place.append(element);
    await Promise.resolve();
    document.body.prepend(element);
    await new Promise(requestAnimationFrame);
    return { calls: backend.calls.length, same: card === element.shadowRoot.querySelector('.countersign-card > *'), connected: card.isConnected };
  });
  assert.deepEqual(kept, { calls: 1, same: true, connected: true });
});

inPage('an element that was removed and comes back later starts anew', async ({ page }) => {
  const calls = await page.evaluate(async () => {
    const backend = kit.scripted(kit.consent(), kit.consent());
    const element = kit.put({ backend });
    await kit.state(element, 'consent');
    element.remove();
    await kit.until(() => !element.shadowRoot.querySelector('.countersign'));
    document.body.append(element);
    await kit.state(element, 'consent');
    return backend.calls.length;
  });
  assert.equal(calls, 2);
});

inPage('two elements of both kinds live on one page, each for itself', async ({ page }) => {
  const shown = await page.evaluate(async () => {
    const acme = { organization_id: 'acme', name: 'Acme', status: 'allowed' };
    const one = kit.put({ backend: kit.scripted(kit.consent()) });
    const other = kit.put({ backend: kit.scripted(kit.consent({ organization: acme, organizations: [acme] })) }, 'countersign-b2b-identity-provider');
    await Promise.all([kit.state(one, 'consent'), kit.state(other, 'consent')]);
    one.remove();
    await kit.until(() => !one.shadowRoot.querySelector('.countersign'));
    return [other.backend.calls[0].request.realm, other.shadowRoot.querySelector('h1').textContent];
  });
  assert.deepEqual(shown, ['b2b', 'Photo Printer wants access to Acme']);
});

inPage('nothing starts as long as "hold" is there', async ({ page }) => {
  const calls = await page.evaluate(async () => {
    const backend = kit.scripted(kit.consent());
    const element = kit.put({ backend }, 'countersign-identity-provider', { hold: '' });
    const free = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(free, 'consent');
    const held = backend.calls.length;
    element.removeAttribute('hold');
    await kit.state(element, 'consent');
    return [held, backend.calls.length];
  });
  assert.deepEqual(calls, [0, 1]);
});

inPage('the element writes no attribute on itself, and tells its state', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.until(() => element.matches(':state(consent)'));
    return [element.getAttributeNames(), element.told.map(({ type }) => type), element.told[0].data];
  });
  assert.deepEqual(told, [[], ['started', 'consent_shown'], { client_id: 'printer', redirect_uri: 'https://printer.example/callback', scope: 'openid' }]);
});

inPage('texts, theme and tokens change while the card is shown, and nothing is asked again', async ({ page, card }) => {
  const calls = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    element.messages = { allow: 'Erlauben', consent_heading: '{client} will herein', deny: 'kaputt {nothing}' };
    element.theme = 'dark';
    element.tokens = { '--countersign-accent': 'rgb(1, 2, 3)' };
    await kit.until(() => element.shadowRoot.querySelector('[part~=allow]').textContent === 'Erlauben');
    element.tokens = { '--countersign-border': 'red' };
    await kit.until(() => element.shadowRoot.querySelector('.countersign').style.getPropertyValue('--countersign-border') === 'red');
    globalThis.shown = element;
    return element.backend.calls.length;
  });
  assert.equal(calls, 1);
  await card.heading('Photo Printer will herein');
  assert.equal(await card.deny.count(), 1);
  const look = await page.evaluate(() => {
    const root = shown.shadowRoot.querySelector('.countersign');
    return [root.dataset.theme, root.style.getPropertyValue('--countersign-accent')];
  });
  assert.deepEqual(look, ['dark', '']);
});

inPage('tokens of the page cross the border of the shadow tree', async ({ page }) => {
  const colour = await page.evaluate(async () => {
    document.documentElement.style.setProperty('--countersign-surface', 'rgb(1, 2, 3)');
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    return getComputedStyle(element.shadowRoot.querySelector('.countersign-card')).backgroundColor;
  });
  assert.equal(colour, 'rgb(1, 2, 3)');
});

inPage('a page\'s style sheet reaches parts and states, and its tokens win over ours', async ({ page }) => {
  const looks = await page.evaluate(async () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(':root { --countersign-text: rgb(4, 5, 6) } countersign-identity-provider::part(heading) { text-align: center } countersign-identity-provider:state(consent) { outline: 3px solid rgb(7, 8, 9) }');
    document.adoptedStyleSheets.push(sheet);
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.until(() => element.matches(':state(consent)'));
    const heading = getComputedStyle(element.shadowRoot.querySelector('h1'));
    return [heading.textAlign, heading.color, getComputedStyle(element).outlineColor];
  });
  assert.deepEqual(looks, ['center', 'rgb(4, 5, 6)', 'rgb(7, 8, 9)']);
});

inPage('a browser that does not take such states shows the card all the same', async ({ page, card }) => {
  await page.evaluate(async () => {
    CustomStateSet.prototype.add = () => { throw new SyntaxError('must begin with --'); };
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
  });
  await card.asks('Photo Printer');
});

inPage('in light DOM the page\'s tree has the sheets as long as an element needs them', async ({ page }) => {
  const counts = await page.evaluate(async () => {
    const seen = [document.adoptedStyleSheets.length];
    const [one, other] = [0, 1].map(() => {
      const element = document.createElement('countersign-identity-provider');
      element.setAttribute('light-dom', '');
      element.backend = kit.scripted(kit.consent());
      document.body.append(element);
      return element;
    });
    await Promise.all([kit.state(one, 'consent'), kit.state(other, 'consent')]);
    seen.push(document.adoptedStyleSheets.length, one.shadowRoot === null);
    one.remove();
    await kit.until(() => !one.querySelector('.countersign'));
    seen.push(document.adoptedStyleSheets.length);
    other.remove();
    await kit.until(() => document.adoptedStyleSheets.length === 0);
    return seen;
  });
  assert.deepEqual(counts, [0, 2, true, 2]);
});

inPage('a setting that is wrong is named, and the page says that it is not set up', async ({ page }) => {
  const errors = await page.evaluate(async () => {
    const said = [];
    for (const wrong of [{ loginUrl: 5 }, { stytch: {} }, { backend: { start() {} } }, { apiBase: '/x', stytch: { publicToken: 'p' } }, { flow: 'sideways' }, { locale: 5 }, { layout: 'wide' }, { detailRenderers: { payment: 'text' } }]) {
      const element = kit.put(wrong);
      await kit.state(element, 'misconfigured');
      said.push(element.told.map(({ code, error }) => `${code} ${error}`).join());
      element.remove();
    }
    return said;
  });
  assert.deepEqual(errors, [
    'setting_invalid loginUrl: must be a text',
    'setting_invalid stytch.publicToken: missing',
    'setting_invalid backend.submit: missing',
    'setting_invalid apiBase, stytch: only one of these',
    'setting_invalid flow: must be auto, authorize or logout',
    'setting_invalid locale: must be a text',
    'setting_invalid layout: must be auto, regular or compact',
    'setting_invalid detailRenderers: must be an object of functions',
  ]);
});

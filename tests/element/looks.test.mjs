// How an element looks, and what stands around its card.
import assert from 'node:assert/strict';
import { pages } from './support/bare.mjs';

const inPage = pages();

inPage('the site\'s name and logo are on the card', async ({ page, card }) => {
  const logo = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { 'site-name': 'Harbor', logo: '/favicon.svg' });
    await kit.state(element, 'consent');
    const mark = kit.inside(element).querySelector('[part=host-mark]');
    await mark.decode();
    return [mark.tagName, mark.getAttribute('src'), mark.alt];
  });
  assert.deepEqual(logo, ['IMG', '/favicon.svg', '']);
  await card.heading('Photo Printer wants access to your Harbor account');
});

inPage('a card for a popup is compact, and so is its outline, unless the host says otherwise', async ({ page, open }) => {
  // Each on a page of its own: the outline stands as long as the WebAssembly is on its way.
  const layouts = (query, properties) => open(query).then(() => page.evaluate(async (set) => {
    const element = kit.put({ backend: kit.scripted(kit.consent()), ...set });
    // The outline is there when the element starts, after a frame.
    await kit.until(() => kit.widget(element));
    const outline = kit.widget(element).dataset.layout;
    await kit.state(element, 'consent');
    const calls = element.backend.calls.length;
    const card = kit.widget(element).dataset.layout;
    return [outline, card, calls];
  }, properties));
  assert.deepEqual(await layouts('', {}), [undefined, undefined, 1]);
  assert.deepEqual(await layouts('', { layout: 'compact' }), ['compact', 'compact', 1]);
  assert.deepEqual(await layouts('&display=popup', {}), ['compact', 'compact', 1]);
  assert.deepEqual(await layouts('&display=popup', { layout: 'regular' }), [undefined, undefined, 1]);
});

inPage('another layout starts nothing anew, and a popup\'s stays once the address is another one', async ({ page, open }) => {
  await open('&display=popup');
  const seen = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) });
    await kit.state(element, 'consent');
    const layouts = [location.search.includes('transaction')];
    for (const layout of ['regular', undefined, 'compact']) {
      element.layout = layout;
      await Promise.resolve();
      layouts.push(kit.widget(element).dataset.layout ?? 'regular');
    }
    return [...layouts, element.backend.calls.length];
  });
  assert.deepEqual(seen, [true, 'regular', 'compact', 'compact', 1]);
});

inPage('a name or a description with a character that is longer than a line ends with the line, in both directions', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  // Each is one grapheme, which no line breaks: conjoining letters, voiced marks, conjuncts, skin tones.
  const names = ['\u1100'.repeat(75), `\uff76${'\uff9e'.repeat(70)}`, `\u0e01${'\u0e33'.repeat(70)}`, `\u0915${'\u094d\u0915'.repeat(39)}`, `\u{1f469}${'\u{1f3fd}'.repeat(70)}`];
  const wide = await page.evaluate(async (all) => {
    const found = [];
    for (const dir of ['ltr', 'rtl']) {
      document.documentElement.dir = dir;
      for (const name of all) {
        const client = { client_id: 'x', name, description: name, party: 'third', registration: 'dynamic', verified: false, native: false };
        const element = kit.put({ backend: kit.scripted(kit.consent({ client, account: { sub: 'ada', name }, authorization_details: [{ type: name, [name]: name }] })) });
        await kit.state(element, 'consent');
        const { scrollWidth } = document.documentElement;
        const places = [...kit.widget(element).querySelectorAll('h1, p, button')].map((it) => it.getBoundingClientRect());
        if (scrollWidth > 390 || places.some(({ left, right }) => left < 0 || right > 390)) found.push([dir, name.length, scrollWidth]);
        element.remove();
      }
    }
    return found;
  }, names);
  assert.deepEqual(wide, []);
});

/** An element with something in both slots; answers the boxes of all three, and whether they come in their order. */
const framed = (page, state, properties, attributes = {}) => page.evaluate(async ([word, set, named]) => {
  const element = kit.put(set.flow ? set : { backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', named);
  globalThis.element = element;
  for (const slot of ['footer', 'header']) element.append(Object.assign(document.createElement('p'), { slot, textContent: slot }));
  await kit.state(element, word);
  const place = (it) => { const { x, width, y } = it.getBoundingClientRect(); return { x, width, y }; };
  const [above, card, below] = [element.querySelector('[slot=header]'), kit.inside(element).querySelector('.countersign-card'), element.querySelector('[slot=footer]')].map(place);
  const alike = [above, below].every(({ x, width }) => x === card.x && width === card.width);
  return { alike, ordered: above.y < card.y && card.y < below.y, centred: Math.abs(card.x * 2 + card.width - document.documentElement.clientWidth) < 2, narrow: card.width < 500 };
}, [state, properties, attributes]);

inPage('header and footer stand above and below the card, as wide as it, whatever screen it is', async ({ page }) => {
  const good = { alike: true, ordered: true, centred: true, narrow: true };
  assert.deepEqual(await framed(page, 'consent', {}), { ...good, narrow: false }, 'two columns');
  await page.evaluate(() => element.remove());
  assert.deepEqual(await framed(page, 'misconfigured', { flow: 'sideways' }), good);
});

inPage('header and footer are there while the WebAssembly is on its way', async ({ page }) => {
  await page.route('**/npm/widget.wasm', () => {});
  assert.deepEqual(await framed(page, 'loading', {}), { alike: true, ordered: true, centred: true, narrow: false });
});

inPage('in light DOM there are no slots', async ({ page }) => {
  const slots = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { 'light-dom': '' });
    await kit.state(element, 'consent');
    return element.querySelectorAll('slot').length;
  });
  assert.equal(slots, 0);
});

inPage('a theme is one link on the page, and of several the page names the one in use', async ({ page }) => {
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()), theme: 'light' });
    await kit.state(element, 'consent');
    globalThis.look = () => {
      const card = getComputedStyle(kit.inside(element).querySelector('.countersign-card'));
      return [card.backgroundColor, card.borderRadius];
    };
    globalThis.link = (name) => new Promise((resolve) => {
      document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `/npm/styles/themes/${name}.css`, onload: resolve }));
    });
  });
  const look = () => page.evaluate(() => globalThis.look());
  const [standard, paper, harbor] = [['rgb(255, 255, 255)', '16px'], ['rgb(255, 253, 248)', '2px'], ['rgb(255, 255, 255)', '28px']];
  assert.deepEqual(await look(), standard);
  await page.evaluate(() => link('paper'));
  assert.deepEqual(await look(), paper);
  await page.evaluate(() => link('harbor'));
  for (const [name, expected] of [['paper', paper], ['harbor', harbor], ['none', standard]]) {
    await page.evaluate((chosen) => { document.documentElement.dataset.countersignTheme = chosen; }, name);
    assert.deepEqual(await look(), expected, name);
  }
  await page.evaluate(() => { element.theme = 'dark'; document.documentElement.dataset.countersignTheme = 'paper'; });
  await page.waitForFunction(() => look()[0] === 'rgb(29, 26, 21)');
});

// Every screen of the gallery, by what can be measured in any browser.
import assert from 'node:assert/strict';
import { clients, none, scenes } from '../../gallery/support/gallery.mjs';
import { brokenHosts } from '../../gallery/support/measure.mjs';

const WITHOUT_HEADING = ['starting', 'attesting'];
/** As narrow as each browser's window gets. */
const NARROW = [390, 844];
const WIDE = [1200, 900];

/** What is wrong with the screen that is shown. Runs in the page. */
function faults(hasHeading) {
  const found = [];
  const { documentElement: root } = document;
  if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} wide in a window of ${root.clientWidth}`);
  const headings = [...document.querySelectorAll('.countersign h1')].map((it) => it.innerText.trim());
  if (headings.filter(Boolean).length !== (hasHeading ? 1 : 0)) found.push(`headings ${JSON.stringify(headings)}`);
  const sees = (color) => !/^(transparent|rgba\(.*, 0\))$|\/ 0\)$/.test(color);
  for (const node of document.querySelectorAll('.countersign .countersign-link')) {
    if (!node.checkVisibility()) continue;
    // What folds has a mark before it instead.
    const mark = getComputedStyle(node, '::before');
    const isMarked = node.matches('.countersign-fold > summary') && mark.display === 'inline-block' && parseFloat(mark.borderBottomWidth) >= 1 && mark.rotate !== 'none';
    if (!isMarked && getComputedStyle(node).textDecorationLine !== 'underline') found.push(`neither line nor mark at “${node.textContent}”`);
  }
  for (const node of document.querySelectorAll('.countersign :is(button.countersign-button, a.countersign-button)')) {
    if (!sees(getComputedStyle(node).backgroundColor)) found.push(`no ground under “${node.textContent}”`);
  }
  for (const node of document.querySelectorAll('.countersign input.countersign-box')) {
    const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(node);
    if (borderTopStyle === 'none' || parseFloat(borderTopWidth) === 0 || !sees(borderTopColor)) found.push('a box without an edge');
  }
  return found;
}

const stateOf = () => document.querySelector('.countersign[data-state]')?.dataset.state;

/** Opens a screen of the gallery in a language. */
export async function show(visitor, { name, state }, lang) {
  await visitor.tab.open(`${visitor.site.issuer}/gallery?bare=1&scene=${name}&lang=${lang}`);
  await visitor.until(`${name} in ${lang}`, async () => await visitor.tab.run(stateOf) === state);
}

/** The tests of the gallery. */
export function pictures(journey) {
  for (const [size, lang] of [[WIDE, 'en'], [NARROW, 'de'], [NARROW, 'ar']]) {
    journey(`every screen stands in a window ${size[0]} wide or as narrow as it gets, in ${lang}`, async (visitor) => {
      await visitor.tab.resize(...size);
      const found = [];
      for (const scene of scenes) {
        await show(visitor, scene, lang);
        const lines = await visitor.tab.run(faults, !WITHOUT_HEADING.includes(scene.state));
        found.push(...lines.map((line) => `${scene.name}: ${line}`));
      }
      none(found);
    });
  }

  journey('a host name breaks after dots only', async (visitor) => {
    await visitor.tab.resize(...NARROW);
    const found = [];
    for (const { name: client } of clients) {
      await visitor.tab.open(`${visitor.site.issuer}/gallery?bare=1&client=${client}`);
      await visitor.until(client, async () => await visitor.tab.run(stateOf) === 'consent');
      found.push(...(await visitor.tab.run(brokenHosts)).map((line) => `${client}: ${line}`));
    }
    none(found);
  });

  journey('the arrow to where the user goes next points the way that the language runs', async (visitor) => {
    const turned = [];
    for (const lang of ['en', 'ar']) {
      await show(visitor, scenes.find(({ name }) => name === 'consent'), lang);
      turned.push(await visitor.tab.run(() => getComputedStyle(document.querySelector('.countersign-destination'), '::before').rotate));
    }
    assert.deepEqual(turned, ['45deg', '-135deg']);
  });
}

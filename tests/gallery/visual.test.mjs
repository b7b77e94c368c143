// Every screen looks as it did. The pictures are of Chromium on Debian with the fonts of scripts/bootstrap/browser.mjs; elsewhere,
// letters are others. After a change that is meant, `UPDATE_SCREENSHOTS=1 node --test tests/gallery/visual.test.mjs` takes those
// pictures anew that differ: look at each before it is committed. Where a test fails, what was seen is in test-results/gallery/.
import assert from 'node:assert/strict';
import { clients, DESKTOP, gallery, none, PHONE, scenes } from './support/gallery.mjs';
import { compare, look, orphans, take, weight } from './support/pictures.mjs';
import { decode, small } from './support/png.mjs';

const { visit } = gallery({ whole: true });
const MAIN = ['permissions', 'organization-choice', 'failed'];
const LIGHT = { viewport: PHONE, colorScheme: 'light', deviceScaleFactor: 1 };

/** All series: what the browser is like, and the address of each picture. */
const SERIES = [
  { words: 'every screen on a phone, light', options: LIGHT, pictures: scenes.map(({ name: scene }) => [`phone-${scene}`, { scene }]) },
  {
    words: 'every screen on a desktop, dark, in Arabic',
    options: { viewport: DESKTOP, colorScheme: 'dark', deviceScaleFactor: 1 },
    pictures: scenes.map(({ name: scene }) => [`desktop-${scene}`, { scene, lang: 'ar' }]),
  },
  { words: 'every client', options: LIGHT, pictures: clients.map(({ name: client }) => [`client-${client}`, { client }]) },
  ...['', 'paper', 'harbor'].flatMap((palette) => ['light', 'dark'].map((theme) => ({
    words: `the theme ${palette || 'standard'}, ${theme}`,
    options: { viewport: DESKTOP, colorScheme: theme === 'light' ? 'dark' : 'light', deviceScaleFactor: 1 },
    pictures: MAIN.map((scene) => [`${palette || 'standard'}-${theme}-${scene}`, { scene, palette, theme }]),
  }))),
  { words: 'the small card', options: LIGHT, pictures: MAIN.map((scene) => [`compact-${scene}`, { scene, layout: 'compact' }]) },
  ...['de', 'ja'].map((lang) => ({ words: `the language ${lang}`, options: LIGHT, pictures: MAIN.map((scene) => [`${lang}-${scene}`, { scene, lang }]) })),
  { words: 'a host’s own logo', options: LIGHT, pictures: [['logo-consent', { scene: 'consent', logo: '/favicon.svg' }]] },
  { words: 'the system’s own colours', options: { ...LIGHT, forcedColors: 'active' }, pictures: MAIN.map((scene) => [`forced-${scene}`, { scene }]) },
];

for (const { words, options, pictures } of SERIES) {
  visit(`${words}: looks as in its picture`, options, async (visitor) => {
    const found = [];
    for (const [name, wishes] of pictures) {
      await visitor.open(wishes);
      found.push(await look(visitor.page, name));
    }
    none(found.filter(Boolean));
  });
}

visit('what is opened looks as in its picture', LIGHT, async (visitor) => {
  const { page } = visitor;
  const found = [];
  await visitor.open({ scene: 'permissions' });
  for (const fold of await page.locator('summary').all()) await fold.press('Enter');
  found.push(await look(page, 'open-permissions'));
  await visitor.open({ scene: 'organization-many' });
  await page.locator('[aria-expanded=false]').press('Enter');
  found.push(await look(page, 'open-organization-many'));
  await page.getByRole('searchbox').fill('angstrom');
  found.push(await look(page, 'open-organization-search'));
  await visitor.open({ scene: 'words' });
  await page.locator('summary').press('Enter');
  found.push(await look(page, 'open-words'));
  none(found.filter(Boolean));
});

visit('there is no picture without a screen, and all of them together are small', {}, async () => {
  const opened = ['open-permissions', 'open-organization-many', 'open-organization-search', 'open-words'];
  none(orphans([...SERIES.flatMap(({ pictures }) => pictures.map(([name]) => name)), ...opened]));
  assert.ok(weight() < 3_000_000, `${weight()} bytes`);
});

visit('a moved line, a missing mark and another colour are seen; a picture of few bytes is the same picture', LIGHT, async (visitor) => {
  const { page } = visitor;
  await visitor.open({ scene: 'permissions' });
  const before = await take(page);
  assert.equal(compare(decode(small(before)), before), null);
  const differs = async (selector, property, value) => {
    const place = page.locator(selector).first();
    const old = await place.evaluate((element, [name, now]) => {
      const was = element.style.getPropertyValue(name);
      element.style.setProperty(name, now);
      return was;
    }, [property, value]);
    const found = compare(await take(page), before);
    await place.evaluate((element, [name, was]) => element.style.setProperty(name, was), [property, old]);
    return found?.words;
  };
  assert.ok(await differs('.countersign-destination', 'translate', '0 2px'), 'a line moved by two pixels');
  assert.ok(await differs('.countersign-host', 'visibility', 'hidden'), 'a mark gone');
  assert.ok(await differs('.countersign-tag', 'visibility', 'hidden'), 'a word gone');
  assert.ok(await differs('.countersign-panel', 'background', 'none'), 'a panel without its ground');
  assert.ok(await differs('.countersign-button', 'margin-block-end', '4px'), 'a card of another height');
  assert.equal(await differs('.countersign-destination', 'translate', '0'), undefined, 'nothing');
});

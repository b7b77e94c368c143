// Whatever window, text and colours a reader has: nothing is cut off, nothing scrolls sideways, nothing is invisible.
import assert from 'node:assert/strict';
import { stops, unseen } from './support/focus.mjs';
import { clients, gallery, none, scenes } from './support/gallery.mjs';
import { brokenHosts, edgeless, misfits, spaceOut } from './support/measure.mjs';
import { decode, differing, ink } from './support/png.mjs';

const { visit } = gallery({ whole: true });
// WCAG 2.2, 1.4.10: a window of 1280 x 1024 at 400 % is one of 320 x 256 CSS pixels.
const ZOOMED = { width: 320, height: 256 };

/** Opens all folds and the list of organizations. */
async function unfold({ page }) {
  for (const fold of await page.locator('summary').all()) await fold.press('Enter');
  const closed = page.locator('[aria-expanded=false]');
  if (await closed.count()) await closed.press('Enter');
}

for (const lang of ['en', 'de', 'ar']) {
  visit(`every screen fits a window at 400 %, unfolded too, in ${lang}`, { viewport: ZOOMED }, async (visitor) => {
    const found = [];
    for (const { name: scene } of scenes) {
      await visitor.open({ scene, lang });
      await unfold(visitor);
      found.push(...(await visitor.page.evaluate(misfits)).map((line) => `${scene}: ${line}`));
    }
    none(found);
  });
}

visit('every client fits a window at 400 %, in every theme and layout', { viewport: ZOOMED }, async (visitor) => {
  const found = [];
  for (const { name: client } of clients) {
    for (const look of [{}, { palette: 'paper' }, { palette: 'harbor' }, { layout: 'compact' }]) {
      await visitor.open({ client, ...look });
      found.push(...(await visitor.page.evaluate(misfits)).map((line) => `${client}: ${line}`));
    }
  }
  none(found);
});

for (const width of [320, 390, 1280]) {
  visit(`a host name breaks after dots only, ${width} pixels wide`, { viewport: { width, height: 800 } }, async (visitor) => {
    const found = [];
    for (const { name: client } of clients) {
      await visitor.open({ client });
      found.push(...(await visitor.page.evaluate(brokenHosts)).map((line) => `${client}: ${line}`));
    }
    none(found);
  });
}

for (const [width, height] of [[320, 256], [390, 844]]) {
  visit(`text may be spaced out as a reader needs it, ${width} pixels wide`, { viewport: { width, height } }, async (visitor) => {
    const found = [];
    for (const { name: scene } of scenes) {
      await visitor.open({ scene, lang: 'de' });
      await visitor.page.evaluate(spaceOut);
      await unfold(visitor);
      found.push(...(await visitor.page.evaluate(misfits)).map((line) => `${scene}: ${line}`));
    }
    none(found);
  });
}

visit('every screen fits with text of twice its size', { viewport: { width: 640, height: 512 } }, async (visitor) => {
  const found = [];
  for (const { name: scene } of scenes) {
    await visitor.open({ scene, client: 'long' });
    await visitor.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    found.push(...(await visitor.page.evaluate(misfits)).map((line) => `${scene}: ${line}`));
  }
  none(found);
});

visit('where motion is to be reduced, nothing moves', {}, async (visitor) => {
  const moving = () => visitor.page.evaluate(() => document.getAnimations().length);
  for (const { name: scene } of scenes) {
    await visitor.open({ scene });
    assert.equal(await moving(), 0, scene);
  }
  await visitor.open();
  await visitor.button('Deny').hover();
  assert.equal(await moving(), 0, 'under the mouse');
});

visit('where it is not, what is loading or on its way moves', { reducedMotion: 'no-preference' }, async (visitor) => {
  for (const scene of ['starting', 'submitting', 'redirecting', 'login-required']) {
    await visitor.open({ scene });
    assert.ok(await visitor.page.evaluate(() => document.getAnimations().length) > 0, scene);
  }
  const fades = () => visitor.page.evaluate(() => (
    [...document.querySelector('[part=card]').children].map((part) => getComputedStyle(part).animationName === 'countersign-fade')
  ));
  await visitor.open({ scene: 'permissions' });
  assert.deepEqual([...new Set(await fades())], [true], 'the card fades in');
  await visitor.open({ scene: 'starting' });
  assert.deepEqual([...new Set(await fades())], [false], 'its outline is there at once');
});

for (const colorScheme of ['light', 'dark']) {
  const forced = { forcedColors: 'active', colorScheme };

  visit(`with the system's own colours, ${colorScheme}, everything to press has an edge`, forced, async (visitor) => {
    const found = [];
    for (const { name: scene } of scenes) {
      await visitor.open({ scene });
      await unfold(visitor);
      found.push(...(await visitor.page.evaluate(edgeless)).map((line) => `${scene}: ${line}`));
    }
    none(found);
  });

  visit(`with the system's own colours, ${colorScheme}, the focus is seen`, forced, async (visitor) => {
    for (const scene of ['permissions', 'organization-many', 'words']) {
      await visitor.open({ scene });
      await unfold(visitor);
      await visitor.page.getByRole('heading', { level: 1 }).focus();
      const all = await stops(visitor.page);
      assert.ok(all.length > 5, `${scene}: ${all.length} stops`);
      none(unseen(all).map((line) => `${scene}: ${line}`));
    }
  });

  visit(`with the system's own colours, ${colorScheme}, what is chosen looks chosen`, forced, async (visitor) => {
    const { page } = visitor;
    const picture = async (locator) => decode(await locator.screenshot({ animations: 'disabled' }));
    await visitor.open({ scene: 'consent' });
    const box = page.getByRole('checkbox').first();
    const ticked = await picture(box);
    await box.press('Space');
    await page.getByRole('heading', { level: 1 }).focus();
    assert.ok(differing(ticked, await picture(box)) > 10, 'a box');
    await visitor.open({ scene: 'organizations' });
    await unfold(visitor);
    const edge = (name) => page.getByRole('radio', { name }).evaluate((radio) => getComputedStyle(radio, '::before').borderTopWidth);
    assert.notEqual(await edge('Acme Corporation'), await edge('Globex'), 'an organization');
  });
}

for (const colorScheme of ['light', 'dark']) {
  visit(`every sign is drawn with the system's own colours, too, ${colorScheme}`, { colorScheme }, async (visitor) => {
    const { page } = visitor;
    const drawn = async () => ink(decode(await page.locator('.countersign-sign').screenshot({ animations: 'disabled' })));
    let signs = 0;
    for (const { name: scene } of scenes) {
      await page.emulateMedia({ forcedColors: 'none' });
      await visitor.open({ scene });
      if (await page.locator('.countersign-sign').count() === 0) continue;
      signs += 1;
      const plain = await drawn();
      await page.emulateMedia({ forcedColors: 'active' });
      const forced = await drawn();
      const left = plain.filter((place) => forced.includes(place)).length;
      assert.ok(plain.length > 10 && left > plain.length * 0.9, `${scene}: ${left} of ${plain.length} pixels of its sign are left`);
    }
    assert.ok(signs > 10, `${signs} signs`);
  });
}

visit('what does not fit is found', { viewport: ZOOMED }, async (visitor) => {
  await visitor.open();
  await visitor.page.evaluate(() => {
    document.querySelector('.countersign-title').textContent = 'wide'.repeat(30);
    document.querySelector('.countersign-title').style.overflowWrap = 'normal';
    document.querySelector('.countersign-button').style.blockSize = '10px';
    document.querySelector('.countersign-button').style.minBlockSize = '0';
  });
  const found = await visitor.page.evaluate(misfits);
  assert.match(found.join('\n'), /the page is \d+ wide/);
  assert.match(found.join('\n'), /“widewide.* out of <div class="countersign-card">/);
  assert.match(found.join('\n'), /“Deny” is \d+\.\d px above or below <button/);
});

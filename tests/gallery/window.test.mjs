// What a window shows of the card, and what the answers say about the rest.
import assert from 'node:assert/strict';
import { gallery, languages, none, scenes } from './support/gallery.mjs';
import { aside } from './support/measure.mjs';

const { visit } = gallery({ whole: true });
const LAPTOP = { viewport: { width: 1280, height: 720 } };
const SMALL = { viewport: { width: 360, height: 640 } };

/** The button that leads to what is below the window. */
const more = ({ page }) => page.getByRole('button', { name: /^More below: \d+/ });
const isOver = ({ page }) => page.locator('.countersign-decision').evaluate((bar) => bar.hasAttribute('data-over'));
const place = (locator) => locator.evaluate((element) => element.getBoundingClientRect().toJSON());

visit('eight permissions fit the window of a laptop whole, in every language', LAPTOP, async (visitor) => {
  const found = [];
  for (const lang of languages) {
    await visitor.open({ scene: 'scopes-eight', lang });
    const height = await visitor.page.evaluate(() => document.documentElement.scrollHeight);
    if (height > 720) found.push(`${lang}: ${height} pixels`);
  }
  none(found);
});

for (const lang of ['en', 'ar']) {
  visit(`screens that only tell are centred, in every window, in ${lang}`, {}, async (visitor) => {
    const found = [];
    let told = 0;
    for (const { name: scene } of scenes) {
      await visitor.open({ scene, lang });
      if (await visitor.page.locator('.countersign-sign').count() === 0) continue;
      told += 1;
      for (const { viewport } of [LAPTOP, SMALL]) {
        await visitor.page.setViewportSize(viewport);
        found.push(...(await visitor.page.evaluate(aside)).map((line) => `${scene}, ${viewport.width} wide: ${line}`));
      }
    }
    assert.ok(told > 10, `${told} screens`);
    none(found);
  });
}

visit('a payment is the first of what is asked, above the answers of a small window', SMALL, async (visitor) => {
  await visitor.open({ scene: 'payment' });
  const { page } = visitor;
  const detail = await place(page.locator('[part=details] li'));
  assert.ok(detail.bottom < (await place(page.locator('.countersign-decision'))).top);
  assert.ok(detail.bottom < (await place(page.locator('[part=scopes]'))).top);
  const weights = await page.locator('.countersign-sum bdi').evaluateAll((all) => all.map((it) => getComputedStyle(it).fontWeight));
  assert.deepEqual(weights, ['600', '600'], 'the amount and the payee');
  assert.equal(await page.locator('.countersign-sum').evaluate((it) => getComputedStyle(it).fontWeight), '400');
});

visit('permissions come above the answers of a small window', SMALL, async (visitor) => {
  await visitor.open({ scene: 'scopes-eight' });
  const edge = (await place(visitor.page.locator('.countersign-decision'))).top;
  const rows = await visitor.page.locator('li').evaluateAll((all, top) => all.filter((it) => it.getBoundingClientRect().bottom <= top).length, edge);
  assert.ok(rows >= 3, `${rows}`);
});

for (const viewport of [{ width: 390, height: 844 }, LAPTOP.viewport]) {
  visit(`a long name leaves room for what is asked: ${viewport.width} x ${viewport.height}`, { viewport }, async (visitor) => {
    for (const wishes of [{ client: 'long' }, { scene: 'long-names' }, { scene: 'long-names', lang: 'ar' }, { client: 'long', lang: 'ja' }]) {
      await visitor.open(wishes);
      const bar = await place(visitor.page.locator('.countersign-decision'));
      const row = await place(visitor.page.locator('[part=scopes] li').first());
      const edge = row.left < bar.right && row.right > bar.left ? bar.top : viewport.height;
      assert.ok(row.bottom <= edge, `${JSON.stringify(wishes)}: ${row.bottom} of ${edge}`);
    }
  });
}

visit('a long name is whole in the heading, and one line of it is in a label', { viewport: { width: 390, height: 844 } }, async (visitor) => {
  for (const lang of ['en', 'ar']) {
    await visitor.open({ scene: 'long-names', lang });
    const { page } = visitor;
    assert.deepEqual(await page.locator('h1 bdi').evaluateAll((all) => all.map((it) => it.scrollWidth <= it.clientWidth)), [true, true], 'nothing is cut');
    const [label, name] = [await place(page.locator('[part=scopes] h2')), await place(page.locator('[part=scopes] h2 bdi'))];
    assert.ok(name.height < 30 && label.height < 30, `${lang}: ${name.height}, ${label.height}`);
    const side = (box) => Math.round(lang === 'ar' ? box.right : box.left);
    const lines = await page.locator('h1 bdi').first().evaluate((it) => {
      const range = document.createRange();
      range.selectNodeContents(it);
      return [...range.getClientRects()].map((box) => box.toJSON());
    });
    assert.ok(lines.length > 1 && lines.every((line) => Math.abs(side(line) - side(lines[0])) <= 1), `${lang}: each line begins where the text does`);
  }
});

visit('a long description is one line until its fold is open', { viewport: { width: 390, height: 844 } }, async (visitor) => {
  await visitor.open({ client: 'long' });
  const words = visitor.page.locator('[part=description] summary');
  assert.ok((await place(words)).height < 30);
  await words.click();
  assert.ok((await place(words)).height > 50);
  assert.ok(await words.evaluate((it) => it.scrollWidth <= it.clientWidth), 'all of it is there');
});

for (const viewport of [{ width: 390, height: 844 }, SMALL.viewport, LAPTOP.viewport]) {
  visit(`access that lasts is in the window beside the answers: ${viewport.width} x ${viewport.height}`, { viewport }, async (visitor) => {
    for (const scene of ['permissions', 'scopes-eight', 'scopes-thirty', 'new']) {
      await visitor.open({ scene });
      const box = await place(visitor.page.locator('[part=offline-access] input'));
      assert.ok(box.bottom < (await place(visitor.page.locator('[part=actions]'))).top, scene);
      assert.ok(box.top >= 0 && box.bottom <= viewport.height, `${scene}: ${box.top}`);
    }
  });
}

for (const [scene, width, height] of [['organization-choice', 390, 700], ['long-names', 1280, 560], ['payments', 360, 640]]) {
  visit(`the answers say that something is behind them or below: ${scene}`, { viewport: { width, height } }, async (visitor) => {
    await visitor.open({ scene });
    await visitor.page.locator('[data-over]').waitFor();
    await visitor.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await visitor.page.locator('.countersign-decision:not([data-over])').waitFor();
  });
}

visit('the answers say what a fold that was opened has moved behind them', { viewport: { width: 390, height: 844 } }, async (visitor) => {
  await visitor.open({ scene: 'words' });
  assert.equal(await more(visitor).count(), 0);
  await visitor.page.locator('[part=details] summary').click();
  await more(visitor).first().waitFor();
});

visit('where all of it is in the window, nothing is said to be below', LAPTOP, async (visitor) => {
  await visitor.open({ scene: 'consent' });
  assert.equal(await isOver(visitor), false);
  assert.equal(await more(visitor).count(), 0);
});

for (const [what, options] of [['above the answers', SMALL], ['at the end of the list, beside the answers', LAPTOP]]) {
  visit(`a press leads to the next row that is below, ${what}`, options, async (visitor) => {
    await visitor.open({ scene: 'scopes-thirty' });
    const { page } = visitor;
    const button = more(visitor);
    const [list, words] = [await place(page.locator('[part=scopes]')), await place(button)];
    assert.ok(words.left >= list.left - 1 && words.right <= list.right + 1, 'it is where the list is');
    const next = await page.locator('[data-below]').first().innerText();
    const before = Number((await button.innerText()).match(/\d+/)[0]);
    await button.press('Enter');
    await page.waitForFunction((text) => document.activeElement.innerText === text, next);
    await page.waitForFunction((count) => Number(document.querySelector('.countersign-below bdi').innerText) < count, before);
    const row = await place(page.locator(':focus'));
    assert.ok(row.top >= -1 && row.bottom <= options.viewport.height, JSON.stringify(row));
  });
}

visit('what the answers say depends on the window alone, not on the one before it', { viewport: { width: 390, height: 600 } }, async (visitor) => {
  await visitor.open({ scene: 'words' });
  const { page } = visitor;
  const sayAt = async (height) => {
    await page.setViewportSize({ width: 390, height });
    await page.evaluate(() => { scrollTo(0, 0); dispatchEvent(new Event('scroll')); });
    return page.locator('.countersign-decision').evaluate((bar) => `${bar.querySelector('.countersign-below bdi').textContent} ${bar.hasAttribute('data-over')}`);
  };
  const heights = Array.from({ length: 50 }, (_, step) => 500 + step * 8);
  const [growing, shrinking] = [{}, {}];
  for (const height of heights) growing[height] = await sayAt(height);
  for (const height of heights.toReversed()) shrinking[height] = await sayAt(height);
  assert.deepEqual(growing, shrinking);
  assert.ok(new Set(Object.values(growing)).size > 1, 'some windows are too low, and others are not');
});

/** Rows that are said to be in view, and lie behind the answers all the same; and whether their number is right. Runs in the page. */
function miscounted() {
  const edge = document.querySelector('.countersign-decision').getBoundingClientRect().top;
  const rows = [...document.querySelectorAll('.countersign-permissions .countersign-scope')].map((row) => [row, row.getBoundingClientRect()]).filter(([, { height }]) => height > 0);
  const below = rows.filter(([, { top, height }]) => top + height * 0.9 > edge);
  const told = Number(document.querySelector('.countersign-decision .countersign-below bdi').innerText);
  const wrong = rows.filter(([row]) => row.hasAttribute('data-below') !== below.some(([other]) => other === row));
  return [...wrong.map(([row]) => row.innerText), ...(told === below.length ? [] : [`${told}, not ${below.length}`])];
}

visit('a row of which the answers cover more than its end is said to be below them', { viewport: { width: 390, height: 600 } }, async (visitor) => {
  const found = [];
  for (let height = 560; height < 960; height += 16) {
    await visitor.page.setViewportSize({ width: 390, height });
    await visitor.open({ scene: 'permissions' });
    found.push(...(await visitor.page.evaluate(miscounted)).map((it) => `${height}: ${it}`));
  }
  none(found);
});

visit('how many of the rows below are sensitive is said', { viewport: { width: 390, height: 600 } }, async (visitor) => {
  await visitor.open({ scene: 'scopes-thirty' });
  const [told] = (await more(visitor).innerText()).match(/(?<=, )\d+(?= of them sensitive)/);
  assert.equal(Number(told), await visitor.page.locator('[data-below] .countersign-tag').count());
});

visit('a sensitive row of which the mark is in view is not counted among those below', { viewport: { width: 390, height: 600 } }, async (visitor) => {
  const [found, parted] = [[], []];
  for (let height = 560; height < 960; height += 16) {
    await visitor.page.setViewportSize({ width: 390, height });
    await visitor.open({ scene: 'permissions' });
    const [told, hidden, rows] = await visitor.page.evaluate(() => {
      const edge = document.querySelector('.countersign-decision').getBoundingClientRect().top;
      const marks = [...document.querySelectorAll('[data-below] .countersign-tag')].map((it) => it.getBoundingClientRect());
      return [Number(document.querySelector('.countersign-sensitive bdi').textContent), marks.filter((it) => it.top + it.height * 0.9 > edge).length, marks.length];
    });
    if (told !== hidden) found.push(`${height}: ${told}, not ${hidden}`);
    if (rows > hidden) parted.push(height);
  }
  none(found);
  assert.ok(parted.length > 0, 'in some windows a row is in part in view');
});

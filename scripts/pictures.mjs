// Takes the pictures of docs/screens.md, every screen in each theme, and writes that page. Takes those of README.md, too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { build, siteSteps } from './build.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { note, plan, step, ticking } from './lib/say.mjs';
import { sheets, shots, written } from './pictures/page.mjs';

const WINDOW = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 720 };
/** For what fits it, such as most messages. */
const LOW = { width: 390, height: 480 };
const QUALITY = 55;
/** On a sheet, in pixels. A wide picture takes three columns. */
const [COLUMNS, COLUMN, GAP] = [12, 160, 12];
const across = (columns) => columns * (COLUMN + GAP) - GAP;

/** Changes the theme of an open screen. Runs in the page. */
function wear({ palette, theme }) {
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.countersignTheme = palette;
  document.querySelector('.countersign').dataset.theme = theme;
}

/** Takes every screen in every theme: one list of pictures for each sheet. */
async function takeAll(page, origin) {
  const taken = sheets.map(() => []);
  for (const { scene, isWide } of shots) {
    await page.setViewportSize(isWide ? WIDE : WINDOW);
    await page.goto(`${origin}/gallery?bare=1&scene=${scene}`);
    const widget = page.locator('.countersign[data-state]');
    await widget.waitFor();
    if (!isWide && (await widget.boundingBox()).height < LOW.height) await page.setViewportSize(LOW);
    for (const [index, sheet] of sheets.entries()) {
      await page.evaluate(wear, sheet);
      taken[index].push(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
    }
  }
  return taken;
}

/** Lays pictures out on one page, each with its number. Runs in an empty page. Answers the page's height. */
async function layOut({ pictures, gap, isDark }) {
  const style = document.createElement('style');
  style.textContent = `
    body { display: flex; flex-wrap: wrap; align-items: start; gap: ${gap}px; margin: 0; padding: ${gap}px; font: 12px sans-serif; }
    body { color-scheme: ${isDark ? 'dark' : 'light'}; background: ${isDark ? '#333' : '#ccc'}; color: CanvasText; }
    figure { margin: 0; }
    img { display: block; margin-block-end: 3px; }`;
  document.body.append(style);
  for (const { number, url, width } of pictures) {
    const [figure, image] = ['figure', 'img'].map((name) => document.createElement(name));
    Object.assign(image, { src: url, width });
    figure.append(image, String(number));
    document.body.append(figure);
    await image.decode();
  }
  return Math.ceil(document.body.getBoundingClientRect().height);
}

/** One sheet as a WebP. */
async function sheetOf(page, pictures, { theme }) {
  const all = pictures.map((picture, place) => ({
    number: shots[place].number, url: `data:image/png;base64,${picture.toString('base64')}`, width: across(shots[place].isWide ? 3 : 1),
  }));
  const width = across(COLUMNS) + 2 * GAP;
  await page.goto('about:blank');
  await page.setViewportSize({ width, height: 800 });
  const height = await page.evaluate(layOut, { pictures: all, gap: GAP, isDark: theme === 'dark' });
  await page.setViewportSize({ width, height });
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  return Buffer.from(data, 'base64');
}

/** Takes the card of README.md, in light and in dark. */
async function takeCard(browser, origin, closeContext) {
  for (const [colorScheme, file] of [['light', 'consent.png'], ['dark', 'consent-dark.png']]) {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce', viewport: { width: 960, height: 580 }, deviceScaleFactor: 2 });
    const page = await context.newPage();
    await page.goto(`${origin}/gallery?bare=1&scene=permissions`);
    await page.locator('.countersign[data-state]').waitFor();
    await page.screenshot({ path: inRoot('docs', file), animations: 'disabled', caret: 'hide' });
    await closeContext(context);
  }
}

async function takePictures() {
  const { closeContext, launchChromium } = await import('../tests/e2e/support/chromium.mjs');
  const { startSite } = await import('../tests/e2e/support/site.mjs');
  const [browser, site] = await Promise.all([launchChromium([], { whole: true }), startSite()]);
  try {
    const context = await browser.newContext({ colorScheme: 'light', reducedMotion: 'reduce' });
    const page = await context.newPage();
    const taken = await takeAll(page, site.issuer);
    mkdirSync(inRoot('docs', 'screens'), { recursive: true });
    for (const [index, sheet] of sheets.entries()) {
      const bytes = await sheetOf(page, taken[index], sheet);
      writeFileSync(inRoot('docs', sheet.file), bytes);
      note(`docs/${sheet.file}`, `${bytes.length.toLocaleString('en-US')} bytes`);
    }
    await closeContext(context);
    await takeCard(browser, site.issuer, closeContext);
  } finally {
    await Promise.all([browser.close(), site.close()]);
  }
}

await main(async () => {
  plan(toolSteps, siteSteps, 'pictures');
  const { env } = await bootstrap({ tests: true });
  process.env.PATH = env.PATH;
  await build(env);
  step('pictures', 'taking every screen in each theme', `${shots.length} pictures for each of ${sheets.length} sheets`);
  const quiet = ticking('Taking the pictures');
  await takePictures();
  quiet();
  writeFileSync(inRoot('docs', 'screens.md'), written());
});

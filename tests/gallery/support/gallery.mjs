// The frame of every test on the gallery: one browser and one server a file, a fresh browser context a test; and no test passes
// that left a console message, an uncaught error, a dialog or a request to somewhere else behind.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { closeContext, launchChromium } from '../../e2e/support/chromium.mjs';
import { startSite } from '../../e2e/support/site.mjs';
import { watch } from '../../e2e/support/watch.mjs';

const PATIENCE = 15_000;
const at = (name) => new URL(`../../../${name}`, import.meta.url);
export const read = (name) => JSON.parse(readFileSync(at(name), 'utf8'));

const data = read('examples/demo/gallery.json');

/** Every screen: `{ name, title, state, … }`. */
export const { scenes } = data;
/** The catalogue of clients: `{ name, title, client, redirect_uri }`. */
export const clients = Object.entries(data.clients).map(([name, it]) => ({ name, ...it }));
/** The tags of all languages, English among them. */
export const languages = readdirSync(at('messages/')).map((file) => file.replace('.json', '')).sort();
export const texts = (language) => read(`messages/${language}.json`);
/** Clients that try everything; the place of one in this list is its number in the gallery. */
export const hostile = read('tests/vectors/hostile.json');

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1280, height: 900 };

/** A visitor of the gallery, with motion reduced: what fades in has not its own colours yet. */
class Visit {
  constructor(context, page, origin) {
    this.context = context;
    this.page = page;
    this.origin = origin;
    this.expected = [];
    this.seen = watch(context, [origin], this.expected);
    context.on('dialog', (dialog) => {
      this.seen.complaints.push(`a dialog: ${dialog.message()}`);
      dialog.dismiss();
    });
  }

  /** Lets a console message pass that the test itself brings about. */
  expects(pattern) {
    this.expected.push(pattern);
  }

  /** The card alone, or with the gallery's frame around it where `bare` is empty. Answers the widget, which shows its screen. */
  async open(wishes = {}) {
    const query = new URLSearchParams(Object.entries({ bare: '1', ...wishes }).filter(([, value]) => value !== ''));
    await this.page.goto(`${this.origin}/gallery?${query}`);
    return this.shown();
  }

  async shown() {
    const widget = this.page.locator('.countersign[data-state]');
    await widget.waitFor();
    return widget;
  }

  button(name) {
    return this.page.getByRole('button', { name, exact: true });
  }

  radio(name) {
    return this.page.getByRole('radio', { name, exact: true });
  }
}

/**
 * Sets a file up. `whole` is for what depends on the fonts that a browser takes for each language.
 *
 * @param {{ whole?: boolean }} [options] passed to `launchChromium`
 * @returns {{visit: (name: string, options: object, run: (visit: Visit) => Promise<void>) => void}} a test, with the options of
 *   its browser context
 */
export function gallery({ whole } = {}) {
  let browser;
  let site;
  // One after the other: a browser that nobody holds would keep the file running if there were no site.
  before(async () => {
    site = await startSite();
    browser = await launchChromium([], { whole });
  });
  after(() => Promise.all([browser?.close(), site?.close()]));

  function visit(name, options, run) {
    test(name, async (t) => {
      const context = await browser.newContext({ viewport: PHONE, colorScheme: 'light', reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(PATIENCE);
      const visitor = new Visit(context, await context.newPage(), site.issuer);
      try {
        await run(visitor);
        assert.deepEqual(visitor.seen.complaints, []);
      } catch (error) {
        for (const page of context.pages()) t.diagnostic(`${page.url()}\n${await page.locator('body').innerText({ timeout: 1000 }).catch(() => '(no text)')}`);
        throw error;
      } finally {
        await closeContext(context);
      }
    });
  }

  return { visit };
}

/** Fails with one line a finding, the first forty of them. */
export function none(findings) {
  assert.ok(findings.length === 0, `${findings.length} found:\n${findings.slice(0, 40).join('\n')}`);
}

// Firefox as it is delivered, over WebDriver BiDi.
import puppeteer from 'puppeteer-core';
import { which } from '../../../scripts/lib/run.mjs';

const PATIENCE = 30_000;
const NAMES = ['firefox-esr', 'firefox'];

/** The program: the one that the bootstrap found, or the first on PATH. */
function executable() {
  const found = process.env.FIREFOX ?? NAMES.map((name) => which(name)).find(Boolean);
  if (!found) throw new Error(`No Firefox on PATH (looked for ${NAMES.join(', ')}).`);
  return found;
}

/** A tab, by the same words for every browser. */
class Tab {
  /** What the console says, and errors that nobody caught. */
  complaints = [];

  constructor(context, page) {
    this.context = context;
    this.page = page;
    page.setDefaultTimeout(PATIENCE);
    page.on('console', (message) => this.complaints.push(`console ${message.type()} on ${page.url()}: ${message.text()}`));
    page.on('pageerror', (error) => this.complaints.push(`uncaught on ${page.url()}: ${error.message}`));
  }

  async open(url) {
    await this.page.goto(url);
  }

  url() {
    return this.page.url();
  }

  async reload() {
    await this.page.reload();
  }

  run(work, ...given) {
    return this.page.evaluate(work, ...given);
  }

  /** Clicks on what `find` answers in the page. */
  async click(find, ...given) {
    const found = await this.page.evaluateHandle(find, ...given);
    await found.asElement().click();
    await found.dispose().catch(() => {}); // the click may have left the page
  }

  type(text) {
    return this.page.keyboard.type(text);
  }

  press(key) {
    return this.page.keyboard.press(key === 'Space' ? ' ' : key);
  }

  resize(width, height) {
    return this.page.setViewport({ width, height });
  }

  close() {
    return this.context.close();
  }
}

/** Starts it, with more preferences if they are given: `tab` answers a new tab of a visitor who was never here. */
export async function startFirefox(preferences = {}) {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: executable(),
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US', ...preferences },
  });
  return {
    async tab() {
      const context = await browser.createBrowserContext();
      return new Tab(context, await context.newPage());
    },
    close: () => browser.close(),
  };
}

// The browser of the machine: Playwright's own downloads are not used.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** The shell is the same engine without the desktop around it: a page in it takes half of the processor's time. */
const SHELL = ['chromium-headless-shell'];
const WHOLE = ['chromium', 'chromium-browser', 'google-chrome'];
const FLAGS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // No other host is ever asked for, not even one a test sends the browser to.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

function executable(names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // not in this folder
      }
    }
  }
  throw new Error(`No Chromium on PATH (looked for ${names.join(', ')}).`);
}

/**
 * Starts the browser, with more flags if they are given: of two alike, the later one counts. `whole` is for what only the whole program
 * has, such as tabs of which one has the focus, and a font for each language.
 */
export const launchChromium = (more = [], { whole = false } = {}) => chromium.launch({
  executablePath: executable(whole ? WHOLE : [...SHELL, ...WHOLE]),
  args: [...FLAGS, ...more],
});

// Where the page was faster than this, it has come to where it was going, or it is gone.
const leave = (page) => page.goto('about:blank').catch(() => page.waitForLoadState()).catch(() => {});

/**
 * Ends a browser context. While a page is on its way to another site, Chromium may never answer that it is closed; so all of them
 * go to an empty page first.
 *
 * @param {import('playwright-core').BrowserContext} context
 */
export async function closeContext(context) {
  await Promise.all(context.pages().map(leave));
  await context.close();
}

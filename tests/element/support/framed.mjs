// A page of one origin that shows a page of another in a frame: what a documentation, a theme editor or an attacker would make.
import { after, before, test } from 'node:test';
import { closeContext, launchChromium } from '../../e2e/support/chromium.mjs';
import { packaged, serveFiles } from './files.mjs';

const inner = (script) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Inside</title><link rel="icon" href="data:,"><body><script type="module">
import { define } from '/npm/index.js';
import * as testing from '/npm/testing.js';
define();
Object.assign(globalThis, { testing, entries: history.length });
${script}
</script></body></html>`;
const outer = (origin) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Outside</title><link rel="icon" href="data:,"><body><iframe src="${origin}/inside" style="border:0;width:100%;height:860px"></iframe></body></html>`;

/**
 * Returns `framed(name, script, run)`: `script` runs in the frame with `testing`, and `run` gets the frame, the page, and all that the browser
 * has requested and opened.
 */
export function frames() {
  let browser;
  before(async () => { browser = await launchChromium(); });
  after(() => browser.close());
  return (name, script, run) => test(name, async () => {
    const inside = await serveFiles({ texts: { '/inside': inner(script) }, folders: { '/npm/': packaged } });
    const outside = await serveFiles({ texts: { '/outside': outer(inside.origin) } });
    const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1000, height: 900 } });
    const [requests, opened] = [[], []];
    context.on('request', (request) => requests.push(request.url().replace(inside.origin, '')));
    const page = await context.newPage();
    context.on('page', (other) => opened.push(other.url()));
    try {
      await page.goto(`${outside.origin}/outside`);
      const frame = page.frames().find((it) => it.url() === `${inside.origin}/inside`);
      await frame.waitForFunction(() => globalThis.testing);
      await run({ page, frame, requests, opened, inside: inside.origin });
    } finally {
      await closeContext(context);
      await Promise.all([inside.close(), outside.close()]);
    }
  });
}

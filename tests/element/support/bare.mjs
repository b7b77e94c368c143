// A page with nothing on it but what a test puts there.
import { journeys } from '../../e2e/support/journey.mjs';
import { fileURLToPath } from 'node:url';
import { startSite } from '../../e2e/support/site.mjs';
import { packaged, serveFiles } from './files.mjs';

const HTML = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title><link rel="icon" href="/favicon.svg"></head><body></body></html>';
const kit = fileURLToPath(new URL('page', import.meta.url));

async function bareSite() {
  const files = await serveFiles({ texts: { '/oauth/authorize': HTML }, folders: { '/npm/': packaged, '/kit/': kit } });
  const site = await startSite({ frontEnd: { origin: files.origin, pages: ['authorization'] } });
  return { ...site, close: () => Promise.all([site.close(), files.close()]) };
}

const REQUEST = 'client_id=printer&redirect_uri=https%3A%2F%2Fprinter.example%2Fcallback&scope=openid';

/**
 * Sets a file up for tests inside a page: `inPage(name, run)`, where `run` gets the Playwright page, opened at a request, the visitor, and `open`, which
 * opens it again with more in the request. `locale` is what the browser is set to.
 */
export function pages() {
  const { journey } = journeys(bareSite);
  return (name, run, { defined = true, prepare, locale = 'en-US' } = {}) => journey(name, async ({ site, visitor, t }) => {
    const person = await visitor({ locale });
    const { page, card } = await person.tab();
    if (prepare) await prepare(page, person);
    const open = async (more = '') => {
      await page.goto(`${site.issuer}/oauth/authorize?${REQUEST}${more}`);
      if (defined) await page.evaluate(async () => { globalThis.kit = await import('/kit/kit.js'); kit.define(); });
    };
    await open();
    await run({ page, card, person, site, open, t });
  });
}

/** The memory of the page's own instance, as it is made: what a test does to it is real. */
export const captured = (page) => page.addInitScript(() => {
  const make = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...given) => {
    const made = await make(...given);
    globalThis.memory = Object.values(made.instance.exports).find((it) => it instanceof WebAssembly.Memory);
    return made;
  };
});

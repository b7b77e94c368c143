// The frame of every end-to-end test: one browser a file, a fresh site a test, a fresh browser context a visitor; and no test
// passes that left a console message behind.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { closeContext, launchChromium } from './chromium.mjs';
import { CardPage, ClientPage, LoginPage } from './pages.mjs';
import { startSite } from './site.mjs';
import { watch } from './watch.mjs';

const PATIENCE = 15_000;
/** For a whole test, whatever it waits for: it ends under its own name, and the next one begins. */
const LONGEST = 120_000;

/** A person with a browser of their own. */
class Visitor {
  constructor(context, site, quiet) {
    this.context = context;
    this.site = site;
    this.quiet = quiet;
    this.origins = new Set([site.issuer, site.client, ...(site.others ?? [])]);
    this.expected = [];
    this.seen = watch(context, this.origins, this.expected);
  }

  /** Lets a console message pass that the test itself brings about (a request it cuts off, say). */
  expects(pattern) {
    this.expected.push(pattern);
  }

  /** Requests so far whose address contains `part`, of the method, if given. */
  requests(part, method) {
    return this.seen.requests.filter((request) => request.url().includes(part) && (!method || request.method() === method));
  }

  /** A new tab: the Playwright page, and what this site's pages offer on it. */
  async tab() {
    return this.on(await this.context.newPage());
  }

  /** The same for a page that the browser opened itself (a popup). */
  on(page) {
    const { site } = this;
    return { page, client: new ClientPage(page, site), login: new LoginPage(page, site), card: new CardPage(page, site) };
  }

  /** A new tab of someone who is signed in already: by the login page's own call, without the page. */
  async signedIn(email = 'ada@example.com') {
    const answer = await this.context.request.post(`${this.site.issuer}/account/login`, {
      headers: { origin: this.site.issuer, 'x-countersign': '1' },
      data: { email, password: 'demo' },
    });
    assert.equal(answer.status(), 200);
    return this.tab();
  }
}

/** Never comes back; fails once the test is out of time. */
const overdue = ({ signal }) => new Promise((_, reject) => {
  signal.addEventListener('abort', () => reject(new Error('The test took too long.')));
});

// What a failed test was looking at.
async function describe(context, t) {
  for (const page of context.pages()) {
    const text = await page.locator('body').innerText({ timeout: 1000 }).catch(() => '(no text)');
    t.diagnostic(`${page.url()}\n${text}`);
  }
}

/**
 * Sets a file up for journeys, on the demo's own site or on what `start` starts; `longest` is for what takes more time than a visit,
 * `flags` gives more flags of the browser, once.
 *
 * @returns {{journey: (name: string, run: (here: {site: object, visitor: Function, t: object}) => Promise<void>) => void}}
 */
export function journeys(start = startSite, { longest = LONGEST, flags = () => [] } = {}) {
  let [browser, whole] = [];
  before(async () => { browser = await launchChromium(await flags()); });
  after(() => Promise.all([browser?.close(), whole?.close()]));

  /** `needs: 'whole'` is for a journey that only the whole browser can make (see `launchChromium`). */
  function journey(name, run, { needs } = {}) {
    test(name, { timeout: longest }, async (t) => {
      if (needs === 'whole') whole ??= await launchChromium([], { whole: true });
      const site = await start();
      const visitors = [];
      const visitor = async ({ quiet = true, ...options } = {}) => {
        const context = await (needs === 'whole' ? whole : browser).newContext(options);
        context.setDefaultTimeout(PATIENCE);
        const person = new Visitor(context, site, quiet);
        visitors.push(person);
        return person;
      };
      try {
        await Promise.race([run({ site, visitor, t }), overdue(t)]);
        for (const person of visitors.filter(({ quiet }) => quiet)) assert.deepEqual(person.seen.complaints, []);
      } catch (error) {
        for (const { context } of visitors) await describe(context, t);
        throw error;
      } finally {
        await Promise.all(visitors.map(({ context }) => closeContext(context)));
        await site.close();
      }
    });
  }

  return { journey };
}

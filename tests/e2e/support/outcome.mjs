// What became of an authorization request in a browser: a page, sign-in, or an answer to the client. One tab for all of them.
import { heardByClient } from './bare-engine.mjs';

const REFUSED = 'This link doesn’t work';
const RETURNED = 'You can close this window';

/**
 * @param {import('playwright-core').Page} page
 * @param {string} client the origin of a client that does not exist
 * @returns {Promise<(address: string) => Promise<object>>} opens an address and tells its outcome
 */
export async function outcomeWatcher(page, client) {
  let settle = () => {};
  let started; // the API's answer
  let posted; // the fields of a form_post
  let redirected; // where the server itself sent the browser

  // Playwright answers for the client, but not where the server redirects to it: that navigation fails, and its address is known.
  await page.route(`${client}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Client</title>' }));
  // The clients have registered themselves: the user opens their address with a button.
  const isWayOut = () => new URL(page.url()).pathname.includes('/countersign/way-out/');
  async function leave() {
    const address = await page.locator('button').getAttribute('data-address');
    if (address === null || address.startsWith(client)) await page.locator('button').click();
    else settle(heardByClient(address));
  }

  page.on('request', async (request) => {
    if (!request.isNavigationRequest() || !request.url().startsWith(client)) return;
    posted = request.method() === 'POST' ? new URLSearchParams(request.postData()) : undefined;
    redirected = request.redirectedFrom()?.response().then((response) => response.headers().location);
  });
  page.on('response', (response) => {
    if (response.url().endsWith('/authorize/start')) started = response;
  });
  page.on('framenavigated', (frame) => {
    if (frame !== page.mainFrame()) return;
    if (new URL(frame.url()).pathname === '/login') settle({ outcome: 'interaction' });
    if (frame.url().startsWith(client)) settle(heardByClient(frame.url(), posted));
    if (frame.url().startsWith('chrome-error:')) settle(redirected.then((address) => heardByClient(address)));
  });
  await page.exposeBinding('reportHeading', async (source, heading) => {
    if (heading === REFUSED) await (isWayOut() ? leave() : settle({ outcome: 'page' }));
    // An app's own scheme makes no request: the page says that it went there, and the server's answer says where.
    if (heading === RETURNED) settle(heardByClient((await started.json()).redirect_uri));
  });
  await page.addInitScript(() => {
    new MutationObserver(() => window.reportHeading(document.querySelector('h1')?.textContent))
      .observe(document, { childList: true, subtree: true, characterData: true });
  });

  return async (address) => {
    await page.goto('about:blank'); // whatever the last address still does, it does no more
    const outcome = new Promise((resolve) => { settle = resolve; });
    // A redirect to a client that does not exist ends the navigation with an error; what it was is known all the same.
    await page.goto(address, { waitUntil: 'commit' }).catch(() => {});
    return outcome;
  };
}

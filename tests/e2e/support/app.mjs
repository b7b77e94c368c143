// Apps of somebody else: registered by themselves, and the answer taken where it arrives.
import { registerClient } from './generic-client.mjs';
import { listen } from './listener.mjs';

/** A program on this device, which listens on a port of its own. */
export async function startProgram(site, visitor, metadata = {}) {
  const listener = await listen();
  const generic = await registerClient(site.issuer, { redirect_uris: [`${listener.origin}/callback`], application_type: 'native', ...metadata });
  visitor.origins.add(listener.origin);
  return { ...listener, host: new URL(listener.origin).host, generic };
}

/** A site of its own, which Playwright answers for: nothing of it exists. */
export async function startWebsite(site, visitor, { host = 'app.printer.example', realm = '', ...metadata } = {}) {
  const origin = `https://${host}`;
  const generic = await registerClient(site.issuer + realm, { redirect_uris: [`${origin}/callback`], ...metadata });
  visitor.origins.add(origin);
  await visitor.context.route(`${origin}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Website</title><h1>Received</h1>' }));

  /** The answer that arrived in a tab. */
  async function received({ page }) {
    await page.waitForURL((url) => url.origin === origin);
    return new URL(page.url());
  }
  return { origin, host, generic, received };
}

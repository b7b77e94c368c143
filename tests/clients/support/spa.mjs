// A page without a server of its own, with `oidc-client-ts`: on loopback, or at https beside the authorization server.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { registerClient } from '../../e2e/support/generic-client.mjs';
import { startSite } from '../../e2e/support/site.mjs';
import { pagesOf } from './person.mjs';
import { endTls } from './tls.mjs';

const read = (address) => readFileSync(fileURLToPath(new URL(address, import.meta.url)));
const HTML = ['text/html; charset=utf-8', read('../spa/index.html')];
const FILES = {
  '/': HTML,
  '/callback': HTML,
  '/app.js': ['text/javascript', read('../spa/app.js')],
  '/oidc-client-ts.js': ['text/javascript', read('../../../node_modules/oidc-client-ts/dist/browser/oidc-client-ts.min.js')],
};
const NAME = 'Photo Wall';

/** Serves the page's files. Its `settings` are asked for at every load. */
async function serve(settings) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://local');
    const [type, body] = pathname === '/settings.json' ? ['application/json', JSON.stringify(settings())] : FILES[pathname] ?? [];
    if (type === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type }).end(body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  server.unref();
  return server.address().port;
}

const metadataAt = (origin) => ({
  client_name: NAME,
  application_type: 'web',
  redirect_uris: [`${origin}/callback`],
  post_logout_redirect_uris: [`${origin}/`],
  token_endpoint_auth_method: 'none',
});

/** The page on a loopback port, as its developer has it. */
export async function startLocalSpa(site, visitor) {
  let settings;
  const origin = `http://localhost:${await serve(() => settings)}`;
  const { id } = await registerClient(site.issuer, metadataAt(origin));
  settings = { issuer: site.issuer, id };
  visitor.origins.add(origin);
  return { origin, name: NAME };
}

const HOSTS = ['id.gallery.example', 'wall.gallery.example', 'wall.elsewhere.example'];
const [ISSUER, APP, ELSEWHERE] = HOSTS.map((host) => `https://${host}`);

/**
 * The demo's system and the page at https: on two hosts of one site, and once more on another site, where it asks
 * for refresh tokens.
 *
 * @returns what `journeys` takes
 */
export function atHttps() {
  let front;

  async function flags() {
    front = await endTls(HOSTS);
    const rules = HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${front.port}`);
    return [`--host-resolver-rules=${[...rules, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'].join(', ')}`];
  }

  async function start() {
    const site = await startSite({ origin: ISSUER });
    const pages = [
      { client: metadataAt(APP) },
      {
        client: { ...metadataAt(ELSEWHERE), grant_types: ['authorization_code', 'refresh_token'] },
        more: { scope: 'openid profile email offline_access', prompt: 'consent' },
      },
    ];
    const [own, foreign] = await Promise.all(pages.map((page) => serve(() => ({ issuer: ISSUER, ...page }))));
    Object.assign(front.targets, { [HOSTS[0]]: site.port, [HOSTS[1]]: own, [HOSTS[2]]: foreign });
    return { ...site, others: [APP, ELSEWHERE], spa: { origin: APP, name: NAME }, elsewhere: { origin: ELSEWHERE, name: NAME } };
  }

  return { start, flags };
}

/** What the page shows of Ada, with all that it asks for. */
export const ADA = 'Ada Lovelace, ada@example.com, openid profile email';

/** The page in a tab, and what a person does there. */
export async function openSpa({ page }, spa, site) {
  await page.goto(`${spa.origin}/`);
  await page.locator('[data-ready]').waitFor();
  const press = (name) => page.getByRole('button', { name, exact: true }).click();
  return {
    press,
    says: (text) => page.getByRole('status').filter({ hasText: text }).waitFor(),
    /** Presses "Sign in", and gives the popup. */
    async popup() {
      const [window] = await Promise.all([page.waitForEvent('popup'), press('Sign in')]);
      return { ...pagesOf(window, site), closed: new Promise((resolve) => { window.once('close', resolve); }) };
    },
    /** Signs out, and waits for the page that comes back. */
    async leave() {
      await press('Sign out');
      await page.getByRole('status').filter({ hasText: 'Nobody is signed in.' }).waitFor();
      await page.locator('[data-ready]').waitFor();
    },
  };
}

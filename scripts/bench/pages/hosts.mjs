// What the pages are loaded from: a site for each, Stytch's stand-in under Stytch's own name, and a browser that knows all. Preflights,
// caches and cookies are the browser's own: no request is answered in it.
import { setTimeout as wait } from 'node:timers/promises';
import { launchChromium } from '../../../tests/e2e/support/chromium.mjs';
import { listenHttps } from '../../../tests/support/stytch/listen.mjs';
import { createStandIn } from '../../../tests/support/stytch/stand-in.mjs';
import { ROUND_TRIP } from './conditions.mjs';
import { REDIRECT } from './consent.mjs';
import { STYTCH_HOST } from './files.mjs';
import { servePage } from './serve.mjs';

/** Answers Stytch's calls. The browser's slow network does not delay preflights. */
const answering = (standIn) => async (request) => {
  if (request.method === 'OPTIONS') await wait(ROUND_TRIP);
  return standIn.handle(request);
};

/** Opens all of them for some faces. `cookies` are those of a browser whose user is signed in, `origins` the sites by face. */
export async function openHosts(faces) {
  const allowed = [];
  const standIn = createStandIn({ origins: allowed, addresses: { redirect: [REDIRECT], logout: [] } });
  const [token] = standIn.projects.consumer.publicTokens;
  const sites = await Promise.all(faces.map(async (face) => servePage(await face.files({ ...face, token }))));
  allowed.push(...sites.map(({ origin }) => origin));
  const stytch = await listenHttps({ [STYTCH_HOST]: answering(standIn) });
  const { cookies } = standIn.signIn('consumer', 'ada@example.com', { minutes: 600 });
  const rules = [`MAP ${STYTCH_HOST}:443 127.0.0.1:${stytch.port}`, 'MAP * ~NOTFOUND', 'EXCLUDE localhost', 'EXCLUDE 127.0.0.1'];
  const browser = await launchChromium([`--host-resolver-rules=${rules.join(', ')}`, '--ignore-certificate-errors']);
  return {
    browser, standIn,
    origins: Object.fromEntries(faces.map(({ name }, index) => [name, sites[index].origin])),
    // Cookies know no port: these are for every site here.
    cookies: cookies.map(({ path, ...cookie }) => ({ ...cookie, url: allowed[0] })),
    async close() {
      await browser.close();
      for (const site of sites) site.close();
      await stytch.close();
    },
  };
}

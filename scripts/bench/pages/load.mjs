// One load of a face's page in a browser profile of its own.
import { RATE, ROUND_TRIP, SLOWER } from './conditions.mjs';
import { QUERY } from './consent.mjs';
import { recordNetwork, steady, until } from './network.mjs';
import { LOGIN, PAGE } from './serve.mjs';
import { SEEN, watchForAllow } from './watch.mjs';

const PATIENCE = 60_000; // milliseconds
/** With the second visit the browser keeps what it compiled, and with the next one it uses that. */
const VISITS = 2;

export const addressOf = ({ origins }, { name }) => `${origins[name]}${PAGE}?${QUERY}`;

/** A page with a DevTools session that tells when Allow was seen: `seen` is an async function of the times. */
export async function openPage(context) {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: SEEN });
  const nextSeen = () => new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`No Allow at ${page.url()} within ${PATIENCE / 1000} s.`)), PATIENCE);
    session.once('Runtime.bindingCalled', ({ payload }) => { clearTimeout(timer); resolve(JSON.parse(payload)); });
  });
  /** Goes to an address and waits for Allow. */
  const visit = async (address) => {
    const [seen] = await Promise.all([nextSeen(), page.goto(address, { waitUntil: 'commit' })]);
    return seen;
  };
  return { page, session, visit };
}

/** A profile whose user is signed in, and whose pages are watched. It closes after `work`. */
export async function inProfile({ browser, cookies }, options, work) {
  const context = await browser.newContext(options);
  try {
    await context.addCookies(cookies);
    await context.addInitScript(watchForAllow, SEEN);
    return await work(context);
  } finally {
    await context.close();
  }
}

/** The slow network and processor, for a page. */
export async function slowDown(session) {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: ROUND_TRIP, downloadThroughput: RATE, uploadThroughput: RATE });
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** What came before, at full speed. Answers the page that goes on. */
const BEFORE = {
  cold: (context) => openPage(context),
  async repeat(context, hosts, face) {
    for (let visit = 0; visit < VISITS; visit += 1) {
      const { page, visit: go } = await openPage(context);
      await go(addressOf(hosts, face));
      await page.waitForLoadState('networkidle');
      await page.close();
    }
    return openPage(context);
  },
  async preloaded(context, hosts, face) {
    const opened = await openPage(context);
    await opened.page.goto(`${hosts.origins[face.name]}${LOGIN}`, { waitUntil: 'networkidle' });
    await opened.page.waitForFunction(() => globalThis.ahead !== false);
    return opened;
  },
};

/** Measures one load: milliseconds until Allow was visible and until a press counts, bytes and requests until it was visible. */
export const load = (hosts, face, scenario) => inProfile(hosts, {}, async (context) => {
  const { session, visit } = await BEFORE[scenario](context, hosts, face);
  const events = recordNetwork(session);
  await slowDown(session);
  const { visible, armed, origin } = await visit(addressOf(hosts, face));
  return { visible: Math.round(visible), armed: Math.round(armed), ...until(events, steady(events, origin, visible)) };
});

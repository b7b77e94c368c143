// The time that a page's main thread computes until Allow, in loads of their own: at full speed, with a trace.
import { addressOf, inProfile, openPage } from './load.mjs';
import { CATEGORIES, mainThread } from './trace.mjs';
import { SEEN } from './watch.mjs';

/** Records what the browser does during some work. */
async function traced(browser, work) {
  const session = await browser.newBrowserCDPSession();
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const ended = new Promise((resolve) => { session.once('Tracing.tracingComplete', resolve); });
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { recordMode: 'recordUntilFull', includedCategories: CATEGORIES } });
  await work();
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  return events;
}

/** Milliseconds of one cold load. */
export const computed = (hosts, face) => inProfile(hosts, {}, async (context) => {
  const { visit } = await openPage(context);
  const url = addressOf(hosts, face);
  const events = await traced(hosts.browser, () => visit(url));
  return Number(mainThread(events, { url, name: SEEN }).toFixed(1));
});

// Filmstrips: what a page looks like every 100 ms, beside Stytch's component.
import { addressOf, inProfile, openPage, slowDown } from './load.mjs';
import { sheetOf } from './sheet.mjs';

const STEP = 100; // milliseconds
const WINDOW = { width: 390, height: 560 };
/** One load may be slow by chance: of these, the one whose Allow came next to the median is shown. */
const TAKES = 3;

/**
 * The picture at every step until Allow is in one, and one more: the last one that the browser had drawn by then, and nothing before
 * the first.
 *
 * @param {{at: number, data: string}[]} frames pictures by the milliseconds since the start of the load
 * @param {number} visible when Allow was there to be drawn
 */
export function every(step, frames, visible) {
  const end = frames.find(({ at }) => at >= visible)?.at ?? visible;
  return Array.from({ length: Math.ceil(end / step) + 2 }, (_, index) => index * step).map((at) => {
    const shown = frames.findLast((frame) => frame.at <= at);
    return { at, isVisible: shown?.at >= visible, data: shown?.data };
  });
}

/** The pictures that the browser draws from now on, by the calendar's clock. `drawnAfter` resolves once there is one of a later time. */
async function record(session) {
  const drawn = [];
  const { promise, resolve } = Promise.withResolvers();
  let awaited = Infinity;
  const check = () => { if (drawn.at(-1)?.at >= awaited) resolve(); };
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    drawn.push({ data, at: metadata.timestamp * 1000 });
    check();
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await session.send('Page.startScreencast', { format: 'jpeg', quality: 80, everyNthFrame: 1 });
  const drawnAfter = (time) => {
    awaited = time;
    check();
    return promise;
  };
  return { drawn, drawnAfter };
}

/** One cold load, with every picture that the browser draws. */
const take = (hosts, face) => inProfile(hosts, { viewport: WINDOW, reducedMotion: 'reduce' }, async (context) => {
  const { session, visit } = await openPage(context);
  await slowDown(session);
  const { drawn, drawnAfter } = await record(session);
  const { visible, origin } = await visit(addressOf(hosts, face));
  // The page tells of Allow before the browser draws it.
  await drawnAfter(origin + visible);
  await session.send('Page.stopScreencast');
  // What was drawn before the load is the empty page.
  return { visible, frames: drawn.filter(({ at }) => at >= origin).map(({ data, at }) => ({ data, at: at - origin })) };
});

/** The strip of one face: the take next to `median`. */
export async function film(hosts, face, median) {
  const takes = [];
  for (let count = 0; count < TAKES; count += 1) takes.push(await take(hosts, face));
  const far = ({ visible }) => Math.abs(visible - median);
  const { visible, frames } = takes.reduce((best, one) => (far(one) < far(best) ? one : best));
  return { title: face.title, visible, frames: every(STEP, frames, visible) };
}

/** Strips below one another, as a WebP. */
export const composed = (hosts, strips) => sheetOf(hosts.browser, strips, WINDOW);

// Filmstrips: what a page looks like every 100 ms, beside Stytch's component.
import { addressOf, inProfile, openPage, slowDown } from './load.mjs';
import { sheetOf } from './sheet.mjs';

const STEP = 100; // milliseconds
const WINDOW = { width: 390, height: 560 };
/** One load may be slow by chance: of these, the one whose Allow came next to the median is shown. */
const TAKES = 3;
const PICTURE = { format: 'jpeg', quality: 80 };

/**
 * The picture at every step until Allow is in one, and one more: the last one that the browser had drawn by then, and nothing before
 * the first.
 *
 * @param {{at: number, data: string}[]} frames pictures by the milliseconds since the start of the load
 * @param {number} visible when Allow was drawn
 */
export function every(step, frames, visible) {
  const end = frames.find(({ at }) => at >= visible)?.at ?? visible;
  return Array.from({ length: Math.ceil(end / step) + 2 }, (_, index) => index * step).map((at) => {
    const shown = frames.findLast((frame) => frame.at <= at);
    return { at, isVisible: shown?.at >= visible, data: shown?.data };
  });
}

/** One cold load, with every picture that the browser draws, and one of the card at the end. */
const take = (hosts, face) => inProfile(hosts, { viewport: WINDOW, reducedMotion: 'reduce' }, async (context) => {
  const { session, visit } = await openPage(context);
  const drawn = [];
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    drawn.push({ data, at: metadata.timestamp * 1000 });
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await slowDown(session);
  await session.send('Page.startScreencast', { ...PICTURE, everyNthFrame: 1 });
  const { visible, drawn: end, origin } = await visit(addressOf(hosts, face));
  await session.send('Page.stopScreencast');
  const { data: last } = await session.send('Page.captureScreenshot', PICTURE);
  // What was drawn before the load is the empty page.
  const frames = drawn.map(({ data, at }) => ({ data, at: at - origin })).filter(({ at }) => at >= 0 && at < end);
  return { visible, end, frames: [...frames, { data: last, at: end }] };
});

/** The strip of one face: the take next to `median`. */
export async function film(hosts, face, median) {
  const takes = [];
  for (let count = 0; count < TAKES; count += 1) takes.push(await take(hosts, face));
  const far = ({ visible }) => Math.abs(visible - median);
  const { visible, end, frames } = takes.reduce((best, one) => (far(one) < far(best) ? one : best));
  return { title: face.title, visible, frames: every(STEP, frames, end) };
}

/** Strips below one another, as a WebP. */
export const composed = (hosts, strips) => sheetOf(hosts.browser, strips, WINDOW);

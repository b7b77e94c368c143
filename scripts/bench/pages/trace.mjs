// How long the main thread of a page has computed, from a trace of Chromium. Waiting for a core is not in it, so that a
// busy machine changes it less than the time on the clock.

/** What the trace has to have. */
export const CATEGORIES = ['disabled-by-default-devtools.timeline', 'blink.user_timing'];

const isTask = ({ name, ph }) => name === 'RunTask' && ph === 'X';

/** The tasks that are in no other task of their thread. */
function outermost(tasks) {
  let end = -Infinity;
  return tasks.toSorted((one, other) => one.ts - other.ts || other.dur - one.dur).filter(({ ts, dur }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}

/**
 * Milliseconds that the main thread has computed from the start of the navigation to `url` until the page set the mark `name`. A
 * task counts if it began before the mark.
 */
export function mainThread(events, { url, name }) {
  const start = events.find((event) => event.name === 'navigationStart' && event.args?.data?.documentLoaderURL === url);
  if (!start) throw new Error(`The trace has no navigation to ${url}.`);
  const isHere = ({ pid, tid }) => pid === start.pid && tid === start.tid;
  const mark = events.find((event) => event.name === name && isHere(event) && event.ts >= start.ts);
  if (!mark) throw new Error(`The trace has no mark "${name}".`);
  const tasks = events.filter((event) => isTask(event) && isHere(event) && event.ts >= start.ts && event.ts <= mark.ts);
  return outermost(tasks).reduce((total, { tdur = 0 }) => total + tdur, 0) / 1000;
}

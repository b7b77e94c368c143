// A small trace as Chromium writes it, in microseconds: what the bench of pages needs of it, and what it must not count.
export const URL = 'http://localhost:4400/page/authorize?state=s';
export const NAME = 'benchSeen';

const CATEGORY = 'disabled-by-default-devtools.timeline';
const HERE = { pid: 6689, tid: 6689 };
const task = (ts, dur, tdur, where = HERE) => ({ args: {}, cat: CATEGORY, name: 'RunTask', ph: 'X', ...where, ts, dur, tdur, tts: ts });
const navigation = (ts, documentLoaderURL) => ({ args: { data: { documentLoaderURL, isLoadingMainFrame: true, isOutermostMainFrame: true }, frame: 'F' }, cat: 'blink.user_timing', name: 'navigationStart', ph: 'R', s: 't', ...HERE, ts });

export const events = [
  navigation(900_000, ''),
  // Before the navigation.
  task(950_000, 40_000, 40_000),
  navigation(1_000_000, URL),
  // 20 of 60 milliseconds: the machine did something else meanwhile.
  task(1_010_000, 60_000, 20_000),
  // Within the task before, which has counted it.
  task(1_020_000, 10_000, 5_000),
  // Another thread, and another process.
  task(1_075_000, 5_000, 3_000, { pid: 6689, tid: 6700 }),
  task(1_085_000, 9_000, 7_000, { pid: 6513, tid: 6513 }),
  // Something else on the same thread.
  { ...task(1_080_000, 9_000, 9_000), name: 'UpdateCounters' },
  // Began before the mark.
  task(1_100_000, 20_000, 15_500),
  { args: { data: { startTime: 110 } }, cat: 'blink.user_timing', name: NAME, ph: 'I', s: 't', ...HERE, ts: 1_110_000 },
  // After it.
  task(1_130_000, 50_000, 50_000),
];

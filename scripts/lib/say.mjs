// What the scripts say, and how they stop.
import { createInterface } from 'node:readline/promises';

/** A failure the user can act on: its message is one clear sentence, and the stack is nobody's business. */
export class Stop extends Error {}

/** After so long without a line, in milliseconds, a script says that it still runs. */
export const SILENCE = 9000;

const began = performance.now();
let planned = [];
let current = '';
let lastOutput = performance.now();

/** Names the steps of a script, in their order, so that each can say which of how many it is. */
export const plan = (...steps) => { planned = steps.flat(); };

/** Notes that something was printed, so that nobody need say that the script still runs. */
export const printed = () => { lastOutput = performance.now(); };

/** Announces what is done, and why; not a step of its own. */
export function note(what, why) {
  process.stdout.write(`> ${what}${why ? ` (${why})` : ''}\n`);
  printed();
}

/** Announces the step of this name, or the last of several that are over in one. */
export function step(name, what, why) {
  const number = planned.indexOf([name].flat().at(-1)) + 1;
  current = number ? `step ${number} of ${planned.length}` : '';
  const after = performance.now() - began < 1000 ? '' : `, after ${took(began)}`;
  note(number ? `${number} of ${planned.length}${after}: ${what}` : what, why);
}

/** Says that `what` still runs whenever nothing was printed for so many milliseconds; the answer ends that. */
export function ticking(what, silence = SILENCE) {
  const begin = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - lastOutput < silence) return;
    process.stdout.write(`  … ${[`${what}: ${took(begin)} so far`, current].filter(Boolean).join(', ')}\n`);
    printed();
  }, silence / 9);
  return () => clearInterval(timer);
}

/** Asks before something is written outside the project, and answers what the user did; a pipeline or CI has nobody to ask and goes on. */
export async function agrees(what) {
  if (process.env.CI || !process.stdin.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise((resolve) => lines.once('close', () => resolve('no')));
  const answer = await Promise.race([lines.question(`${what} This writes outside the project folder. Go on? [Y/n] `), closed]);
  lines.close();
  return !/^n/i.test(answer.trim());
}

/** The same, for what nothing works without. */
export async function mayWriteOutside(what) {
  if (!await agrees(what)) throw new Stop(`Stopped, and nothing outside the project was changed. ${what}`);
}

/** `1m 05s`, or `4.2s` under a minute. */
export function took(start) {
  const seconds = (performance.now() - start) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  return `${Math.floor(seconds / 60)}m ${String(Math.round(seconds % 60)).padStart(2, '0')}s`;
}

// Messages of the scripts, and how they stop.
import { createInterface } from 'node:readline/promises';

/** A failure that the user can act on. Its message is one clear sentence, printed without a stack. */
export class Stop extends Error {}

/** A script that prints nothing for so many milliseconds reports that it is still running. */
export const SILENCE = 9000;

const began = performance.now();
let planned = [];
let current = '';
let lastOutput = performance.now();

/** Sets the names of a script's steps, so that `step` can number them. */
export const plan = (...steps) => { planned = steps.flat(); };

/** Must be called after printing: restarts the time of silence. */
export const printed = () => { lastOutput = performance.now(); };

/** Prints what is being done, and why. Not a numbered step. */
export function note(what, why) {
  process.stdout.write(`> ${what}${why ? ` (${why})` : ''}\n`);
  printed();
}

/** Prints a step with its number. A list of names is several steps that are done at once. */
export function step(name, what, why) {
  const number = planned.indexOf([name].flat().at(-1)) + 1;
  current = number ? `step ${number} of ${planned.length}` : '';
  const after = performance.now() - began < 1000 ? '' : `, after ${took(began)}`;
  note(number ? `${number} of ${planned.length}${after}: ${what}` : what, why);
}

/** Reports that `what` is still running after every `silence` milliseconds without output. Returns a function that ends this. */
export function ticking(what, silence = SILENCE) {
  const begin = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - lastOutput < silence) return;
    process.stdout.write(`  … ${[`${what}: ${took(begin)} so far`, current].filter(Boolean).join(', ')}\n`);
    printed();
  }, silence / 9);
  return () => clearInterval(timer);
}

/** Asks the user before something is written outside the project. Without a terminal, or in CI, the answer is yes. */
export async function agrees(what) {
  if (process.env.CI || !process.stdin.isTTY) return true;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise((resolve) => lines.once('close', () => resolve('no')));
  const answer = await Promise.race([lines.question(`${what} This writes outside the project folder. Go on? [Y/n] `), closed]);
  lines.close();
  return !/^n/i.test(answer.trim());
}

/** The same, but stops if the user says no. */
export async function mayWriteOutside(what) {
  if (!await agrees(what)) throw new Stop(`Stopped, and nothing outside the project was changed. ${what}`);
}

/** `1m 05s`, or `4.2s` under a minute. */
export function took(start) {
  const seconds = (performance.now() - start) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  return `${Math.floor(seconds / 60)}m ${String(Math.round(seconds % 60)).padStart(2, '0')}s`;
}

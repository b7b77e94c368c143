// What the scripts say, and how they stop.
import { createInterface } from 'node:readline/promises';

/** A failure the user can act on: its message is one clear sentence, and the stack is nobody's business. */
export class Stop extends Error {}

/** Announces a step: what is done, and why. */
export function step(what, why) {
  process.stdout.write(`> ${what}${why ? ` (${why})` : ''}\n`);
}

/** Asks before something is written outside the project; a pipeline or CI has nobody to ask and goes on. */
export async function mayWriteOutside(what) {
  if (process.env.CI || !process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const closed = new Promise((resolve) => lines.once('close', () => resolve('no')));
  const answer = await Promise.race([lines.question(`${what} This writes outside the project folder. Go on? [Y/n] `), closed]);
  lines.close();
  if (/^n/i.test(answer.trim())) throw new Stop(`Stopped, and nothing outside the project was changed. ${what}`);
}

/** `1m 05s`, or `4.2s` under a minute. */
export function took(start) {
  const seconds = (performance.now() - start) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)}s`;
  return `${Math.floor(seconds / 60)}m ${String(Math.round(seconds % 60)).padStart(2, '0')}s`;
}

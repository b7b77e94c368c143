// How many bytes a user waits for until Allow is visible, as far as that follows from the files alone: what the page names, and what
// the program needs before it can draw. Headers and responses of the API come on top; `npm run bench` counts them.
import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';

const number = (value) => value.toLocaleString('en-US');

/** Prints bytes beside the goal for them. Nothing fails: a goal is where this is going, a budget is what must not be lost. */
export function untilAllow(rows) {
  const goals = JSON.parse(readFileSync(inRoot('scripts', 'goals.json'), 'utf8'));
  const width = Math.max(...rows.map(({ title }) => title.length));
  console.log('\nbytes in brotli until Allow is visible, and the goal for them');
  for (const { goal, title, bytes } of rows) console.log(`${title.padEnd(width)} ${number(bytes).padStart(9)} ${toGo(bytes, goals[goal])}`);
}

/** How far bytes are from a goal, in words. */
export function toGo(bytes, goal) {
  if (goal === undefined) return '';
  return bytes <= goal ? `within the goal of ${number(goal)}` : `${number(bytes - goal)} over the goal of ${number(goal)}`;
}

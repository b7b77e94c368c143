// Size budgets in bytes of brotli: "small" with the size options, "plain" without. What nobody downloads is measured raw.
import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';

const number = (value) => value.toLocaleString('en-US');

/**
 * Prints how far `bytes` are under the budget. Stops if they are over it. `title` begins a sentence, and `measured` says how the bytes
 * were measured.
 */
export function keep(budget, title, bytes, small, measured = 'in brotli') {
  const { why, [budget]: budgets } = JSON.parse(readFileSync(inRoot('scripts', 'budget.json'), 'utf8'));
  const [ours, other] = small ? ['small', 'plain'] : ['plain', 'small'];
  const most = budgets[ours];
  if (bytes > most) throw new Stop(`${title} is ${number(bytes)} bytes ${measured}, ${number(bytes - most)} over its budget of ${number(most)}${small ? '' : ' without the size options'}: ${why}`);
  console.log(`${title}: ${number(most - bytes)} bytes under the budget of ${number(most)} (${small ? 'with' : 'without'} the size options; ${small ? 'without' : 'with'} them ${number(budgets[other])})`);
}

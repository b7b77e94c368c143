// The benches, by the name that `npm run bench -- --only NAME` takes. Each is `{ options, run }`: what else the command line may
// say, as `parseArgs` reads it, and what carries the bench out. It imports what it needs when it runs.
import { Stop } from '../lib/say.mjs';

export const benches = {
  pages: {
    options: { pairs: { type: 'string', default: '9' }, faces: { type: 'string' }, scenarios: { type: 'string' }, write: { type: 'boolean', default: false } },
    run: async (values) => (await import('./pages/main.mjs')).benchPages({ ...values, pairs: numberOf('pairs', values.pairs) }),
  },
  server: {
    options: { seconds: { type: 'string', default: '5' } },
    run: async (values) => (await import('./host.mjs')).benchHosts(numberOf('seconds', values.seconds)),
  },
  render: {
    options: {},
    run: async () => (await import('./render.mjs')).benchRender(),
  },
};

/** The bench of a name. */
export function benchNamed(name) {
  if (!Object.hasOwn(benches, name)) throw new Stop(`There is no bench "${name}"; there are ${list(Object.keys(benches))}.`);
  return benches[name];
}

/** A number from 1 of the command line. */
function numberOf(name, text) {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Stop(`--${name} must be a number from 1, and is "${text}".`);
  return value;
}

const list = (names) => `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

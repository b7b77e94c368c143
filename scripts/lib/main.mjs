// The main function of every script.
import { onNewNode } from '../bootstrap/node.mjs';
import { Stop } from './say.mjs';

/**
 * Runs a script's main function, on a Node that is new enough. A `Stop` prints one sentence to stderr
 * and sets exit code 1. `last` is printed after a failure, for scripts with a fixed last line.
 */
export async function main(run, { last } = {}) {
  try {
    process.exitCode = (await onNewNode()) ?? (await run()) ?? 0;
  } catch (error) {
    process.stderr.write(error instanceof Stop ? `${error.message}\n` : `${error.stack}\n`);
    if (last) console.log(last);
    process.exitCode = 1;
  }
}

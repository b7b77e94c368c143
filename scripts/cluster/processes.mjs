// Processes of the cluster, which can be killed and started again.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

const alive = new Set();
process.on('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

/**
 * A process that prints its address when it is ready.
 *
 * @param {{name: string, command: string, args?: string[], env: () => Record<string, string>, addressIn?: (line: string) => string, takes?: (url: string) => boolean}} options
 *   `addressIn` finds the address in its first line, if that has more; `takes` tells which requests it gets, all by default
 */
export function processOf({ name, command, args = [], env, addressIn = (line) => line, takes = () => true }) {
  let [child, lines] = [];

  const one = {
    name,
    address: undefined,
    takes,
    /** Starts it, with more of an environment for this time. */
    async start(more = {}) {
      child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env(), ...more } });
      alive.add(child);
      const failed = once(child, 'error').then(([error]) => { throw error; });
      const ended = once(child, 'exit').then(([code]) => { throw new Error(`${name} ended (${code}) before it was ready.`); });
      lines = createInterface({ input: child.stdout });
      const ready = once(lines, 'line');
      [failed, ended].forEach((promise) => promise.catch(() => {}));
      const [line] = await Promise.race([ready, failed, ended]);
      one.address = addressIn(line);
    },
    /** The next line that it prints. */
    says: async () => (await once(lines, 'line'))[0],
    /** Ends it, without a good-bye unless another signal is named. */
    async kill(signal = 'SIGKILL') {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const over = once(child, 'exit');
      child.kill(signal);
      await over;
      alive.delete(child);
    },
    async restart(more) {
      await one.kill();
      await one.start(more);
    },
    close: () => one.kill('SIGTERM'),
  };
  return one;
}

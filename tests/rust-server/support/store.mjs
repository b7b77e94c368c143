// A store in Rust, in a process of its own, with the methods of one in TypeScript.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { hostProgram } from './host.mjs';

/** @param address `redis://…`, `postgres://…` or `sqlite:FILE`; `env`: more of its environment */
export function openRust(address, env = {}) {
  const child = spawn(hostProgram(), ['store', address], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const waiting = new Map();
  let calls = 0;
  createInterface(child.stdout).on('line', (line) => {
    const { id, value, error } = JSON.parse(line);
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) resolve(value);
    else reject(new Error(error));
  });
  child.once('exit', () => waiting.forEach(({ reject }) => reject(new Error('The process of the store has ended.'))));

  const call = (name, key, more) => new Promise((resolve, reject) => {
    waiting.set(calls += 1, { resolve, reject });
    child.stdin.write(`${JSON.stringify({ id: calls, call: name, key, ...more })}\n`);
  });
  return {
    store: {
      claim: (key, value, seconds) => call('claim', key, { value, seconds }),
      get: (key) => call('get', key),
      set: async (key, value, seconds) => { await call('set', key, { value, seconds }); },
      delete: async (key) => { await call('delete', key); },
      count: (key, seconds) => call('count', key, { seconds }),
    },
    migrate: () => call('migrate'),
    /** Lets time pass for it. */
    pass: (milliseconds) => call('pass', undefined, { seconds: milliseconds }),
    /** It connects again by itself, with the next call. */
    back: () => undefined,
    close: async () => {
      child.kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

// Processes that claim the same keys of one store at once.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const HELPER = fileURLToPath(new URL('claims.mjs', import.meta.url));

/**
 * Every key has one winner, of whom all others hear.
 *
 * @param opener the address of a module that opens the store at `address`
 */
export async function raceProcesses(t, opener, address, { processes = 3, keys = 100 } = {}) {
  const children = Array.from({ length: processes }, (_, id) => spawn(process.execPath, [HELPER, opener, address, String(id), String(keys)], { stdio: ['pipe', 'pipe', 'inherit'] }));
  t.after(() => children.forEach((child) => child.kill()));
  // All are ready before any begins.
  await Promise.all(children.map((child) => once(child.stdout, 'data')));
  const results = await Promise.all(children.map(async (child) => {
    let text = '';
    child.stdout.on('data', (data) => { text += data; });
    child.stdin.end('go\n');
    const [code] = await once(child, 'close');
    assert.equal(code, 0);
    return JSON.parse(text);
  }));
  for (let key = 0; key < keys; key += 1) {
    const values = results.map((result) => result[key]);
    const winner = String(values.indexOf(null));
    assert.deepEqual(values.filter((value) => value !== null), Array(processes - 1).fill(winner));
  }
}

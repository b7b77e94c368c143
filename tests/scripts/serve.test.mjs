// The programs of the demo live and die together.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { folder, freePort, root } from './support.mjs';

const LISTENS = "import { createServer } from 'node:net'; createServer().listen(Number(process.env.PORT), '127.0.0.1');";
const LIVES_A_LITTLE = `${LISTENS} process.stdin.resume(); setTimeout(() => process.exit(3), 200);`;

/** Serves two programs; answers the process once it said it is ready. */
async function serving(t, second, { answers = false } = {}) {
  const made = folder(t);
  const [first, other] = [await freePort(), await freePort()];
  writeFileSync(path.join(made, 'first.mjs'), LISTENS);
  writeFileSync(path.join(made, 'second.mjs'), second);
  const module = (name) => JSON.stringify(pathToFileURL(path.join(root, 'scripts', name)).href);
  writeFileSync(path.join(made, 'main.mjs'), `
    import { main } from ${module('lib/main.mjs')};
    import { serve } from ${module('demo/serve.mjs')};
    const program = (name, port) => ({ name, command: process.execPath, args: [${JSON.stringify(made)} + '/' + name + '.mjs'], port, env: { PORT: port }, answers: ${answers} && name === 'second' && 'http://127.0.0.1:' + port });
    await main(() => serve([program('first', ${first}), program('second', ${other})], process.env, () => console.log('ready')));
  `);
  const child = spawn(process.execPath, [path.join(made, 'main.mjs')], { stdio: ['ignore', 'pipe', 'pipe'] });
  [child.out, child.err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => { child.out += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { child.err += text; });
  const ended = new Promise((resolve) => { child.on('close', resolve); });
  await Promise.race([new Promise((resolve) => { child.stdout.once('data', resolve); }), ended]);
  return { child, ended, ports: [first, other] };
}

const answers = (port) => new Promise((resolve) => {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  test(`${signal} ends everything that was started`, async (t) => {
    const { child, ended, ports } = await serving(t, LISTENS);
    assert.deepEqual(await Promise.all(ports.map(answers)), [true, true]);
    child.kill(signal);
    assert.notEqual(await ended, 0);
    assert.deepEqual(await Promise.all(ports.map(answers)), [false, false]);
  });
}

test('when one program ends the other is ended, and it is said which', async (t) => {
  const { child, ended, ports } = await serving(t, LIVES_A_LITTLE);
  assert.equal(await ended, 1);
  assert.equal(child.err, 'The second ended (exit code 3), so everything was ended.\n');
  assert.deepEqual(await Promise.all(ports.map(answers)), [false, false]);
});

test('a program that listens before it can answer is waited for', async (t) => {
  const LATE = `import { createServer } from 'node:http';
    createServer((req, res) => setTimeout(() => { console.log('answers'); res.end(); }, 200)).listen(Number(process.env.PORT), '127.0.0.1');`;
  const { child, ended } = await serving(t, LATE, { answers: true });
  while (!child.out.includes('ready')) await new Promise((resolve) => { child.stdout.once('data', resolve); });
  assert.equal(child.out, 'answers\nready\n');
  child.kill('SIGTERM');
  await ended;
});

test('a program that ends before it listens ends the rest', async (t) => {
  const { child, ended, ports } = await serving(t, 'process.exit(4);');
  assert.equal(await ended, 1);
  assert.equal(child.err, 'The second ended (exit code 4), so everything was ended.\n');
  assert.deepEqual(await Promise.all(ports.map(answers)), [false, false]);
});

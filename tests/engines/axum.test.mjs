// The server to copy in Rust: short, checked by countersign-check, and driven to tokens, in front of the real Hydra.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { addClient, startHydra } from '../../examples/engines/hydra/hydra.mjs';
import { listening } from '../../scripts/demo/ports.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { readExpected } from '../../server/node/src/check/expected.ts';
import { CHECKS, checkServer } from '../../server/node/src/check/index.ts';
import { holdPort } from '../e2e/support/ports.mjs';
import { buildProgram } from './support/program.mjs';

const FOLDER = inRoot('examples', 'servers', 'axum');
const SCOPES = ['openid', 'profile', 'email', 'photos.read', 'offline_access'];
const LONGEST = { timeout: 600_000 };
const read = (...file) => readFileSync(path.join(FOLDER, ...file), 'utf8');
const isKnown = (name) => Object.hasOwn(CHECKS, name) || Object.values(CHECKS).flat().some(({ id }) => id === name);
let host;

async function start() {
  const program = buildProgram('countersign-axum');
  const held = await holdPort();
  const origin = `http://localhost:${held.port}`;
  const hydra = await startHydra({ page: `${origin}/oauth/authorize`, logout: `${origin}/oauth/logout`, scopes: SCOPES, registers: true });
  await held.release();
  const env = { PORT: String(held.port), HYDRA_ADMIN: hydra.admin, HYDRA_ISSUER: hydra.issuer };
  const child = spawn(program, { cwd: inRoot(), env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  await listening(held.port, () => child.exitCode !== null);
  const own = { redirectUri: ['http://localhost:4401/callback', 'https://photo-printer.example/callback'], signedOutUri: 'http://localhost:4401/signed-out' };
  for (const [id, name] of [['third-party-public', 'Photo Printer'], ['third-party-unverified', 'Postcards']]) await addClient(hydra.admin, { id, name, ...own }, SCOPES);
  const close = async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    const [code] = await ended;
    await hydra.close();
    return code;
  };
  return { origin, issuer: hydra.issuer, close };
}

before(async () => { host = await start(); }, LONGEST);
after(async () => { assert.equal(await host?.close(), 0); }, LONGEST);

test('it is at most 150 lines', () => {
  const sources = readdirSync(path.join(FOLDER, 'src'));
  assert.ok(sources.includes('sign_in.rs'));
  const lines = sources.reduce((sum, file) => sum + read('src', file).trimEnd().split('\n').length, 0);
  assert.ok(lines <= 150, `${lines} lines`);
  assert.match(read('src', 'sign_in.rs'), /^\/\/! REPLACE THIS: /);
});

test('it passes every check that has something to check, and the others are gaps with a reason', LONGEST, async () => {
  const expected = Object.fromEntries(readExpected(read('check.gaps'), isKnown));
  const config = JSON.parse(read('check.json').replaceAll('http://localhost:4404', host.issuer));
  const { ended } = await checkServer({ origin: host.origin, config, expected });
  const wrong = ended.filter(({ state }) => state === 'failed' || state === 'unexpected');
  assert.deepEqual(wrong.map(({ check, message }) => [check.id, message]), []);
  const silent = ended.filter(({ message, reason }) => !reason && /^The config has no /.test(message));
  assert.deepEqual(silent.map(({ check }) => check.id), []);
  const passed = Object.groupBy(ended.filter(({ state }) => state === 'passed'), ({ check: { id } }) => id.split('.')[0]);
  assert.deepEqual(Object.fromEntries(Object.entries(passed).map(([profile, all]) => [profile, all.length])), { core: 71, narrowing: 4, remember: 7, logout: 12 });
});

test('a form of another site signs nobody in, and a sign-in leads nowhere else', async () => {
  const post = (origin, to) => fetch(`${host.origin}/login`, {
    method: 'POST', redirect: 'manual', headers: { origin }, body: new URLSearchParams({ email: 'ada@example.com', password: 'demo', return_to: to }),
  });
  assert.equal((await post('https://evil.example', '/')).status, 403);
  for (const to of ['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)']) {
    assert.equal(new URL((await post(host.origin, to)).headers.get('location'), host.origin).href, `${host.origin}/`, to);
  }
});

// `countersign-check` from the packed package, in a folder that has nothing else, against the demo's server.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { parse } from 'yaml';
import { inRoot } from '../../scripts/lib/root.mjs';
import { CONFIG, startDemo } from '../check/harness.mjs';
import { made, sources } from './support/hosts.mjs';

const install = () => made('check', { from: sources.fixture('check') });
const command = path.join('node_modules', '.bin', process.platform === 'win32' ? 'countersign-check.cmd' : 'countersign-check');

/** Runs a program in the folder. */
const run = (folder, file, args, env = {}) => new Promise((resolve) => {
  // A test of the suite's own would make `node --test` report to this one.
  const { NODE_TEST_CONTEXT: dropped, NODE_OPTIONS: options, ...own } = process.env;
  execFile(file, args, { cwd: folder, timeout: 120_000, env: { ...own, ...env } }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, lines: stdout.trimEnd().split('\n'), stderr: stderr.trim() }));
});

test('installed alone, the command passes the demo’s server, and calls nobody else', async (t) => {
  const [folder, { origin }] = [await install(), await startDemo(t)];
  assert.deepEqual(readdirSync(path.join(folder, 'node_modules')).filter((name) => !name.startsWith('.')), ['countersign']);
  const watched = path.join(folder, 'hosts');
  rmSync(watched, { force: true });
  const env = { NODE_OPTIONS: `--require=${path.join(folder, 'watched.cjs')}`, WATCHED: watched };
  const { code, lines, stderr } = await run(folder, command, [origin, '--config', CONFIG], env);
  assert.deepEqual([code, stderr], [0, ''], lines.join('\n'));
  assert.match(lines.at(-1), /^countersign core: (\d+) of \1, 2 not applicable; narrowing: (\d+) of \2; .*; page: (\d+) of \3$/);
  assert.deepEqual([...new Set(readFileSync(watched, 'utf8').trim().split('\n'))], ['localhost']);
});

test('its exit codes are 1 for a server that fails, and 2 for a run that cannot be', async (t) => {
  const [folder, { origin }] = [await install(), await startDemo(t)];
  const gaps = path.join(folder, 'gaps');
  writeFileSync(gaps, 'core.login: It passes.\n');
  const listed = await run(folder, command, [origin, '--config', CONFIG, '--only', 'core.login', '--expected-failures', gaps]);
  assert.equal(listed.code, 1);
  assert.ok(listed.lines.some((line) => line.startsWith('FAIL core.login: ')), listed.lines.join('\n'));
  const nowhere = await run(folder, command, ['http://localhost:1', '--config', CONFIG]);
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.stderr, /^countersign-check: The metadata of http:\/\/localhost:1 cannot be read/);
  assert.equal((await run(folder, command, ['--help'])).code, 0);
});

test('an old Node says so in one line', async () => {
  const folder = await install();
  const { code, stderr } = await run(folder, command, ['--help'], { NODE_OPTIONS: `--require=${path.join(folder, 'old.cjs')}` });
  const { engines } = JSON.parse(readFileSync(path.join(folder, 'node_modules', 'countersign', 'package.json'), 'utf8'));
  assert.deepEqual([code, stderr], [2, `countersign-check: it needs Node ${engines.node.replace('>=', '')} or newer, and this is Node 18.20.8.`]);
});

test('in a suite of one’s own every check is a test: it passes, is skipped as a gap, or fails with the fix', async (t) => {
  const [folder, { origin }] = [await install(), await startDemo(t)];
  const only = 'core.login,core.card-client,core.signed';
  const suite = (gaps) => run(folder, process.execPath, ['--test', '--test-reporter=tap', 'server.test.js'], { ORIGIN: origin, CONFIG, ONLY: only, GAPS: JSON.stringify(gaps) });
  const good = await suite({});
  assert.equal(good.code, 0, good.lines.join('\n'));
  const results = (lines) => lines.filter((line) => / - (core\.[\w-]+): /.test(line) && /ok \d+/.test(line)).map((line) => line.trim().replace(/ok \d+ - (core\.[\w-]+): [^#]*/, '$1 ok').trim());
  assert.deepEqual(results(good.lines), ['core.login ok', 'core.card-client ok', 'core.signed ok# SKIP The config has no `signed`.']);
  const listed = await suite({ 'core.login': 'It passes.' });
  assert.equal(listed.code, 1);
  assert.ok(listed.lines.some((line) => line.trim().startsWith('not ok 1 - core.login: ')), listed.lines.join('\n'));
  assert.match(listed.lines.join('\n'), /It is listed as an expected failure, and passes: take it off the list\..*Fix: Answer `login` with reason/s);
});

test('the package carries the description of the API as it is, and the licences of all that is bundled', async () => {
  const dist = path.join(await install(), 'node_modules', 'countersign', 'dist', 'check');
  const { openapi } = JSON.parse(readFileSync(path.join(dist, 'contract.json'), 'utf8'));
  assert.deepEqual(openapi, JSON.parse(JSON.stringify(parse(readFileSync(inRoot('api', 'openapi.yaml'), 'utf8')))));
  const licences = readFileSync(path.join(dist, 'LICENSES.txt'), 'utf8');
  for (const name of ['ajv', 'oauth4webapi', 'fast-uri', 'fast-deep-equal', 'json-schema-traverse']) assert.match(licences, new RegExp(`^${name} \\d`, 'm'));
  for (const name of readdirSync(dist).filter((one) => one.endsWith('.js'))) {
    const outside = [...readFileSync(path.join(dist, name), 'utf8').matchAll(/^(?:import|export) .*from "([^"./][^"]*)";$/gm)].map(([, from]) => from);
    assert.deepEqual(outside.filter((from) => !from.startsWith('node:')), [], name);
  }
  assert.ok(existsSync(path.join(dist, 'index.d.ts')));
});

// Calls made of `api/openapi.yaml`, valid and invalid, against the running server. Every answer must be one that the description names:
// status, content type, headers and body. None may be an error of the server.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { schemathesis } from '../../scripts/bootstrap/python.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { ADA, Browser, startServer } from '../server/harness.mjs';

const here = inRoot('tests', 'api');
const QUERY = 'client_id=photo-printer&response_type=code&scope=openid%20photos.read';

/** Runs the program in a folder of its own, which is where it keeps its examples. */
async function run(t, args, env) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-api-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const child = spawn(schemathesis, args, { cwd: folder, env: { ...process.env, ...env }, signal: t.signal });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
  const code = await new Promise((resolve, reject) => { child.on('error', reject).on('close', resolve); });
  return { code, output };
}

/** Generates calls of the operations whose path matches, for a user who is signed in. */
async function generated(t, paths, base, operations) {
  const { origin } = await startServer(t);
  const browser = new Browser(origin);
  await browser.login(ADA);
  const cookie = ['countersign_browser', 'countersign_login'].map((name) => `${name}=${browser.cookie(name)}`).join('; ');
  const { code, output } = await run(t, [
    '--config-file', path.join(here, 'schemathesis.toml'),
    'run', inRoot('api', 'openapi.yaml'), '--url', origin + base, '--include-path-regex', paths, '--seed', '1',
    '-H', `Origin: ${origin}`, '-H', 'X-Countersign: 1', '-H', 'Accept: application/json;v=2', '-H', `Cookie: ${cookie}`,
  ], { SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: here, COUNTERSIGN_ORIGIN: origin, COUNTERSIGN_COOKIE: cookie, COUNTERSIGN_QUERY: QUERY });
  assert.equal(code, 0, output);
  assert.match(output, new RegExp(`Tested: ${operations}\\b`), output);
}

test('the countersign API answers every generated call as its description says', { timeout: 300_000 }, (t) => (
  generated(t, '^/(authorize|logout)/(start|submit)$', '/countersign', 4)
));

test('the account endpoints answer every generated call as their description says', { timeout: 300_000 }, (t) => (
  generated(t, '^/account/', '', 4)
));

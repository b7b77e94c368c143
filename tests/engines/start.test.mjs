// The server in the README of the kit, as somebody starts it who has copied it, with the package that was packed last.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { listening } from '../../scripts/demo/ports.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { checkServer } from '../../server/node/src/check/index.ts';
import { holdPort } from '../e2e/support/ports.mjs';

const PACKAGES = {
  countersign: inRoot('target', 'npm', 'package'), 'oidc-provider': inRoot('node_modules', 'oidc-provider'),
  express: inRoot('.tools', 'servers', 'express', 'node_modules', 'express'),
};

test('the server of the README passes the check', { timeout: 300_000 }, async (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-start-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(path.join(folder, 'node_modules'));
  for (const [name, target] of Object.entries(PACKAGES)) symlinkSync(target, path.join(folder, 'node_modules', name), 'junction');
  copyFileSync(inRoot('examples', 'start', 'server.mjs'), path.join(folder, 'server.mjs'));
  const held = await holdPort();
  await held.release();
  const child = spawn(process.execPath, ['server.mjs'], { cwd: folder, env: { ...process.env, PORT: String(held.port) }, stdio: ['ignore', 'ignore', 'pipe'] });
  let [said, over] = ['', false];
  child.stderr.on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('close', resolve); });
  ended.then(() => { over = true; });
  t.after(async () => { child.kill(); await ended; });
  await listening(held.port, () => over);
  assert.equal(over, false, said);
  const config = JSON.parse(readFileSync(inRoot('examples', 'start', 'check.json'), 'utf8'));
  const { ended: found, profiles } = await checkServer({ origin: `http://localhost:${held.port}`, config });
  assert.deepEqual(found.filter(({ state }) => state === 'failed').map(({ check, message }) => `${check.id}: ${message}`), []);
  assert.deepEqual(profiles, ['core', 'narrowing', 'page']);
});

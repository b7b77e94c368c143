// `npm run program`: countersign-hydra as one file that needs nothing of the machine that it is copied to.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { inRoot } from '../../scripts/lib/root.mjs';

const exec = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-alone-'));
after(() => rmSync(folder, { recursive: true }));

before(async () => {
  await exec(process.execPath, [inRoot('scripts', 'program.mjs'), '--profile', 'dev'], { timeout: 600_000, maxBuffer: 2 ** 26 });
  copyFileSync(inRoot('target', 'program', 'countersign-hydra'), path.join(folder, 'countersign-hydra'));
}, { timeout: 600_000 });

/** Runs the program in a file system that has nothing but its folder: no library, no shell, no time zones. */
const alone = (...args) => exec('unshare', ['--map-root-user', 'chroot', folder, '/countersign-hydra', ...args], { timeout: 30_000, env: { PATH: process.env.PATH } });

test('it starts where there is no other file', async () => {
  assert.match((await alone('--version')).stdout, /^countersign-hydra \d+\.\d+\.\d+\n$/);
  assert.match((await alone('--help')).stdout, /Usage: countersign-hydra/);
});

test('it reads its settings, and says what it cannot reach, where there is no other file but them', async () => {
  const settings = { origin: 'http://localhost:9', secrets: ['a secret of thirty-two letters or more'], sign_in: { url: '/login', account: 'http://127.0.0.1:9/account' }, hydra: { admin: 'http://127.0.0.1:9', issuer: 'http://127.0.0.1:9' } };
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(settings));
  await assert.rejects(alone('check-config', '--config', '/settings.json'), ({ code, stdout }) => code === 1 && /^ok +the settings can be read$/m.test(stdout) && /^FAIL +hydra\.admin is ready/m.test(stdout));
});

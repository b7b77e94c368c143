// The packages of engines that others wrote.
import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { enginePackages, engines } from '../../scripts/bootstrap/engines.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { Stop } from '../../scripts/lib/say.mjs';
import { folder } from './support.mjs';

const LOCK = {
  name: 'engine', lockfileVersion: 3, requires: true,
  packages: { '': { name: 'engine', dependencies: { 'countersign-is-not-there': '1.0.0' } }, 'node_modules/countersign-is-not-there': { version: '1.0.0' } },
};

/** A project with one engine: its folder, and where its packages belong. */
function project(t) {
  const made = folder(t);
  const source = path.join(made, 'examples', 'engines', 'one');
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'engine', dependencies: { 'countersign-is-not-there': '1.0.0' } }));
  writeFileSync(path.join(source, 'package-lock.json'), JSON.stringify(LOCK));
  return { made, source, installed: path.join(made, '.tools', 'engines', 'one', 'node_modules') };
}

test('without the npm registry the engine and the missing network are named', async (t) => {
  const { made, source } = project(t);
  const env = { ...process.env, npm_config_registry: 'http://127.0.0.1:9/', npm_config_replace_registry_host: 'always', npm_config_cache: path.join(made, 'cache') };
  const says = 'Bringing the engine "one" did not work: the npm registry could not be reached; check the connection and run the command again.';
  await assert.rejects(enginePackages(['one'], env, made), (error) => error instanceof Stop && error.message === says);
  assert.equal(existsSync(path.join(source, 'node_modules')), false);
});

test('packages as the lock file names them are left alone, and the start program finds them', async (t) => {
  const { made, source, installed } = project(t);
  mkdirSync(installed, { recursive: true });
  writeFileSync(path.join(installed, '.package-lock.json'), JSON.stringify(LOCK));
  for (const time of ['first', 'second']) {
    await enginePackages(['one'], { PATH: '' }, made);
    assert.deepEqual(JSON.parse(readFileSync(path.join(source, 'node_modules', '.package-lock.json'), 'utf8')), LOCK, time);
  }
});

test('packages that somebody installed beside the start program stay', async (t) => {
  const { made, source, installed } = project(t);
  for (const place of [installed, path.join(source, 'node_modules')]) mkdirSync(place, { recursive: true });
  writeFileSync(path.join(installed, '.package-lock.json'), JSON.stringify(LOCK));
  await enginePackages(['one'], { PATH: '' }, made);
  assert.equal(lstatSync(path.join(source, 'node_modules')).isSymbolicLink(), false);
});

test('the versions of the engines are exact, and no lock file says where a package comes from', () => {
  for (const name of engines) {
    const { dependencies } = JSON.parse(readFileSync(inRoot('examples', 'engines', name, 'package.json'), 'utf8'));
    for (const version of Object.values(dependencies)) assert.match(version, /^\d+\.\d+\.\d+$/);
    const { packages } = JSON.parse(readFileSync(inRoot('examples', 'engines', name, 'package-lock.json'), 'utf8'));
    for (const [one, { resolved, integrity }] of Object.entries(packages)) assert.ok(one === '' || (resolved === undefined && integrity), one);
  }
});

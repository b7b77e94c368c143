// The packages of engines that others wrote.
import assert from 'node:assert/strict';
import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { enginePackages, engines, serverPackages, servers } from '../../scripts/bootstrap/engines.mjs';
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

test('a server to copy finds our own package as it was packed, which its lock file does not name', async (t) => {
  const made = folder(t);
  const source = path.join(made, 'examples', 'servers', 'one');
  const [installed, packed] = [path.join(made, '.tools', 'servers', 'one', 'node_modules'), path.join(made, 'target', 'npm', 'package')];
  for (const place of [source, installed, packed]) mkdirSync(place, { recursive: true });
  writeFileSync(path.join(source, 'package-lock.json'), JSON.stringify(LOCK));
  writeFileSync(path.join(installed, '.package-lock.json'), JSON.stringify(LOCK));
  for (let time = 0; time < 2; time += 1) await serverPackages(['one'], { PATH: '' }, made);
  assert.equal(realpathSync(path.join(source, 'node_modules', 'countersign')), realpathSync(packed));
});

test('what is brought for a server to copy is what its lock file says, without our own package', async (t) => {
  const made = folder(t);
  const source = path.join(made, 'examples', 'servers', 'one');
  mkdirSync(source, { recursive: true });
  writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name: 'engine', dependencies: { countersign: '^0.1.0' } }));
  writeFileSync(path.join(source, 'package-lock.json'), JSON.stringify({ ...LOCK, packages: { '': { name: 'engine' } } }));
  await serverPackages(['one'], process.env, made);
  assert.deepEqual(JSON.parse(readFileSync(path.join(made, '.tools', 'servers', 'one', 'package.json'), 'utf8')), { name: 'engine', dependencies: {} });
});

const pinned = [...engines.map((name) => ['engines', name]), ...servers.map((name) => ['servers', name])];

test('the versions of engines and servers are exact, and no lock file says where a package comes from', () => {
  for (const at of pinned) {
    const { dependencies: { countersign: _, ...dependencies }, devDependencies = {} } = JSON.parse(readFileSync(inRoot('examples', ...at, 'package.json'), 'utf8'));
    for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
    const { packages } = JSON.parse(readFileSync(inRoot('examples', ...at, 'package-lock.json'), 'utf8'));
    assert.deepEqual(packages[''].dependencies, dependencies);
    for (const [one, { resolved, integrity }] of Object.entries(packages)) assert.ok(one === '' || (resolved === undefined && integrity), one);
  }
});

// The packages and programs of engines that others wrote.
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { RUNTIMES, enginePackages, engines, runtimePackages, serverPackages, servers } from '../../scripts/bootstrap/engines.mjs';
import { goProgram, isGo, programOf } from '../../scripts/bootstrap/go.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { Stop } from '../../scripts/lib/say.mjs';
import { folder, onlyNode } from './support.mjs';

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

test('the servers and runtimes of the tests find our own package as it was packed', async (t) => {
  const made = folder(t);
  const [installed, packed] = [path.join(made, '.tools', 'runtimes', 'node_modules'), path.join(made, 'target', 'npm', 'package')];
  for (const place of [path.join(made, RUNTIMES), installed, packed]) mkdirSync(place, { recursive: true });
  writeFileSync(path.join(made, RUNTIMES, 'package-lock.json'), JSON.stringify(LOCK));
  writeFileSync(path.join(installed, '.package-lock.json'), JSON.stringify(LOCK));
  await runtimePackages({ PATH: '' }, made);
  assert.equal(realpathSync(path.join(made, RUNTIMES, 'node_modules', 'countersign')), realpathSync(packed));
});

const examples = [...engines.filter((name) => !isGo(name)).map((name) => ['engines', name]), ...servers.map((name) => ['servers', name])];
const pinned = [...examples.map((at) => path.join('examples', ...at)), RUNTIMES, 'site'];

test('the versions of engines, servers, runtimes and what builds the documentation are exact, and no lock file says where a package comes from', () => {
  for (const at of pinned) {
    const { dependencies: { countersign: _, ...dependencies }, devDependencies = {} } = JSON.parse(readFileSync(inRoot(at, 'package.json'), 'utf8'));
    for (const version of Object.values({ ...dependencies, ...devDependencies })) assert.match(version, /^\d+\.\d+\.\d+$/);
    const { packages } = JSON.parse(readFileSync(inRoot(at, 'package-lock.json'), 'utf8'));
    assert.deepEqual(packages[''].dependencies, dependencies);
    // `npm ci` leaves those out, and they would be missed at each start.
    assert.deepEqual(Object.keys(packages).filter((name) => packages[name].extraneous), [], at);
    for (const [one, { resolved, integrity }] of Object.entries(packages)) assert.ok(one === '' || (resolved === undefined && integrity), one);
  }
});

/** A project with the module of a program in Go, and a folder for what the build writes elsewhere. */
function goProject(t) {
  const made = folder(t);
  const source = path.join(made, 'examples', 'engines', 'hydra');
  mkdirSync(source, { recursive: true });
  for (const file of ['go.mod', 'go.sum']) copyFileSync(inRoot('examples', 'engines', 'hydra', file), path.join(source, file));
  const temporary = path.join(made, 'temporary');
  mkdirSync(temporary);
  return { made, source, temporary, program: programOf('hydra', made) };
}

/** A PATH with a program `go` that is this shell script. */
function pathWithGo(t, script) {
  const bin = folder(t);
  writeFileSync(path.join(bin, 'go'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return `${bin}${path.delimiter}${process.env.PATH}`;
}

test('without Go, the engine that needs it is named', async (t) => {
  const { made } = goProject(t);
  const says = 'Go is missing: Ory Hydra is a program in Go; install Go 1.24 or newer from https://go.dev/dl and run this command again.';
  await assert.rejects(enginePackages(['hydra'], { PATH: onlyNode(t) }, made), (error) => error instanceof Stop && error.message === says);
});

test('without the registry of Go modules the missing network is named, and nothing is left behind', async (t) => {
  const { made, program, temporary } = goProject(t);
  const answer = 'echo "github.com/ory/hydra/v2: dial tcp 127.0.0.1:9: connect: connection refused" >&2; echo > "$GOMODCACHE.a"; exit 1';
  const says = 'Building Ory Hydra did not work: the registry of Go modules could not be reached; check the connection and run the command again.';
  const env = { PATH: pathWithGo(t, answer) };
  const before = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  t.after(() => { if (before === undefined) delete process.env.TMPDIR; else process.env.TMPDIR = before; });
  await assert.rejects(goProgram('hydra', env, made), (error) => error instanceof Stop && error.message === says);
  assert.equal(existsSync(program), false);
  assert.deepEqual(readdirSync(temporary), []);
});

test('a program in Go is built once, and again if its modules change', async (t) => {
  const { made, source, program } = goProject(t);
  const env = { PATH: pathWithGo(t, 'while [ "$1" != -o ]; do shift; done; echo made > "$2"') };
  await goProgram('hydra', env, made);
  assert.equal(readFileSync(program, 'utf8'), 'made\n');
  const none = { PATH: onlyNode(t) };
  await goProgram('hydra', none, made);
  writeFileSync(path.join(source, 'go.sum'), '');
  await assert.rejects(goProgram('hydra', none, made), /^Error: Go is missing/);
});

test('the versions of a program in Go are exact, with the hash of each', () => {
  const [mod, sum] = ['go.mod', 'go.sum'].map((file) => readFileSync(inRoot('examples', 'engines', 'hydra', file), 'utf8'));
  assert.match(mod, /^\tgithub\.com\/ory\/hydra\/v2 v2\.3\.0/m);
  assert.match(sum, /^github\.com\/ory\/hydra\/v2 v2\.3\.0 h1:[\w+/]{43}=$/m);
});

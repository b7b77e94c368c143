// What a user reads when something is in the way: one clear sentence, and an exit code that is not zero.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fetchCrates } from '../../scripts/build/compile.mjs';
import { Stop } from '../../scripts/lib/say.mjs';
import { folder, freePort, onlyNode, root, run, takenPort } from './support.mjs';

function saysOneSentence({ code, err }, sentence) {
  assert.equal(code, 1);
  assert.match(err, sentence);
  assert.equal(err.trim().split('\n').length, 1, `one line, not:\n${err}`);
}

/** The project's scripts and package files alone, in a folder of their own. */
function bareProject(t) {
  const made = folder(t);
  for (const name of ['scripts', 'package.json', 'components/element/package.json', 'package-lock.json', 'Cargo.toml', 'Cargo.lock']) cpSync(path.join(root, name), path.join(made, name), { recursive: true });
  return made;
}

test('a taken port of the site is named before anything is built', async (t) => {
  const port = await takenPort(t);
  const result = await run('demo.mjs', { env: { COUNTERSIGN_PORT: port } });
  saysOneSentence(result, new RegExp(`^Port ${port} is taken: .*COUNTERSIGN_PORT\\.$`, 'm'));
  assert.equal(result.out, '');
});

test('a taken port of the client is named too', async (t) => {
  const port = await takenPort(t);
  const result = await run('demo.mjs', { env: { COUNTERSIGN_PORT: await freePort(), COUNTERSIGN_CLIENT_PORT: port } });
  saysOneSentence(result, new RegExp(`^Port ${port} is taken: .*COUNTERSIGN_CLIENT_PORT\\.$`, 'm'));
});

test('a port that is no port is refused', async () => {
  saysOneSentence(await run('demo.mjs', { env: { COUNTERSIGN_PORT: 'http' } }), /COUNTERSIGN_PORT must be a port number from 1 to 65535, and is "http"\./);
});

test('a bench, a store and an engine that are not there are named, with those that are', async () => {
  saysOneSentence(await run('bench.mjs', { args: ['--only', 'none'] }), /^There is no bench "none"; there are pages, server and render\.$/m);
  saysOneSentence(await run('cluster.mjs', { args: ['--store', 'none'] }), /^There is no store "none"; there are redis and postgres\.$/m);
  saysOneSentence(await run('cluster.mjs', { args: ['--engine', 'none'] }), /^There is no engine "none"; there are memory and hydra\.$/m);
});

test('one port for both servers is refused', async () => {
  saysOneSentence(await run('demo.mjs', { env: { COUNTERSIGN_PORT: 4500, COUNTERSIGN_CLIENT_PORT: 4500 } }), /both 4500/);
});

for (const name of ['nonsense', 'constructor', '']) {
  test(`a backend that does not exist is named with those that do: "${name}"`, async () => {
    saysOneSentence(await run('demo.mjs', { args: ['--backend', name] }), new RegExp(`^There is no backend "${name}"; there are countersign and stytch\\.$`, 'm'));
  });
}

for (const args of [['--backend'], ['--bakend', 'stytch'], ['stytch'], ['--backend', '--backend']]) {
  test(`what the demo takes is said where it got something else: ${args.join(' ')}`, async () => {
    saysOneSentence(await run('demo.mjs', { args }), /; the demo takes --backend countersign or --backend stytch, --host vanilla, react, nextjs, --engine better-auth, workers, oidc-provider, hydra, --server axum, express, workers, oauth2orize, or --front-end with an address and --pages, and nothing else\.$/m);
  });
}

test('a host that does not exist is named with those that do, and goes with one backend', async () => {
  saysOneSentence(await run('demo.mjs', { args: ['--host', 'angular'] }), /^There is no host "angular"; there are vanilla, react, and nextjs\.$/m);
  saysOneSentence(await run('demo.mjs', { args: ['--host', 'react', '--backend', 'stytch'] }), /give --host or --backend, not both\.$/m);
});

test('an engine that does not exist is named with those that do, and goes with no host', async () => {
  saysOneSentence(await run('demo.mjs', { args: ['--engine', 'hydrant'] }), /^There is no engine "hydrant"; there are better-auth, workers, oidc-provider, and hydra\.$/m);
  saysOneSentence(await run('demo.mjs', { args: ['--engine', 'workers', '--host', 'react'] }), /give --engine or --host, not both\.$/m);
  saysOneSentence(await run('demo.mjs', { args: ['--server', 'koa'] }), /^There is no server "koa"; there are axum, express, workers, and oauth2orize\.$/m);
  saysOneSentence(await run('demo.mjs', { args: ['--server', 'express', '--engine', 'workers'] }), /give --server or --engine, not both\.$/m);
});

test('a front end that is not a development server on this machine is refused, and so are pages that no app has', async () => {
  const says = async (args, sentence, env) => saysOneSentence(await run('demo.mjs', { args, env }), sentence);
  await says(['--front-end', '5173'], /^--front-end takes the address of your development server, such as http:\/\/localhost:5173, and "5173" is no address\.$/m);
  await says(['--front-end', 'http://app.example:5173'], /"http:\/\/app\.example:5173" is not on this machine/);
  await says(['--front-end', 'http://localhost:4400'], /^http:\/\/localhost:4400 is where the demo itself will be: /m, { COUNTERSIGN_PORT: 4400 });
  await says(['--front-end', 'http://localhost:5173', '--pages', 'gallery'], /^Your app has no page "gallery" of the demo's: --pages takes authorization and login, /m);
  await says(['--pages', 'login'], /^--pages names the pages of your own app, and goes with --front-end alone\.$/m);
  await says(['--front-end', 'http://localhost:5173', '--host', 'react'], /give --front-end or --host, not both\.$/m);
});

test('one port for the site and the stand-in for Stytch is refused', async () => {
  const env = { COUNTERSIGN_PORT: 4500, COUNTERSIGN_CLIENT_PORT: 4501, COUNTERSIGN_STYTCH_PORT: 4500 };
  saysOneSentence(await run('demo.mjs', { args: ['--backend', 'stytch'], env }), /^COUNTERSIGN_PORT and COUNTERSIGN_STYTCH_PORT are both 4500: give each its own\.$/m);
});

test('a taken port of the stand-in for Stytch is named where the demo needs it', async (t) => {
  const port = await takenPort(t);
  const env = { COUNTERSIGN_PORT: await freePort(), COUNTERSIGN_CLIENT_PORT: await freePort(), COUNTERSIGN_STYTCH_PORT: port };
  saysOneSentence(await run('demo.mjs', { args: ['--backend', 'stytch'], env }), new RegExp(`^Port ${port} is taken: .*COUNTERSIGN_STYTCH_PORT\\.$`, 'm'));
});

test('without cargo the way to Rust is named', async (t) => {
  saysOneSentence(await run('bootstrap.mjs', { env: { PATH: onlyNode(t) } }), /^cargo is missing: install Rust from https:\/\/rustup\.rs and run this command again\.$/m);
});

test('without the npm registry the missing network is named', async (t) => {
  const from = bareProject(t);
  const env = { npm_config_registry: 'http://127.0.0.1:9/', npm_config_replace_registry_host: 'always', npm_config_cache: path.join(from, 'cache') };
  saysOneSentence(await run('bootstrap.mjs', { from, cwd: from, env }), /^Bringing the npm packages did not work: the npm registry could not be reached; check the connection and run the command again\.$/m);
});

test('without the crate registry the missing network is named', async (t) => {
  const home = path.join(folder(t), 'cargo');
  mkdirSync(home);
  const env = { ...process.env, CARGO_HOME: home, CARGO_HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9', CARGO_NET_RETRY: '0' };
  await assert.rejects(fetchCrates(env, true), (error) => error instanceof Stop && /^Bringing the crates did not work: the crate registry could not be reached;/.test(error.message));
});

test('a layer that does not exist is named with those that do', async () => {
  const { code, err } = await run('test.mjs', { args: ['--only', 'nonsense'] });
  assert.equal(code, 1);
  assert.match(err, /^There is no layer "nonsense"; there are form, deny, clippy, .*e2e, browsers, trunk\.$/m);
});

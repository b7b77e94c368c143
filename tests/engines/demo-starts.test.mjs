// `npm run demo -- --engine NAME`, from the programs that it starts on: each as the demo starts it, with the site and the client at free ports.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { engines } from '../../scripts/demo/backends.mjs';
import { listening } from '../../scripts/demo/ports.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { holdPort } from '../e2e/support/ports.mjs';

/** Hydra has a test of its own, with its program. */
const names = Object.keys(engines).filter((name) => name !== 'hydra');

/** Starts a program, and waits until it listens. */
async function begin(t, { command, args, port, env }) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  let [said, over] = ['', false];
  child.stderr.on('data', (text) => { said += text; });
  const ended = new Promise((resolve) => { child.once('close', resolve); });
  ended.then(() => { over = true; });
  t.after(async () => { child.kill(); await ended; });
  await listening(port, () => over);
  assert.equal(over, false, said);
}

for (const name of names) {
  test(`${name}: the demo’s command, which its README names, starts a site with the page and a client for it`, { timeout: 120_000 }, async (t) => {
    assert.ok(readFileSync(inRoot('examples', 'engines', name, 'README.md'), 'utf8').includes(`\`npm run demo -- --engine ${name}\``));
    const held = [await holdPort(), await holdPort()];
    const [site, client] = held.map(({ port }) => port);
    await Promise.all(held.map(({ release }) => release()));
    const programs = engines[name].programs({ site, client });
    for (const program of programs) await begin(t, program);
    const { COUNTERSIGN_ISSUER: issuer } = programs.at(-1).env;
    const { origin, pathname } = new URL(issuer);
    const places = [`${issuer}/.well-known/openid-configuration`, `${origin}/.well-known/oauth-authorization-server${pathname.replace(/\/$/, '')}`];
    const found = (await Promise.all(places.map((place) => fetch(place)))).find(({ ok }) => ok);
    const { authorization_endpoint: endpoint } = await found.json();
    const page = await fetch(`${endpoint}?client_id=nobody`);
    assert.match(page.headers.get('content-security-policy'), /^default-src 'none'; /);
    assert.equal((await fetch(`http://localhost:${client}/`)).status, 200);
  });
}

// The kit of the packed package in servers and runtimes that its README names: a site in one handler, driven by the check from a request to
// tokens. Route handlers of Next.js are in packages.test.mjs; Express, and Hono on Workers, are servers to copy (tests/engines/servers.test.mjs).
import path from 'node:path';
import test from 'node:test';
import { sources, started } from './support/hosts.mjs';
import { passesEveryCheck } from './support/kit.mjs';

const bin = (name) => path.join('node_modules', '.bin', name);
/** Deno asks for what a program may do. */
const MAY = ['--allow-net', '--allow-read', '--allow-env', '--no-prompt'];

const hosts = {
  Fastify: [process.execPath, 'fastify.mjs'],
  Deno: [bin('deno'), 'run', ...MAY, 'deno.mjs'],
  Bun: [bin('bun'), 'bun.mjs'],
};

for (const [name, command] of Object.entries(hosts)) {
  test(`in ${name}, every check passes`, { timeout: 120_000 }, async (t) => {
    const { origin, close } = await started(sources.fixture('kit'), command);
    t.after(close);
    await passesEveryCheck(origin);
  });
}

// Builds the documentation into target/site, and serves it until Ctrl-C with its own strict headers: `npm run docs`.
// `--build` only builds it; `--watch` builds it again when a document changes. `site/` has what it is made of.
import { rmSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { build, siteSteps } from './build.mjs';
import { checkPorts, demoPorts } from './demo/ports.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { run, start } from './lib/run.mjs';
import { plan, step, Stop } from './lib/say.mjs';
import { serveSite } from './site/serve.mjs';

/** Where the built site is. */
export const SITE = inRoot('target', 'site');

const eleventy = (...more) => [inRoot('site', 'node_modules', '@11ty', 'eleventy', 'cmd.cjs'), '--config=site/eleventy.config.mjs', '--quiet', ...more];

/** Builds the site. The demo's pages must be built, since the gallery is one of them. */
export async function buildDocs(env) {
  rmSync(SITE, { recursive: true, force: true });
  await run(process.execPath, eleventy(), { env, quiet: true, what: 'Building the documentation' });
}

function options() {
  try {
    return parseArgs({ options: { build: { type: 'boolean' }, watch: { type: 'boolean' } } }).values;
  } catch {
    throw new Stop('`npm run docs` takes --build or --watch, and nothing else.');
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { build: only, watch } = options();
    const ports = demoPorts(['docs']);
    if (!only) await checkPorts(ports);
    plan(toolSteps, siteSteps, 'docs');
    const { env } = await bootstrap({ site: true });
    await build(env);
    step('docs', 'the documentation, into target/site');
    await buildDocs(env);
    if (only) return;
    const { origin } = await serveSite(SITE, ports.docs);
    console.log(`\nThe documentation is at ${origin}\n`);
    const ended = watch ? start(process.execPath, eleventy('--watch'), { env }).ended : new Promise(() => {});
    await ended;
  });
}

// Builds the npm package and packs it into target/npm/countersign-<version>.tgz. Every test of the
// package uses that file.
import { mkdirSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { fetchCrates, isSmall } from './build/compile.mjs';
import { SHIPPED } from './build/documents.mjs';
import { npmPackage, programs } from './build/package.mjs';
import { renderProgram } from './build/render.mjs';
import { stamp } from './build/stamp.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { run } from './lib/run.mjs';
import { note, plan, step, took } from './lib/say.mjs';
import { weighPackage } from './sizes/package.mjs';

const { version } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));

/** The path of the packed package. */
export const tarball = inRoot('target', 'npm', `countersign-${version}.tgz`);

const packageStamp = stamp({
  file: inRoot('target', 'npm', 'stamp.json'),
  inputs: ['api', 'server', 'site/content/nav.mjs', 'scripts/check-contract.mjs', 'scripts/shrink.mjs', 'scripts/lib', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', ...SHIPPED],
  outputs: () => [tarball, inRoot('target', 'npm', 'package')],
});

/** The steps of `pack`, for `plan`. */
export const packageSteps = ['package: crates', 'package: compile', 'package: assemble'];

/** Builds and packs the npm package unless it is up to date. */
export async function pack(env) {
  const small = isSmall(env);
  const from = packageStamp.from(env, small);
  if (packageStamp.isFresh(from)) {
    step(packageSteps, 'the npm package is up to date', 'nothing it is made of has changed');
    return;
  }
  const begin = performance.now();
  mkdirSync(inRoot('target', 'npm'), { recursive: true });
  packageStamp.remove();
  step('package: crates', 'cargo fetch', 'downloads the crates');
  await fetchCrates(env, small);
  step('package: compile', 'cargo build', 'the WebAssembly of servers and of the elements in release, without Stytch and with it: a first build takes minutes');
  const render = await renderProgram({ env, small });
  const made = await programs({ env, small });
  step('package: assemble', 'the npm package', 'scripts, types, style sheets, languages');
  const folder = await npmPackage(made, render);
  await run('npm', ['pack', folder, '--pack-destination', inRoot('target', 'npm'), '--loglevel=error'], { env, quiet: true, what: 'npm pack' });
  packageStamp.set(from, small);
  note(`the npm package is in ${tarball.slice(inRoot().length + 1)}`, took(begin));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    plan(toolSteps, packageSteps);
    const { env } = await bootstrap();
    await pack(env);
    return await weighPackage(packageStamp.isSmall());
  });
}

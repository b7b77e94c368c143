// Builds the npm package and packs it: target/npm/countersign-<version>.tgz, which every test of the package uses.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { element } from './build/element.mjs';
import { npmPackage } from './build/package.mjs';
import { hashOf, packageInputs } from './build/stamp.mjs';
import { fetchCrates } from './build/trunk.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { ask, run } from './lib/run.mjs';
import { step, took } from './lib/say.mjs';
import { weighPackage } from './sizes/package.mjs';

const { version } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));

/** The packed package. */
export const tarball = inRoot('target', 'npm', `countersign-${version}.tgz`);
const stamp = inRoot('target', 'npm', 'stamp');

const isPacked = (from) => existsSync(tarball) && existsSync(stamp) && readFileSync(stamp, 'utf8') === from + hashOf([tarball]);

/** Packs what is not up to date. */
export async function pack(env) {
  const from = packageInputs(ask('rustc', ['-vV'], env));
  if (isPacked(from)) {
    step('the npm package is up to date', 'nothing it is made of has changed');
    return;
  }
  const begin = performance.now();
  step('the npm package', 'WebAssembly in release: a first build takes minutes');
  rmSync(stamp, { force: true });
  await fetchCrates(env);
  const folder = await npmPackage(await element(env));
  await run('npm', ['pack', folder, '--pack-destination', inRoot('target', 'npm'), '--loglevel=error'], { env, quiet: true, what: 'npm pack' });
  writeFileSync(stamp, from + hashOf([tarball]));
  step(`the npm package is in ${tarball.slice(inRoot().length + 1)}`, took(begin));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { env } = await bootstrap();
    await pack(env);
    return await weighPackage();
  });
}

// Builds the site in release into dist/, prints what it weighs, and fails where that is over the budget.
import { pathToFileURL } from 'node:url';
import { bootstrap } from './bootstrap.mjs';
import { finish } from './build/finish.mjs';
import { pages } from './build/pages.mjs';
import { inputs, isBuilt, setBuilt } from './build/stamp.mjs';
import { fetchCrates, trunk } from './build/trunk.mjs';
import { main } from './lib/main.mjs';
import { ask } from './lib/run.mjs';
import { step, took } from './lib/say.mjs';
import { weigh } from './sizes.mjs';

/** Builds what is not up to date, with the environment bootstrap gave. */
export async function build(env) {
  const from = inputs(ask('rustc', ['-vV'], env));
  if (isBuilt(from)) {
    step('the site is up to date', 'nothing it is built from has changed');
    return;
  }
  step('cargo fetch', 'the crates the widget is made of');
  await fetchCrates(env);
  for (const page of pages) {
    const begin = performance.now();
    step(`trunk build ${page.html}`, `the page "${page.name}", in release: a first build takes minutes`);
    const staged = await trunk(page, env);
    step(`making the page "${page.name}" small`, 'wasm-opt, short names, brotli and gzip');
    await finish(page, staged);
    step(`the page "${page.name}" is in dist/${page.name}`, took(begin));
  }
  setBuilt(from);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { env } = await bootstrap();
    await build(env);
    weigh();
  });
}

// Builds the site in release mode into dist/, prints its size, and fails if it is over the budget.
import { pathToFileURL } from 'node:url';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { compilePages, fetchCrates, isSmall } from './build/compile.mjs';
import { pages, siteStamp } from './build/pages.mjs';
import { page } from './build/site.mjs';
import { atOnce } from './lib/run.mjs';
import { main } from './lib/main.mjs';
import { note, plan, step, took } from './lib/say.mjs';
import { weigh } from './sizes.mjs';

/** The steps of `build`, for `plan`. */
export const siteSteps = ['site: crates', 'site: compile', 'site: shrink'];

/** Builds the site unless it is up to date, in the environment that `bootstrap` returned. */
export async function build(env) {
  const small = isSmall(env);
  const from = siteStamp.from(env, small);
  if (siteStamp.isFresh(from)) {
    step(siteSteps, 'the site is up to date', 'nothing it is built from has changed');
    return;
  }
  const begin = performance.now();
  siteStamp.remove();
  step('site: crates', 'cargo fetch', 'downloads the crates');
  await fetchCrates(env, small);
  step('site: compile', 'cargo build', `all pages in release${small ? ', with a standard library made for size' : ''}: a first build takes minutes`);
  const compiled = await compilePages({ env, small });
  step('site: shrink', 'making the pages small', 'wasm-bindgen, wasm-opt, short names, brotli and gzip');
  const make = async (one) => {
    await page(one, compiled, { env, small });
    note(`the page "${one.name}" is in dist/${one.name}`, took(begin));
  };
  await atOnce(pages.filter(({ next }) => !next), make);
  // These name the files of others.
  await atOnce(pages.filter(({ next }) => next), make);
  siteStamp.set(from, small);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    plan(toolSteps, siteSteps);
    const { env } = await bootstrap();
    await build(env);
    weigh();
  });
}

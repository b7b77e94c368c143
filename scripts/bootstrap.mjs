// Works out what this machine lacks to build Countersign, and brings it; quick where nothing is missing.
import { pathToFileURL } from 'node:url';
import { browserFor } from './bootstrap/browser.mjs';
import { npmPackages } from './bootstrap/npm.mjs';
import { rustChecks, rustFor } from './bootstrap/rust.mjs';
import { toolsFor } from './bootstrap/tools.mjs';
import { main } from './lib/main.mjs';
import { step } from './lib/say.mjs';

/**
 * Brings what is missing. Answers the environments to run programs in: `env` for everything, `formatter` for `cargo fmt`.
 * With `tests`, also browser, driver, formatter and linter.
 */
export async function bootstrap({ tests = false } = {}) {
  const before = process.env;
  await npmPackages(before);
  const rust = await rustFor(before, { clippy: tests });
  const formatter = tests ? await rustChecks(before, rust) : null;
  let env = await toolsFor(rust);
  if (tests) env = await browserFor(env);
  return { env, formatter };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { env } = await bootstrap({ tests: process.argv.includes('--tests') });
    step('everything is there', env.RUSTUP_TOOLCHAIN ? `Rust toolchain "${env.RUSTUP_TOOLCHAIN}"` : "rustup's default toolchain");
  });
}

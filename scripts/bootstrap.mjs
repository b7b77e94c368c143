// Finds what this machine lacks to build Countersign and installs it. Quick if nothing is missing.
import { pathToFileURL } from 'node:url';
import { browserFor, otherBrowsersFor } from './bootstrap/browser.mjs';
import { databasesFor } from './bootstrap/databases.mjs';
import { engines, enginePackages, runtimePackages, serverPackages, servers, sitePackages } from './bootstrap/engines.mjs';
import { npmPackages } from './bootstrap/npm.mjs';
import { pythonPackages } from './bootstrap/python.mjs';
import { rustChecks, rustFor } from './bootstrap/rust.mjs';
import { toolsFor } from './bootstrap/tools.mjs';
import { main } from './lib/main.mjs';
import { note, plan, step } from './lib/say.mjs';

/** The steps of `bootstrap`, for `plan`. */
export const toolSteps = ['tools'];

/**
 * Installs what is missing. Returns the environments for child processes: `env` for everything,
 * `formatter` for `cargo fmt`. `tests` adds browser, driver, formatter and linter; `trunk` and `deny` add
 * those tools; `python` adds the programs in Python; `browsers` adds Firefox and WebKit; `engines` names the
 * engines that others wrote, and `servers` the servers to copy; `runtimes` adds Fastify, Deno and Bun;
 * `databases` adds Redis and PostgreSQL; `site` adds what builds the documentation.
 */
export async function bootstrap({ tests = false, trunk = false, deny = false, python = false, browsers = false, engines: wanted = [], servers: hosts = [], runtimes = false, databases = false, site = false } = {}) {
  const before = process.env;
  step('tools', 'looking for what this machine lacks', tests ? 'packages, compiler, tools, a browser' : 'packages, compiler, tools');
  await npmPackages(before);
  await enginePackages(wanted, before);
  await serverPackages(hosts, before);
  if (runtimes) await runtimePackages(before);
  if (site) await sitePackages(before);
  if (python) await pythonPackages(before);
  const rust = await rustFor(before, { clippy: tests });
  const formatter = tests ? await rustChecks(before, rust) : null;
  let env = await toolsFor(rust, { trunk, deny });
  if (tests) env = await browserFor(env);
  if (browsers) env = await otherBrowsersFor(env);
  if (databases) env = await databasesFor(env);
  return { env, formatter };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    plan(toolSteps);
    const has = (flag) => process.argv.includes(flag);
    const all = has('--tests') || has('--engines');
    const { env } = await bootstrap({ tests: has('--tests'), trunk: has('--trunk'), deny: has('--tests'), python: has('--tests') || has('--python'), browsers: has('--tests'), engines: all ? engines : [], servers: all ? servers : [], runtimes: has('--tests'), databases: has('--tests'), site: has('--tests') });
    note('everything is there', env.RUSTUP_TOOLCHAIN ? `Rust toolchain "${env.RUSTUP_TOOLCHAIN}"` : "rustup's default toolchain");
  });
}

// Chromium and its driver, for the tests.
import { existsSync } from 'node:fs';
import { which } from '../lib/run.mjs';
import { mayWriteOutside, Stop } from '../lib/say.mjs';
import { aptInstall, hasApt } from './debian.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_A_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function find(env) {
  const browser = env.CHROMIUM || BROWSERS.map((name) => which(name, env)).find(Boolean) || (existsSync(ON_A_MAC) ? ON_A_MAC : null);
  const driver = env.CHROMEDRIVER || which('chromedriver', env);
  return { browser, driver };
}

/** Adds CHROMIUM and CHROMEDRIVER, the paths of both, to the environment. */
export async function browserFor(env) {
  let { browser, driver } = find(env);
  if (!browser || !driver) {
    if (!hasApt()) {
      throw new Stop(`The tests need ${browser ? 'chromedriver' : 'Chromium and chromedriver'}: install ${browser ? 'it' : 'them'}, or name them in CHROMIUM and CHROMEDRIVER, and run this command again.`);
    }
    await mayWriteOutside('The tests run in a browser, so the Debian packages chromium and chromium-driver are installed.');
    await aptInstall(['chromium', 'chromium-driver'], 'the tests run in a browser');
    ({ browser, driver } = find(env));
    if (!browser || !driver) throw new Stop('Debian installed chromium and chromium-driver, but they are not on PATH.');
  }
  return { ...env, CHROMIUM: browser, CHROMEDRIVER: driver };
}

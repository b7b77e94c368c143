// Installs Chromium, its driver and fonts for the tests.
import { existsSync } from 'node:fs';
import { ask, which } from '../lib/run.mjs';
import { mayWriteOutside, Stop } from '../lib/say.mjs';
import { aptInstall, hasApt } from './debian.mjs';

const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ON_A_MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** The fonts of the screenshots in tests/gallery, with their Debian packages. */
const FONTS = { 'Noto Sans': 'fonts-noto-core', 'Noto Sans CJK JP': 'fonts-noto-cjk', 'DejaVu Sans Mono': 'fonts-dejavu-core' };

/** Installs the fonts on Debian. A browser that is already running does not find them. */
async function fonts() {
  if (!hasApt()) return;
  const families = ask('fc-list', [':', 'family']);
  const there = new Set(families?.split(/[\n,]/));
  const missing = Object.keys(FONTS).filter((family) => !there.has(family)).map((family) => FONTS[family]);
  if (families === null) missing.unshift('fontconfig');
  if (!missing.length) return;
  await mayWriteOutside(`The tests compare screens with pictures, so the Debian packages ${missing.join(', ')} are installed.`);
  await aptInstall(missing, 'screens are compared with pictures in these fonts');
}

function find(env) {
  const browser = env.CHROMIUM || BROWSERS.map((name) => which(name, env)).find(Boolean) || (existsSync(ON_A_MAC) ? ON_A_MAC : null);
  const driver = env.CHROMEDRIVER || which('chromedriver', env);
  return { browser, driver };
}

const SHELL = 'chromium-headless-shell';

/** The packages of these names, and Chromium's headless shell if this distribution has it: most tests need half of the time in it. */
const withShell = (names) => (ask('apt-cache', ['show', SHELL]) === null ? names : [...names, SHELL]);

/** Installs the headless shell beside a browser that is already there. */
async function shell(env) {
  if (which(SHELL, env) || !hasApt() || !withShell([]).length) return;
  await mayWriteOutside(`Most tests run in a lighter Chromium, so the Debian package ${SHELL} is installed.`);
  await aptInstall([SHELL], 'most tests run in it, in half of the time');
}

/** Adds the paths of both programs to the environment, as CHROMIUM and CHROMEDRIVER. */
export async function browserFor(env) {
  let { browser, driver } = find(env);
  if (!browser || !driver) {
    if (!hasApt()) {
      throw new Stop(`The tests need ${browser ? 'chromedriver' : 'Chromium and chromedriver'}: install ${browser ? 'it' : 'them'}, or name them in CHROMIUM and CHROMEDRIVER, and run this command again.`);
    }
    await mayWriteOutside(`The tests run in a browser, so the Debian packages chromium, chromium-driver and ${SHELL} are installed.`);
    await aptInstall(() => withShell(['chromium', 'chromium-driver']), 'the tests run in a browser');
    ({ browser, driver } = find(env));
    if (!browser || !driver) throw new Stop('Debian installed chromium and chromium-driver, but they are not on PATH.');
  }
  await shell(env);
  await fonts();
  return { ...env, CHROMIUM: browser, CHROMEDRIVER: driver };
}

/** The programs of the layer `browsers`: the variable that names one, the names it may have, and its Debian package. */
const OTHERS = [
  { variable: 'FIREFOX', names: ['firefox-esr', 'firefox'], debian: 'firefox-esr' },
  { variable: 'WEBKIT_DRIVER', names: ['WebKitWebDriver'], debian: 'webkit2gtk-driver' },
  { variable: 'XVFB', names: ['Xvfb'], debian: 'xvfb' },
];

/** Adds the paths of Firefox, of WebKit's driver and of a screen in memory to the environment. */
export async function otherBrowsersFor(env) {
  const look = () => OTHERS.map((it) => ({ ...it, file: env[it.variable] || it.names.map((name) => which(name, env)).find(Boolean) }));
  const missing = look().filter(({ file }) => !file);
  if (missing.length) {
    const named = missing.map(({ names }) => names[0]).join(', ');
    if (!hasApt()) throw new Stop(`The layer "browsers" needs ${named}: install them, or name them in ${missing.map(({ variable }) => variable).join(', ')}. Or run the other layers: npm test -- --only rust,server,…`);
    const packages = missing.map(({ debian }) => debian);
    await mayWriteOutside(`Firefox and WebKit are tested too, so the Debian packages ${packages.join(', ')} are installed.`);
    await aptInstall(packages, 'the main flow and every screen run in Firefox and WebKit too');
  }
  const found = look();
  const lost = found.filter(({ file }) => !file);
  if (lost.length) throw new Stop(`Debian installed ${lost.map(({ debian }) => debian).join(', ')}, but ${lost.map(({ names }) => names[0]).join(', ')} is not on PATH.`);
  return { ...env, ...Object.fromEntries(found.map(({ variable, file }) => [variable, file])) };
}

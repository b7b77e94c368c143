// WebKit: the browser of WebKitGTK with the driver of the same package, on a screen in memory.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Builder, Key } from 'selenium-webdriver';
import { holdPort } from '../../e2e/support/ports.mjs';

const PATIENCE = 30_000;
/** Between two looks at a driver that starts. */
const MOMENT = 50;
const KEYS = { Tab: Key.TAB, Space: Key.SPACE, Enter: Key.ENTER };
const ENVIRONMENT = {
  GDK_BACKEND: 'x11',
  WEBKIT_DISABLE_DMABUF_RENDERER: '1',
  LIBGL_ALWAYS_SOFTWARE: '1',
  // A sandbox needs rights that a container has not.
  WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
  LANG: 'C.UTF-8',
  LANGUAGE: 'en_US:en',
};

/** Starts a screen and answers its name. */
async function startScreen() {
  const screen = spawn(process.env.XVFB ?? 'Xvfb', ['-displayfd', '1', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [number] = await once(screen.stdout, 'data');
  return { screen, display: `:${String(number).trim()}` };
}

/** A tab, by the same words for every browser. */
class Tab {
  complaints = [];

  constructor(driver) {
    this.driver = driver;
  }

  open(url) {
    return this.driver.get(url);
  }

  url() {
    return this.driver.getCurrentUrl();
  }

  reload() {
    return this.driver.navigate().refresh();
  }

  run(work, ...given) {
    return this.driver.executeScript(`return (${work}).apply(null, arguments)`, ...given);
  }

  /** Clicks on what `find` answers in the page. */
  async click(find, ...given) {
    // Where it is, whatever lies over it there: the label of a box may.
    const found = await this.run(find, ...given);
    await this.run((node) => node.scrollIntoView({ block: 'center' }), found);
    await this.driver.actions().move({ origin: found }).click().perform();
  }

  async type(text) {
    await this.driver.switchTo().activeElement().sendKeys(text);
  }

  press(key) {
    return this.driver.actions().sendKeys(KEYS[key]).perform();
  }

  async resize(width, height) {
    // The window has a frame around the page.
    await this.driver.manage().window().setRect({ width, height, x: 0, y: 0 });
    const [inner, high] = await this.run(() => [innerWidth, innerHeight]);
    await this.driver.manage().window().setRect({ width: width + width - inner, height: height + height - high, x: 0, y: 0 });
  }

  /** Leaves nothing of this visitor behind. All pages of a test are on one host, whatever their ports. */
  async close() {
    await this.driver.manage().deleteAllCookies();
    await this.driver.get('about:blank');
  }
}

/** Fails where an answer does not come: the driver's own calls have no end. */
async function within(answer, what) {
  let timer;
  const overdue = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`WebKit does not answer: ${what}`)), 2 * PATIENCE);
  });
  return Promise.race([answer, overdue]).finally(() => clearTimeout(timer));
}

/** One browser for all visitors of a file, one after the other: it starts slowly. */
async function startSession(server) {
  const capabilities = { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { args: ['--automation'] } };
  const session = await within(new Builder().usingServer(server).withCapabilities(capabilities).build(), 'a new session');
  const execute = session.execute.bind(session);
  session.execute = (command) => within(execute(command), command.getName());
  await session.manage().setTimeouts({ pageLoad: PATIENCE, script: PATIENCE });
  return session;
}

/** Starts it: `tab` answers a new tab of a visitor who was never here. */
export async function startWebKit() {
  const { screen, display } = await startScreen();
  const held = await holdPort();
  await held.release();
  const environment = { ...process.env, ...ENVIRONMENT, DISPLAY: display };
  const driver = spawn(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', [`--port=${held.port}`, '--host=127.0.0.1', '--replace-on-new-session'], { env: environment, stdio: 'ignore' });
  const server = `http://127.0.0.1:${held.port}`;
  const end = () => {
    driver.kill();
    screen.kill();
  };
  const isReady = () => fetch(`${server}/status`).then((answer) => answer.ok, () => false);
  try {
    for (const late = Date.now() + PATIENCE; !await isReady();) {
      if (Date.now() > late || driver.exitCode !== null) throw new Error('WebKitWebDriver does not answer.');
      await pause(MOMENT);
    }
    const session = await startSession(server);
    return {
      tab: async () => new Tab(session),
      close: () => session.quit().finally(end),
    };
  } catch (error) {
    end();
    throw error;
  }
}

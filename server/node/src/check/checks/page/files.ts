/** What the page is made of: its files are there, the widget is among them, and clients find the page. */
import { type Browser, expect } from '../../browser.ts';
import type { Check } from '../../check.ts';
import { NotApplicable } from '../../errors.ts';
import type { Trial } from '../../trial.ts';

const BACKEND = 'docs/backend.md';
const MOST_FILES = 40;
/** Elements whose files a browser loads by itself. A link to another page is none of them. */
const LOADING = /<(script|link|img)\b((?:"[^"]*"|'[^']*'|[^'">])*)>/gi;
const ADDRESS = /\s(?:src|href)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
/** The element of the widget, the page of the demo, or the name of the package in what a bundler has made. */
const WIDGET = /countersign/i;

/** Attributes have a few characters as references. */
const unescaped = (text: string): string => text.replace(/&(?:amp|#38|#x26);/gi, '&').replace(/&quot;/g, '"').replace(/&#(?:39|x27);/gi, "'");

interface Loaded {
  readonly url: URL;
  readonly isScript: boolean;
}

/** The files of the page's own origin that its HTML names. */
function filesOf(html: string, page: URL): Loaded[] {
  const bare = html.replace(/<!--[\s\S]*?-->/g, '');
  const base = new URL(/<base\b[^>]*\shref="([^"]*)"/i.exec(bare)?.[1] ?? '', page);
  const found = [...bare.matchAll(LOADING)].flatMap(([, name = '', attributes = '']) => {
    const [, ...values] = ADDRESS.exec(attributes) ?? [];
    const value = values.find((one) => one !== undefined);
    // What is only connected to is not loaded.
    if (value === undefined || /\srel\s*=\s*["']?(?:preconnect|dns-prefetch|canonical|alternate)\b/i.test(attributes)) return [];
    const address = unescaped(value.trim());
    if (!URL.canParse(address, base)) return [];
    const isScript = /^script$/i.test(name) || /\srel\s*=\s*["']?modulepreload\b/i.test(attributes);
    return [{ url: new URL(address, base), isScript }];
  });
  return found.filter(({ url }, index) => url.origin === page.origin && found.findIndex((one) => one.url.href === url.href) === index);
}

/** Loads the files. Returns the text of the scripts. */
async function loaded(browser: Browser, files: readonly Loaded[]): Promise<string[]> {
  const texts: string[] = [];
  for (const { url, isScript } of files.slice(0, MOST_FILES)) {
    const response = await browser.fetch(url);
    expect(response.ok, `The page names ${url.pathname}, which answered ${response.status}.`);
    const type = response.headers.get('content-type') ?? '';
    if (!isScript) continue;
    expect(/\b(?:java|ecma)script\b/i.test(type), `${url.pathname} is a script, and has the type "${type}": a browser does not run it.`);
    texts.push(await response.text());
  }
  return texts;
}

export const files: readonly Check[] = [
  {
    id: 'page.files',
    title: 'The page has the widget, and its files are there.',
    says: '`GET` returns the page with the widget.',
    from: BACKEND,
    fix: 'Look at the page in a browser. Serve the folder `dist` of the npm package, whole: `await packageFiles(new URL(\'./dist/\', import.meta.resolve(\'countersign/package.json\')))`.',
    async run(trial: Trial) {
      const browser = trial.browser();
      const page = new URL(`${trial.site.page!.path}?${trial.request().query}`, trial.outlet.origin);
      const html = await (await browser.fetch(page, { headers: { accept: 'text/html' } })).text();
      const scripts = filesOf(html, page);
      const texts = await loaded(browser, scripts);
      const inline = /<script\b(?![^>]*\ssrc)[^>]*>[^<]/i.test(html);
      expect(scripts.some(({ isScript }) => isScript) || inline, 'The page loads no script, and the widget needs one.');
      expect([html, ...texts].some((text) => WIDGET.test(text)), 'Neither the page nor its scripts name the widget.');
    },
  },
  {
    id: 'page.endpoint',
    title: 'The page is where clients are sent.',
    says: 'Your server serves the page at the authorization endpoint',
    from: BACKEND,
    fix: 'Let `authorization_endpoint` of the metadata, the path of the page, and `page.path` of the config be one address.',
    needs: ['tokens'],
    run(trial: Trial) {
      const { authorization_endpoint: endpoint } = trial.tokens.server;
      expect(endpoint !== undefined, 'The metadata name no `authorization_endpoint`.');
      const { origin, pathname } = new URL(endpoint);
      if (origin !== trial.outlet.origin) throw new NotApplicable(`The authorization endpoint is at ${origin}, which has to lead to the page.`);
      const { path } = trial.site.page!;
      expect(pathname === path, `The metadata send clients to ${pathname}, and the page of the config is ${path}.`);
    },
  },
];

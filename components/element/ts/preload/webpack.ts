/** A plugin for webpack that writes the `<link>` tags for the widget's files into the HTML that it emits, or into a file. */

import { linksOf, linkTags, type PreloadLink } from './links.js';
import type { PreloadPluginOptions } from './vite.js';

/** What the plugin takes. */
export interface WebpackPreloadOptions extends PreloadPluginOptions {
  /** Also writes the links as JSON into this file, for a server that makes the HTML. */
  file?: string;
}

interface Source { source: () => string | Uint8Array }
interface Asset { name: string; source: Source; info: { sourceFilename?: string } }

/** What the plugin uses of webpack. */
interface Compilation {
  hooks: { processAssets: { tap: (options: { name: string; stage: number }, run: () => void) => void } };
  outputOptions: { publicPath?: unknown };
  getAssets: () => readonly Asset[];
  updateAsset: (name: string, source: never) => void;
  emitAsset: (name: string, source: never) => void;
}
interface Compiler {
  webpack: { Compilation: { PROCESS_ASSETS_STAGE_SUMMARIZE: number }; sources: { RawSource: new (text: string) => unknown } };
  hooks: { thisCompilation: { tap: (name: string, run: (compilation: Compilation) => void) => void } };
}

const NAME = 'countersign-preload';

/** Writes `<link>` tags for the WebAssembly and for Stytch's host. */
export class CountersignPreloadPlugin {
  readonly #options: WebpackPreloadOptions;

  constructor(options: WebpackPreloadOptions = {}) {
    this.#options = options;
  }

  apply(compiler: Compiler): void {
    const stage = compiler.webpack.Compilation.PROCESS_ASSETS_STAGE_SUMMARIZE;
    compiler.hooks.thisCompilation.tap(NAME, (compilation) => {
      compilation.hooks.processAssets.tap({ name: NAME, stage }, () => this.#write(compilation, (text) => new compiler.webpack.sources.RawSource(text) as never));
    });
  }

  #links(compilation: Compilation): PreloadLink[] {
    const { stytch, program = stytch ? 'stytch' : 'widget' } = this.#options;
    const { publicPath } = compilation.outputOptions;
    // Unless the path is a text, only webpack's own runtime knows it.
    const base = typeof publicPath === 'string' && publicPath !== 'auto' ? publicPath : '';
    const wasm = compilation.getAssets().find(({ info }) => info.sourceFilename?.endsWith(`countersign/dist/${program}.wasm`));
    return linksOf({ stytch, wasm: wasm && base + wasm.name });
  }

  #write(compilation: Compilation, source: (text: string) => never): void {
    const { pages = () => true, file } = this.#options;
    const links = this.#links(compilation);
    for (const { name, source: html } of compilation.getAssets()) {
      if (!name.endsWith('.html') || !pages(`/${name}`)) continue;
      const text = String(html.source());
      compilation.updateAsset(name, source(text.replace(/(?=<\/head>)/i, () => linkTags(links))));
    }
    if (file) compilation.emitAsset(file, source(`${JSON.stringify(links, null, 2)}\n`));
  }
}

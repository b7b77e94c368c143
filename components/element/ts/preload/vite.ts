/** A plugin for Vite that writes the `<link>` tags for the widget's files into the head of pages. */

import type { ProgramName } from '../wasm/program.js';
import { linksOf, type PreloadLink } from './links.js';
import type { StytchProject } from './project.js';

/** What the plugins take. */
export interface PreloadPluginOptions {
  /** The pages with the widget, by the path of their HTML (`/index.html`). All pages by default. */
  pages?: (path: string) => boolean;
  /** The Stytch project, if the pages are in front of one. */
  stytch?: StytchProject;
  /** The program; by default `stytch` with a Stytch project, and else `widget`. */
  program?: ProgramName;
}

/** A file that Vite writes: what the plugin reads of it. */
interface Emitted {
  type: 'asset' | 'chunk';
  fileName: string;
  originalFileNames?: string[];
  moduleIds?: string[];
  imports?: string[];
}

interface Context {
  path: string;
  bundle?: Record<string, Emitted>;
  chunk?: Emitted;
}

interface Tag { tag: 'link'; attrs: Record<string, string>; injectTo: 'head' }

/** What Vite reads of a plugin. */
export interface VitePreloadPlugin {
  name: string;
  configResolved: (config: { base: string }) => void;
  transformIndexHtml: { order: 'post'; handler: (html: string, context: Context) => Tag[] };
}

const tag = (link: PreloadLink): Tag => ({
  tag: 'link', attrs: Object.fromEntries(Object.entries(link).map(([name, value]) => [name.toLowerCase(), value as string])), injectTo: 'head',
});

/** All chunks that a chunk imports, with itself: Vite preloads those. */
function reached(start: Emitted | undefined, bundle: Record<string, Emitted>): Set<Emitted> {
  const all = new Set<Emitted>(start && [start]);
  for (const chunk of all) for (const name of chunk.imports ?? []) if (bundle[name]) all.add(bundle[name]);
  return all;
}

/** Writes `<link>` tags for the WebAssembly, for the chunk with the elements if a page imports it late, and for Stytch's host. */
export function countersignPreload({ pages = () => true, stytch, program = stytch ? 'stytch' : 'widget' }: PreloadPluginOptions = {}): VitePreloadPlugin {
  let base = '/';
  return {
    name: 'countersign-preload',
    configResolved(config) { base = config.base; },
    transformIndexHtml: {
      order: 'post',
      // In development nothing is emitted, and only the host of Stytch is known.
      handler(_, { path, bundle = {}, chunk }) {
        if (!pages(path)) return [];
        // A relative base is relative to the page.
        const start = /^(\.\/)?$/.test(base) ? '../'.repeat(path.split('/').length - 2) || './' : base;
        const emitted = Object.values(bundle);
        const wasm = emitted.find(({ originalFileNames }) => originalFileNames?.some((name) => name.endsWith(`countersign/dist/${program}.wasm`)));
        const script = emitted.find(({ moduleIds }) => moduleIds?.some((id) => id.endsWith('countersign/dist/index.js')));
        const late = script && !reached(chunk, bundle).has(script) ? script : undefined;
        return linksOf({ stytch, script: late && start + late.fileName, wasm: wasm && start + wasm.fileName }).map(tag);
      },
    },
  };
}

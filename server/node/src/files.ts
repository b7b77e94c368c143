/** The widget's files, served under a path with the hash of all of them, so that browsers may keep them for ever. */
import { hash, toBase64Url } from './seal.ts';

/** Where the files of the npm package come from. `packageFiles` of `countersign/server/node` reads them from its folder. */
export interface Files {
  /** The paths of all files, with slashes: `index.js`, `styles/page.css`. */
  readonly names: readonly string[];
  read(name: string): Promise<Uint8Array>;
}

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', json: 'application/json', svg: 'image/svg+xml', wasm: 'application/wasm', map: 'application/json',
};
const typeOf = (name: string): string => TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';

/** The files, each read once, and the hash of all. */
export function createFiles({ names, read }: Files) {
  const known = new Set(names);
  const contents = new Map<string, Promise<Uint8Array>>();
  const load = (name: string): Promise<Uint8Array> => {
    const content = contents.get(name) ?? read(name);
    contents.set(name, content);
    return content;
  };
  let version: Promise<string> | undefined;

  async function computeVersion(): Promise<string> {
    const lines = await Promise.all([...known].sort().map(async (name) => {
      const digest = await crypto.subtle.digest('SHA-256', await load(name) as Uint8Array<ArrayBuffer>);
      return `${name} ${toBase64Url(new Uint8Array(digest))}`;
    }));
    return (await hash(lines.join('\n'))).slice(0, 16);
  }

  return {
    /** The hash of all files. */
    version: (): Promise<string> => (version ??= computeVersion()),
    /** The file at a path `hash/name`, or `undefined`. */
    async respond(path: string): Promise<Response | undefined> {
      const at = path.indexOf('/');
      const name = path.slice(at + 1);
      if (!known.has(name) || path.slice(0, at) !== await this.version()) return undefined;
      const headers = {
        'Content-Type': typeOf(name),
        'Cache-Control': 'public, max-age=31536000, immutable',
        'X-Content-Type-Options': 'nosniff',
        'Cross-Origin-Resource-Policy': 'same-origin',
      };
      return new Response(await load(name) as Uint8Array<ArrayBuffer>, { headers });
    },
  };
}

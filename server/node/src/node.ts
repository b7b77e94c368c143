/** `countersign/server/node`: the kit under `node:http`, and under what is built on it, such as Express. */
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import type { Files } from './files.ts';

export interface NodeHandlerOptions {
  /** The site's own origin. What a request says of itself does not count. */
  readonly origin: string;
}

/** Methods that no fetch request can have (Fetch, section 2.2.1). */
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];

/** A request of `node:http` as a fetch request. A method that this cannot have becomes one that nothing answers. */
export function toRequest(req: IncomingMessage, origin: string): Request {
  const headers = new Headers();
  for (const [name, values] of Object.entries(req.headersDistinct)) {
    if (name.startsWith(':')) continue;
    for (const value of values ?? []) headers.append(name, value);
  }
  const { method: sent = 'GET' } = req;
  const method = FORBIDDEN.includes(sent.toUpperCase()) ? 'FORBIDDEN' : sent;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  // A framework in front may have cut the start of the path off.
  const { originalUrl } = req as IncomingMessage & { originalUrl?: string };
  const target = originalUrl ?? req.url ?? '/';
  // A target that is no path is another site's, and nothing here.
  const url = target.startsWith('/') ? origin + target : `${origin}/%00`;
  return new Request(url, { method, headers, ...(hasBody ? { body: Readable.toWeb(req) as unknown as BodyInit, duplex: 'half' } : {}) } as RequestInit);
}

/** Sends a fetch response as an answer of `node:http`. */
export async function sendResponse(response: Response, res: ServerResponse): Promise<void> {
  res.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') res.setHeader(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) res.setHeader('Set-Cookie', [...[res.getHeader('Set-Cookie') ?? []].flat().map(String), ...cookies]);
  if (response.body === null) res.end();
  else await pipeline(Readable.fromWeb(response.body as ReadableStream), res);
}

/** A handler for `http.createServer`, Express and others. */
export function toNodeHandler(handler: (request: Request) => Promise<Response>, { origin }: NodeHandlerOptions) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const response = await handler(toRequest(req, origin));
      // What nobody has read of a body is not read at all: the connection ends with the answer.
      if (!req.complete) res.setHeader('Connection', 'close');
      await sendResponse(response, res);
      if (!req.complete) req.destroy();
    } catch (error) {
      if (res.headersSent) res.destroy();
      else {
        console.error('countersign: a request failed:', (error as Error).name);
        res.statusCode = 500;
        res.end();
      }
    }
  };
}

/** The files of the npm package, from its folder: `packageFiles(new URL('./dist/', import.meta.resolve('countersign/package.json')))`. */
export async function packageFiles(folder: URL): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const root = fileURLToPath(folder);
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)).split(path.sep).join('/'));
  return { names, read: (name) => readFile(path.join(root, name)) };
}

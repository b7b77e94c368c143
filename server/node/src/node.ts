/** `countersign/server/node`: the kit under `node:http`, and under what is built on it, such as Express. */
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { fileURLToPath } from 'node:url';
import type { Files } from './files.ts';

/** Requests of `node:http`, by what was made of them. */
const INCOMING = new WeakMap<Request, IncomingMessage>();

/**
 * The request of `node:http`, Express or Fastify behind one that the kit hands to `account`, to an adapter or to `addressOf`: what
 * middleware has put there, such as `session` or `user`.
 */
export function incoming<T = {}>(request: Request): IncomingMessage & T {
  const found = INCOMING.get(request);
  if (found === undefined) throw new TypeError('incoming() needs a request that toNodeHandler or toRequest has made.');
  return found as IncomingMessage & T;
}

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
  if (hasBody && req.readableDidRead) throw new BodyRead();
  const request = new Request(url, { method, headers, ...(hasBody ? { body: Readable.toWeb(req) as unknown as BodyInit, duplex: 'half' } : {}) } as RequestInit);
  INCOMING.set(request, req);
  return request;
}

/** Something in front of the kit has read the body of a request. */
class BodyRead extends Error {
  override readonly name = 'BodyRead';

  constructor() {
    super('The body was already read: mount the kit before body parsers, such as express.json().');
  }
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
export function toNodeHandler(handler: (request: Request) => Promise<Response>, options: NodeHandlerOptions) {
  const origin = options?.origin;
  if (typeof handler !== 'function') throw new TypeError('toNodeHandler needs the handler that countersign() returns.');
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) throw new TypeError('toNodeHandler needs { origin }, such as https://login.example, without a path.');
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
        const { name, message } = error as Error;
        console.error('countersign: a request failed:', error instanceof BodyRead ? message : name);
        res.statusCode = 500;
        res.end(error instanceof BodyRead ? message : undefined);
      }
    }
  };
}

/**
 * The files of the widget: `page({ files: await packageFiles() })`.
 *
 * @param folder another folder than that of the npm package, with a slash at its end
 */
export async function packageFiles(folder = new URL('..', import.meta.url)): Promise<Files> {
  if (!(folder instanceof URL)) throw new TypeError('packageFiles needs no folder for the files of the package; another one must be a URL, such as new URL(\'./dist/\', import.meta.url).');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const root = fileURLToPath(folder);
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.relative(root, path.join(parentPath, name)).split(path.sep).join('/'));
  return { names, read: (name) => readFile(path.join(root, name)) };
}

/** Requests to a handler of `node:http` in this process, without a connection. */
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';

export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => unknown;

export interface InProcessRequest {
  /** The path and the raw query, which the handler gets byte for byte. */
  readonly url: string;
  /** The same with the path at which the handler is mounted. */
  readonly originalUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether the site is on https. */
  readonly secure: boolean;
}

/** An empty request and its answer, of which nothing is sent. */
export function createExchange({ url, originalUrl, headers, secure }: InProcessRequest): { req: IncomingMessage; res: ServerResponse } {
  const req = new IncomingMessage(Object.assign(new Socket(), { encrypted: secure }));
  Object.assign(req, { method: 'GET', url, originalUrl, headers });
  req.push(null);
  return { req, res: new ServerResponse(req) };
}

/** Runs a handler. Resolves to the body of its answer. */
export async function run(handler: NodeHandler, { req, res }: { req: IncomingMessage; res: ServerResponse }): Promise<string> {
  const parts: Uint8Array[] = [];
  const take = (part: unknown): void => {
    if (typeof part === 'string' || part instanceof Uint8Array) parts.push(Buffer.from(part as string));
  };
  const ended = new Promise<void>((resolve) => {
    res.write = ((part: unknown) => { take(part); return true; }) as ServerResponse['write'];
    res.end = ((part: unknown) => { take(part); resolve(); res.emit('finish'); return res; }) as ServerResponse['end'];
  });
  await handler(req, res);
  await ended;
  return Buffer.concat(parts).toString('utf8');
}

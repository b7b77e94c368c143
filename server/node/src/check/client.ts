/** Requests within bounds: to one origin, at most so many, each with a time-out and a limit of its answer. */
import { Jar } from './cookies.ts';
import { Failed, Stopped } from './errors.ts';
import type { Bounds } from './model.ts';

export const BOUNDS: Bounds = { maxRequests: 2000, timeout: 15_000, maxBytes: 2 * 1024 * 1024 };

const BODILESS = [101, 204, 205, 304];

/** The one way out: everything that the checks send goes through here. */
export class Outlet {
  readonly origin: string;
  readonly #bounds: Bounds;
  /** Tells the server's log which check a request belongs to. */
  purpose = '';
  sent = 0;

  constructor(origin: string, bounds: Partial<Bounds> = {}) {
    this.origin = origin;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Sends a request. Redirects are not followed. */
  async send(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target, this.origin);
    if (url.origin !== this.origin) throw new Failed(`A request would go to ${url.origin}. Only ${this.origin} is called.`);
    if (this.sent >= this.#bounds.maxRequests) throw new Stopped(`The limit of ${this.#bounds.maxRequests} requests is reached (--max-requests).`);
    this.sent += 1;
    const headers = new Headers(init.headers);
    if (!headers.has('user-agent')) headers.set('user-agent', `countersign-check ${this.purpose}`.trim());
    const { timeout } = this.#bounds;
    try {
      const response = await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) });
      const bytes = await this.#read(response);
      const body = BODILESS.includes(response.status) ? null : bytes;
      return new Response(body, { status: response.status, headers: response.headers });
    } catch (error) {
      if (error instanceof Failed) throw error;
      throw new Failed(`${init.method ?? 'GET'} ${url.pathname} failed: ${reasonOf(error, timeout)}`);
    }
  }

  async #read(response: Response): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body ?? []) {
      length += part.byteLength;
      if (length > this.#bounds.maxBytes) throw new Failed(`An answer is longer than ${this.#bounds.maxBytes} bytes.`);
      parts.push(part);
    }
    return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  }
}

function reasonOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `there was no answer within ${timeout / 1000} seconds.`;
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}

/** A browser: cookies of its own, and no redirect followed. */
export class Agent {
  readonly outlet: Outlet;
  readonly jar = new Jar();
  /** Every `Set-Cookie` line that it got. */
  readonly lines: string[] = [];

  constructor(outlet: Outlet) {
    this.outlet = outlet;
  }

  async fetch(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname } = new URL(target, this.outlet.origin);
    const headers = new Headers(init.headers);
    const cookies = this.jar.header(pathname);
    if (cookies !== undefined && !headers.has('cookie')) headers.set('cookie', cookies);
    // A POST of another site comes without cookies, and its answer can set some.
    if (headers.get('cookie') === '') headers.delete('cookie');
    const response = await this.outlet.send(target, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      this.lines.push(line);
      this.jar.take(line, pathname);
    }
    return response;
  }
}

/** Requests within bounds: to one origin, and to that of an engine that the config names, at most so many, each with a time-out and a limit of its answer. */
import { Jar } from './cookies.ts';
import { Failed, Stopped } from './errors.ts';
import type { Bounds } from './model.ts';

export const BOUNDS: Bounds = { maxRequests: 2000, timeout: 15_000, maxBytes: 2 * 1024 * 1024, maxTime: 15 * 60_000 };

/** How many requests may fail one after the other. */
const MOST_FAILURES = 8;

const BODILESS = [101, 204, 205, 304];

/** An answer that says that the server itself failed. */
export interface ServerFault {
  readonly call: string;
  readonly status: number;
  readonly id: string | null;
}

/** The one way out: everything that the checks send goes through here. */
export class Outlet {
  readonly origin: string;
  /** Other origins that may be called. */
  readonly #others: readonly string[];
  readonly #bounds: Bounds;
  readonly #began = performance.now();
  /** How many requests failed, one after the other. */
  #failures = 0;
  /** Tells the server's log which check a request belongs to. */
  purpose = '';
  /** The first answer of 500 or more since this was unset. */
  fault: ServerFault | undefined;
  sent = 0;

  constructor(origin: string, bounds: Partial<Bounds> = {}, others: readonly string[] = []) {
    this.origin = origin;
    this.#others = others;
    this.#bounds = { ...BOUNDS, ...bounds };
  }

  /** Sends a request. Redirects are not followed. */
  async send(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const url = new URL(target, this.origin);
    if (url.origin !== this.origin && !this.#others.includes(url.origin)) throw new Failed(`A request would go to ${url.origin}. Only ${[this.origin, ...this.#others].join(' and ')} is called.`);
    if (this.sent >= this.#bounds.maxRequests) throw new Stopped(`The limit of ${this.#bounds.maxRequests} requests is reached (--max-requests).`);
    this.sent += 1;
    const headers = new Headers(init.headers);
    if (!headers.has('user-agent')) headers.set('user-agent', `countersign-check ${this.purpose}`.trim());
    const timeout = Math.min(this.#bounds.timeout, this.#left());
    try {
      const response = await fetch(url, { ...init, headers, redirect: 'manual', signal: AbortSignal.timeout(timeout) });
      const bytes = await this.#read(response);
      const body = BODILESS.includes(response.status) ? null : bytes;
      this.#failures = 0;
      if (response.status >= 500) this.fault ??= { call: `${init.method ?? 'GET'} ${url.pathname}`, status: response.status, id: response.headers.get('x-request-id') };
      return new Response(body, { status: response.status, headers: response.headers });
    } catch (error) {
      if (error instanceof Failed) throw error;
      this.#left();
      throw this.#failed(`${init.method ?? 'GET'} ${url.pathname} failed: ${reasonOf(error, timeout)}`);
    }
  }

  /** The time that is left of the run, in milliseconds. */
  #left(): number {
    const { maxTime } = this.#bounds;
    const left = Math.ceil(this.#began + maxTime - performance.now());
    if (left <= 0) throw new Stopped(`The time of the run, ${maxTime / 1000} seconds, is over (--max-time).`);
    return left;
  }

  /** A server that is no longer there would take the time-out of every request that is left. */
  #failed(message: string): Error {
    this.#failures += 1;
    return this.#failures < MOST_FAILURES ? new Failed(message) : new Stopped(`${MOST_FAILURES} requests failed one after the other. The last: ${message}`);
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

/** What the errors of Node mean that say nothing to somebody who did not write the client. */
const HINTS: readonly (readonly [RegExp, string])[] = [
  [/^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/, 'nobody that this machine trusts has signed its certificate. NODE_EXTRA_CA_CERTS names a certificate of your own'],
  [/^ERR_SSL_/, 'it does not speak TLS as it should; is the address really https, and its port right?'],
  [/^UND_ERR_HEADERS_OVERFLOW$/, 'the headers of the answer, cookies among them, are longer than 16 KiB'],
  [/^(UND_ERR_SOCKET|ECONNRESET)$/, 'the connection ended before the answer was complete'],
  [/^(Z_DATA_ERROR|Z_BUF_ERROR|ERR__ERROR_FORMAT_PADDING_1|ERR_BROTLI_.*)$/, 'the body is not compressed as its Content-Encoding says'],
];

function reasonOf(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `there was no answer within ${timeout / 1000} seconds.`;
  const { message, code = '' } = (error.cause instanceof Error && error.cause.message ? error.cause : error) as Error & { code?: string };
  const hint = HINTS.find(([codes]) => codes.test(code))?.[1];
  return hint === undefined ? message : `${hint} (${code})`;
}

/** A browser: cookies of its own, and no redirect followed. */
export class Agent {
  readonly outlet: Outlet;
  readonly jar = new Jar();
  /** The cookies of other origins. */
  readonly #jars = new Map<string, Jar>();
  /** Every `Set-Cookie` line that it got of the server. */
  readonly lines: string[] = [];

  constructor(outlet: Outlet) {
    this.outlet = outlet;
  }

  #jarOf(origin: string): Jar {
    if (origin === this.outlet.origin) return this.jar;
    const jar = this.#jars.get(origin) ?? new Jar();
    this.#jars.set(origin, jar);
    return jar;
  }

  async fetch(target: string | URL, init: RequestInit = {}): Promise<Response> {
    const { pathname, origin } = new URL(target, this.outlet.origin);
    const jar = this.#jarOf(origin);
    const headers = new Headers(init.headers);
    const cookies = jar.header(pathname);
    if (cookies !== undefined && !headers.has('cookie')) headers.set('cookie', cookies);
    // A POST of another site comes without cookies, and its answer can set some.
    if (headers.get('cookie') === '') headers.delete('cookie');
    const response = await this.outlet.send(target, { ...init, headers });
    for (const line of response.headers.getSetCookie()) {
      if (jar === this.jar) this.lines.push(line);
      jar.take(line, pathname);
    }
    return response;
  }
}

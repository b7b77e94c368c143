/** The cookies of one browser at one origin (RFC 6265, as far as one origin needs it). */

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
}

const directory = (path: string) => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** RFC 6265 section 5.1.4. */
const covers = (cookie: string, path: string) => path === cookie || path.startsWith(cookie.endsWith('/') ? cookie : `${cookie}/`);

/** Browsers keep about as many cookies of a site, and about as many bytes of one. */
const MOST = 180;
const MOST_BYTES = 4096;

export class Jar {
  #cookies = new Map<string, Cookie>();

  /** The `Cookie` header for a path, or `undefined`. */
  header(path: string): string | undefined {
    const sent = [...this.#cookies.values()].filter((cookie) => covers(cookie.path, path));
    return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  /** Takes a `Set-Cookie` line. One that has ended removes the cookie. */
  take(line: string, requestPath: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    if (at < 1 || pair.length > MOST_BYTES) return;
    const found = new Map(attributes.map((one) => {
      const [name = '', ...value] = one.split('=');
      return [name.toLowerCase(), value.join('=')];
    }));
    const own = found.get('path') ?? '';
    const path = own.startsWith('/') ? own : directory(requestPath);
    const name = pair.slice(0, at);
    const key = `${name} ${path}`;
    const age = found.get('max-age');
    const expires = found.get('expires');
    const ended = age !== undefined ? Number(age) <= 0 : expires !== undefined && Date.parse(expires) <= Date.now();
    // One that is set again is as new as a new one.
    this.#cookies.delete(key);
    if (ended) return;
    this.#cookies.set(key, { name, value: pair.slice(at + 1), path });
    const [oldest] = this.#cookies.keys();
    if (this.#cookies.size > MOST) this.#cookies.delete(oldest!);
  }

  /** Takes a `Cookie` header as it is. */
  takeHeader(header: string): void {
    for (const pair of header.split(';')) this.take(`${pair.trim()}; Path=/`, '/');
  }
}

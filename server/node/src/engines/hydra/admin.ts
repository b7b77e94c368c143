/** Calls of Hydra's admin API, and what its answers are: nothing of them is taken unchecked. */
import { EngineUnavailable, RequestGone, type Destination } from '../../engine.ts';
import type { Json } from '../../model.ts';

/** A step at which Hydra waits for its host. */
export type Flow = 'login' | 'consent' | 'logout';

export interface AdminOptions {
  /** The address of the admin API, such as `http://127.0.0.1:4445`. It asks for no credentials: keep it away from everybody else. */
  readonly admin: string;
  /** Headers for the admin API, if something in front of it wants some. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds that a call may take (5,000). */
  readonly timeout?: number;
  /** By default the platform's `fetch`. */
  readonly fetch?: (url: string, init: RequestInit) => Promise<Response>;
}

export type Members = Readonly<Record<string, unknown>>;

/** Statuses of a challenge that Hydra does not take (any more): expired, unknown, used. */
const GONE = new Set([401, 404, 409, 410]);
/** How long an answer may be, and how many decisions of an account are looked through. */
const MOST = 4_000_000;
const MOST_CONSENTS = '100';

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An answer that is not what Hydra answers, as from another program in front of it. Nothing is decided before the browser follows. */
const strange = (what: string): EngineUnavailable => new EngineUnavailable(`Hydra’s answer ${what}.`);

export const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** A list of texts. Hydra leaves empty ones out, or says `null`. */
export function textsOf(value: unknown): readonly string[] {
  const list = value ?? [];
  if (!Array.isArray(list) || list.some((one) => typeof one !== 'string')) throw strange('has a list that is none');
  return list as string[];
}

export function objectOf(value: unknown): Members {
  if (value !== undefined && value !== null && !isObject(value)) throw strange('has an object that is none');
  return value ?? {};
}

export interface Admin {
  /** What Hydra knows of a challenge. */
  read(flow: Flow, challenge: string, signal: AbortSignal): Promise<Members>;
  /** Answers a challenge. Resolves to the address at which the browser takes that to Hydra. */
  decide(flow: Flow, decision: 'accept' | 'reject', challenge: string, body: Json, signal: AbortSignal): Promise<Destination>;
  /** What an account has allowed, the latest first. */
  consents(subject: string, signal: AbortSignal): Promise<readonly Members[]>;
}

const unreachable = (cause: unknown): never => {
  throw new EngineUnavailable('Hydra cannot be reached.', { cause });
};

async function bodyOf(response: Response): Promise<unknown> {
  const text = await response.text().catch(unreachable);
  if (text.length > MOST) throw strange('is too long');
  try {
    return JSON.parse(text);
  } catch {
    throw strange('is not JSON');
  }
}

/** Refuses an answer that is none of Hydra's good ones. */
function checkStatus({ ok, status, headers }: Response): void {
  if (ok) return;
  if (GONE.has(status)) throw new RequestGone(`Hydra answered ${status}.`);
  // Of the others, Hydra has understood the call, and will answer it the same way next time.
  if (status >= 400 && status < 500 && status !== 429) throw new Error(`Hydra answered ${status}.`);
  throw new EngineUnavailable(`Hydra answered ${status}.`, { retryAfter: Number(headers.get('retry-after')) || 5 });
}

export function createAdmin({ admin, headers = {}, timeout = 5000, fetch: send = (url, init) => fetch(url, init) }: AdminOptions): Admin {
  const base = `${admin.replace(/\/+$/, '')}/admin/oauth2/auth`;

  async function call(method: string, path: string, query: Record<string, string>, signal: AbortSignal, body?: Json): Promise<unknown> {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await send(`${base}/${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json', ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]),
      redirect: 'manual',
      ...content,
    }).catch(unreachable);
    checkStatus(response);
    return bodyOf(response);
  }

  const request = (flow: Flow, step = ''): string => `requests/${flow}${step}`;

  return {
    async read(flow, challenge, signal) {
      const body = await call('GET', request(flow), { [`${flow}_challenge`]: challenge }, signal);
      if (!isObject(body)) throw strange('is no object');
      return body;
    },
    async decide(flow, decision, challenge, body, signal) {
      const answer = await call('PUT', request(flow, `/${decision}`), { [`${flow}_challenge`]: challenge }, signal, body);
      const to = isObject(answer) ? textOf(answer.redirect_to) : undefined;
      if (to === undefined) throw strange('has no address');
      // Of Hydra itself: the kit takes it for nothing else.
      return { to, intermediate: true };
    },
    async consents(subject, signal) {
      const body = await call('GET', 'sessions/consent', { subject, per_page: MOST_CONSENTS }, signal);
      if (!Array.isArray(body) || !body.every(isObject)) throw strange('is no list');
      return body;
    },
  };
}

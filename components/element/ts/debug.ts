/**
 * What developers read in the console. A file of its own: the element loads it if its `debug` is set, or if the page is on
 * loopback. It prints no value of a request, an answer or a setting, only names and types.
 */

import { failure } from './debug/failure.js';
import { secretsOf, type Secrets } from './debug/redact.js';
import { inStytchProps, type Given } from './debug/stytch.js';
import { inManifest, inProps, inSettings, onElement } from './debug/unknown.js';
import type { Call, Happening } from './element/diagnose.js';
import type { CurrentSettings } from './element/settings.js';
import { quietly } from './element/own.js';
import type { Reply } from './element/http.js';

/** What is known of an element. */
interface Known {
  call?: Call;
  secrets: Secrets;
}

/** Where the React components put the names of their props, and those for Stytch's users the props that they were given. */
const NAMES: unique symbol = Symbol.for('countersign.react') as never;
const GIVEN: unique symbol = Symbol.for('countersign.stytch') as never;

const elements = new WeakMap<EventTarget, Known>();
const told = new Set<string>();

/** Once a page: a framework may set the same again and again. */
function warn(text: string, secrets: Secrets): void {
  if (told.has(text)) return;
  told.add(text);
  console.warn(`[countersign] ${[...secrets].reduce((rest, secret) => (secret.length > 2 ? rest.replaceAll(secret, '[redacted]') : rest), text)}`);
}

/** Whatever the answers and the calls have in them may be a secret, but for the names that the API itself has. */
function collect(value: unknown, secrets: Secrets, name = ''): void {
  if (typeof value === 'string') {
    if (/transaction|version|logout|uri|action|email|sub|name|picture|login_hint|token/.test(name)) secrets.add(value);
    for (const secret of /[?#]/.test(value) ? secretsOf(value.replace(/^[^?#]*[?#]/, '')) : []) secrets.add(secret);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) collect(inner, secrets, Array.isArray(value) ? name : key);
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function ofAnswer([, body]: Reply): string[] {
  const { expires_at: expires, client } = Object(parsed(body)) as { expires_at?: unknown; client?: { logo_uri?: unknown } };
  const logo = client?.logo_uri;
  return [
    ...(typeof expires === 'number' && expires > 1e11 ? ['expires_at: in seconds since 1970, not in milliseconds.'] : []),
    ...(typeof logo === 'string' && !/^\/(?!\/)/.test(logo) ? ['client.logo_uri: a path on the API\'s own origin, such as "/logos/1". The card shows an initial instead.'] : []),
  ];
}

function ofElement(element: EventTarget): string[] {
  const preview = quietly(() => (element as EventTarget & CurrentSettings).preview);
  const framed = top === self || preview ? [] : ['The page is inside a frame, where it does nothing: open it as a page of its own. Stories and documentation set preview (docs/testing.md).'];
  const settings = quietly(() => inSettings(element as EventTarget & CurrentSettings)) ?? [];
  const { [NAMES]: names = [], [GIVEN]: given } = element as { [NAMES]?: string[]; [GIVEN]?: Given };
  const stytch = (given && quietly(() => inStytchProps(given))) ?? [];
  return [...framed, ...settings, ...inProps(names), ...stytch, ...(element instanceof HTMLElement ? onElement(element) : [])];
}

/** Prints what has happened: a failure as an error, what nobody reads as a warning. */
export async function tell(element: EventTarget, { call, manifest, scopes, detail }: Happening): Promise<void> {
  const known = elements.get(element) ?? { secrets: new Set<string>() };
  elements.set(element, known);
  const { secrets } = known;
  // The address changes while the request is read.
  for (const secret of secretsOf(location.search)) secrets.add(secret);
  const token = quietly(() => (element as EventTarget & CurrentSettings).trustedToken?.token);
  if (token) secrets.add(token);
  for (const text of [...ofElement(element), ...(manifest ? inManifest(manifest, scopes ?? []) : [])]) warn(text, secrets);
  if (call) {
    known.call = call;
    const reply = await call.reply;
    collect(parsed(reply[1]), secrets);
    for (const text of ofAnswer(reply)) warn(text, secrets);
  }
  if (detail) {
    // Without a reply, if it has not come.
    const reply = await Promise.race([known.call?.reply, undefined]);
    collect(parsed(reply?.[1]), secrets);
    console.error(failure(detail, known.call && { ...known.call, reply }, secrets));
  }
}

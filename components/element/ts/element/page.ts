/** Browser functions for the Stytch adapter, by name. */

import { read, write } from './document.js';

/** A date that cannot be parsed has no `httpDate`. */
const FUNCTIONS: Record<string, (text: string) => string | number | undefined> = {
  cookie: (name) => {
    const pair = read(document, 'cookie').split('; ').find((it) => it.startsWith(`${name}=`));
    return pair && decodeURIComponent(pair.slice(name.length + 1));
  },
  setCookie: (cookie) => { write(document, 'cookie', cookie); return undefined; },
  origin: () => location.origin,
  hostname: () => location.hostname,
  base64: (text) => btoa(text),
  encode: (text) => encodeURIComponent(text),
  milliseconds: (date) => Date.parse(date),
  httpDate: (date) => (Date.parse(date) ? new Date(date).toUTCString() : undefined),
  now: () => new Date().toISOString(),
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  identifier: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(''),
};

/** Calls a function of the page. */
export const callPage = (name: string, argument: string): string | number | undefined => FUNCTIONS[name]?.(argument);

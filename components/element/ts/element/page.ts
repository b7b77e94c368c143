/** Browser functions for the Stytch adapter, by name. */

import { version } from '../../package.json';
import { read, write } from './document.js';

/** An identifier that is another one each time. It need not be secret. */
const identifier = (of: string): string => `${of}-id-${Math.random()}`;

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
  telemetry: () => JSON.stringify({
    event_id: identifier('event'),
    app_session_id: identifier('app-session'),
    persistent_id: identifier('persistent'),
    client_sent_at: new Date().toISOString(),
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    app: { identifier: location.hostname },
    sdk: { identifier: 'countersign', version },
  }),
};

/** Calls a function of the page. */
export const callPage = (name: string, argument: string): string | number | undefined => FUNCTIONS[name]?.(argument);

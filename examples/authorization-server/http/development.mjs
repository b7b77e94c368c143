/**
 * The policy of pages that a development server makes. Such servers write inline scripts and styles,
 * speak to their page over WebSockets and show errors as HTML, which a page in production forbids.
 */
import { isLoopbackHost } from '../registration/addresses.mjs';

/** What is loosened, and why. `adds` is allowed as well; a directive without it is left out. */
export const LOOSENED = [
  { directive: 'script-src', adds: "'unsafe-inline' 'unsafe-eval'", why: 'hot reloading begins with an inline script, and source maps may need eval' },
  { directive: 'style-src', adds: "'unsafe-inline'", why: 'imported style sheets are put into the page' },
  { directive: 'connect-src', adds: 'ws://localhost:* ws://127.0.0.1:*', why: 'changes are told over WebSockets' },
  { directive: 'require-trusted-types-for', why: 'errors are shown as HTML' },
];

/** A strict policy, loosened. */
export function loosened(policy) {
  const directives = policy.split('; ').map((directive) => {
    const [name] = directive.split(' ', 1);
    const change = LOOSENED.find((one) => one.directive === name);
    if (change === undefined) return directive;
    return change.adds && `${directive} ${change.adds}`;
  });
  return directives.filter((directive) => directive !== undefined).join('; ');
}

/** What is loosened, in lines for the console. */
export const looseningTold = () => LOOSENED.map(({ directive, adds, why }) => `  ${directive} ${adds ?? 'is left out'}: ${why}`).join('\n');

/** Why a text is not the address of a development server, as the end of a sentence, or `undefined`. */
export function notOfDevelopment(text) {
  if (!URL.canParse(text)) return 'is no address';
  const url = new URL(text);
  if (url.protocol !== 'http:') return `is not an http address${url.protocol === 'https:' ? ': start the development server without TLS' : ''}`;
  if (!isLoopbackHost(url.hostname)) return 'is not on this machine: it must be localhost, 127.0.0.1 or [::1]';
  if (url.username || url.password || url.pathname !== '/' || url.search || url.hash) return 'has more than a host and a port';
  return undefined;
}

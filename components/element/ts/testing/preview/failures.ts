/** What a failed call is called (`src/api/client/problem.rs`), and which addresses are opened. */

import type { CountersignErrorCode } from '../../events.js';

const CODES: Record<number, CountersignErrorCode> = {
  0: 'unreachable', 403: 'cross_origin_call', 409: 'already_answered', 410: 'expired', 422: 'key_reused', 429: 'busy', 503: 'busy',
};

/** The code of a response that is not 200. */
export function failureOf(status: number, isWithoutCookies = false): CountersignErrorCode {
  if (status === 410 && isWithoutCookies) return 'no_cookies';
  return CODES[status] ?? (status >= 500 ? 'server_error' : 'malformed_call');
}

/** Whether the widget would open it: `https`, a program on this device, or a native client's own scheme. */
export function isSafe(address: string, isNative = false): boolean {
  const { protocol, hostname } = new URL(address);
  if (protocol === 'https:') return true;
  if (protocol === 'http:') return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  return isNative && protocol.includes('.');
}

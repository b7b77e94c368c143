/** Where the API of a Stytch project is (`StytchOptions::base_url` in Rust). */

import type { StytchOptions } from '../options.js';

export type StytchProject = Pick<StytchOptions, 'publicToken' | 'customBaseUrl'>;

/** The base URL, without a slash at its end. */
export function baseUrl({ publicToken, customBaseUrl }: { publicToken: string; customBaseUrl?: string | null }): string {
  const host = customBaseUrl || `${publicToken.startsWith('public-token-test') ? 'test' : 'api'}.stytch.com`;
  return (/^https?:\/\//.test(host) ? host : `https://${host}`).replace(/\/+$/, '');
}

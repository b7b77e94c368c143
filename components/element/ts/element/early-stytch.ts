/** The calls with which the adapter for Stytch begins (`Shared::load` in `adapters/stytch/src/authorize.rs`), byte for byte. */

import { baseUrl } from '../preload/project.js';
import type { Call } from './http.js';
import { callPage } from './page.js';
import type { Settings } from './settings.js';

/** The project with its defaults, as `settings()` writes it. */
interface Project {
  publicToken: string;
  customBaseUrl: string | null;
  opaqueTokenCookieName?: string | null;
  projectName: string | null;
  bootstrap: boolean | null;
}

/** The calls for the page's request, in their order. There are none if the user is not signed in, or to sign out. */
export function stytchCalls({ b2b, stytch, flow }: Settings): Call[] {
  const project = stytch as Project;
  const { publicToken } = project;
  const query = new URLSearchParams(location.search);
  const first = (name: string) => query.get(name) || undefined;
  const filled = (texts: string[]) => (texts.join('') ? texts.filter(Boolean) : undefined);
  const redirect_uri = first('redirect_uri');
  const token = callPage('cookie', project.opaqueTokenCookieName ?? 'stytch_session') || (project.customBaseUrl && publicToken);
  // The adapter refuses a request without an address, or with two.
  if (!token || !redirect_uri || query.getAll('redirect_uri').length > 1 || (flow !== 'authorize' && query.has('post_logout_redirect_uri'))) return [];
  const call = (path: string, body?: object): Call => ({
    method: body ? 'POST' : 'GET',
    url: `${baseUrl(project)}/sdk/v1${path}`,
    body: body && JSON.stringify(body),
    headers: {
      Authorization: `Basic ${btoa(`${publicToken}:${token}`)}`,
      'X-SDK-Client': btoa(callPage('telemetry', '') as string),
      'X-SDK-Parent-Host': location.origin,
    },
  });
  const realm = b2b ? '/b2b' : '';
  const calls = [
    call(`${realm}/sessions/authenticate`, {}),
    call(`/idp${realm}/oauth/authorize/start`, {
      client_id: first('client_id'),
      redirect_uri,
      response_type: first('response_type') ?? 'code',
      scopes: filled((first('scope') ?? '').split(' ')) ?? ['openid', 'email', 'profile'],
      code_challenge: first('code_challenge'),
      state: first('state'),
      nonce: first('nonce'),
      prompt: first('prompt'),
      resources: filled(query.getAll('resource')),
    }),
  ];
  return project.bootstrap && project.projectName === null ? [call(`/projects/bootstrap/${publicToken}`), ...calls] : calls;
}

// Clients that an administrator of Hydra registers for a test, at addresses where nobody has to answer.
import { randomUUID } from 'node:crypto';
import * as oauth from 'openid-client';
import { addClient } from '../../../examples/engines/hydra/hydra.mjs';
import { SCOPES } from '../../../examples/engines/site/describe.mjs';
import { clientOf } from './client.mjs';

/** Two APIs that clients may ask tokens for. */
export const [PHOTOS, CALENDAR] = ['https://photos.example/api', 'https://calendar.example/api'];

/** A client whose answers go to a site on the web, so that Hydra remembers what was decided. */
export async function webClient(host, more = {}) {
  const [id, redirectUri] = [`client-${randomUUID()}`, more.redirectUri ?? 'https://client.example/callback'];
  await addClient(host.admin, { id, name: 'Atlas', redirectUri, audience: [PHOTOS, CALENDAR], ...more }, SCOPES);
  const how = { algorithm: 'oidc', execute: [oauth.allowInsecureRequests] };
  const config = await oauth.discovery(new URL(host.issuer), id, undefined, more.secret ? oauth.ClientSecretBasic(more.secret) : oauth.None(), how);
  return clientOf(host, config, [redirectUri].flat()[0]);
}

/** What Hydra says of a token (RFC 7662). */
export async function introspect(host, token) {
  const response = await fetch(`${host.admin}/admin/oauth2/introspect`, { method: 'POST', body: new URLSearchParams({ token }) });
  return response.json();
}

/** What Hydra remembers of the decisions of an account about a client. */
export async function remembered(host, client, sub = 'account-ada') {
  const response = await fetch(`${host.admin}/admin/oauth2/auth/sessions/consent?${new URLSearchParams({ subject: sub, per_page: '500' })}`);
  const { client_id: id } = client.config.clientMetadata();
  return (await response.json()).filter(({ consent_request: { client: { client_id } } }) => client_id === id);
}

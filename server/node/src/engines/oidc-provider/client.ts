/** A client as the kit reads it. */
import type { ClientMetadata } from '../../model.ts';
import type { Client } from './types.ts';

const SHOWN = /^(client_name|client_uri|logo_uri|policy_uri|tos_uri)(#|$)/;

/** What is shown of a client's metadata. Its secrets stay in the engine. */
export function metadataOf(client: Client): ClientMetadata {
  const shown = Object.entries(client.metadata()).filter(([name, value]) => SHOWN.test(name) && typeof value === 'string');
  return { ...Object.fromEntries(shown), client_id: client.clientId, native: client.applicationType === 'native' };
}

/** Clients by their metadata documents, in the engine. */
import { errors } from 'oidc-provider';
import { DocumentFault } from '../registration/metadata-document.mjs';
import { fetchOutside } from '../registration/outbound.mjs';

/** The engine's adapter for clients, which also finds those that have a document. */
export function withDocuments(adapter, documents) {
  async function find(id) {
    try {
      return await adapter.find(id) ?? await documents.read(id);
    } catch (error) {
      if (!(error instanceof DocumentFault)) throw error;
      throw new errors.CustomOIDCProviderError('invalid_client', `the metadata document of the client cannot be used: ${error.message}`);
    }
  }
  return { ...adapter, find };
}

/** The engine's `fetch`, for the keys and sectors that clients name. */
export function guardedFetch(options) {
  return async (address) => {
    const { headers, body } = await fetchOutside(address, { maximum: 64 * 1024, milliseconds: 2500, ...options });
    const kept = ['cache-control', 'content-type', 'expires'].filter((name) => headers[name] !== undefined).map((name) => [name, headers[name]]);
    // The body of another status than 200 is empty, and no JSON.
    return new Response(body, { headers: kept });
  };
}

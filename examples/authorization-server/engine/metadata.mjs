/**
 * What the metadata of a realm says (RFC 8414, OpenID Connect Discovery 1.0 section 3): what the
 * engine and the page heed, and nothing else.
 */
import { LANGUAGES } from '../../../server/node/src/language.ts';
import { ACR_VALUES } from '../fixtures/accounts.mjs';

const AUTH_METHODS = ['client_secret_basic', 'client_secret_jwt', 'client_secret_post', 'private_key_jwt', 'none'];
const AUTH_ALGORITHMS = ['HS256', 'RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'];

/** The engine's settings for it. Clients authenticate in the same ways at each endpoint. */
export const metadata = {
  acrValues: ACR_VALUES,
  clientAuthMethods: AUTH_METHODS,
  discovery: {
    client_id_metadata_document_supported: true,
    display_values_supported: ['page', 'popup'],
    introspection_endpoint_auth_methods_supported: AUTH_METHODS,
    introspection_endpoint_auth_signing_alg_values_supported: AUTH_ALGORITHMS,
    prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
    revocation_endpoint_auth_methods_supported: AUTH_METHODS,
    revocation_endpoint_auth_signing_alg_values_supported: AUTH_ALGORITHMS,
    ui_locales_supported: LANGUAGES,
  },
  enabledJWA: { clientAuthSigningAlgValues: AUTH_ALGORITHMS },
};

/** Claims that the engine announces and never gives: there is no back-channel logout. */
const NEVER_GIVEN = ['sid'];

/** Takes from the engine's metadata what does not hold here. */
export function correctMetadata(provider) {
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.oidc?.route === 'discovery') ctx.body.claims_supported = ctx.body.claims_supported.filter((claim) => !NEVER_GIVEN.includes(claim));
  });
}

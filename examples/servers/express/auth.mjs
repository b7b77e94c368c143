// Better Auth as the authorization server, with its tables in SQLite.
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { jwt } from 'better-auth/plugins';
import { SCOPES } from './describe.mjs';

export const BASE = '/api/auth';
/** No page is there: the kit's is at the authorization endpoint. */
export const CONSENT = '/consent';

/** The first client: that of the demo, at its port. A site has a page for its administrators, or lets clients register themselves. */
const CLIENT = {
  clientId: 'third-party-public', name: 'Photo Printer', redirectUris: ['http://localhost:4401/callback'], tokenEndpointAuthMethod: 'none',
  scopes: SCOPES, grantTypes: ['authorization_code', 'refresh_token'], responseTypes: ['code'], applicationType: 'web', createdAt: new Date(),
};

export async function createAuth({ origin, secret, database }) {
  const options = {
    baseURL: origin,
    basePath: BASE,
    secret,
    database,
    emailAndPassword: { enabled: true },
    telemetry: { enabled: false },
    plugins: [
      jwt(),
      oauthProvider({ loginPage: '/login', consentPage: CONSENT, scopes: SCOPES, allowDynamicClientRegistration: true, allowUnauthenticatedClientRegistration: true }),
    ],
  };
  await (await getMigrations(options)).runMigrations();
  const auth = betterAuth(options);
  const { adapter } = await auth.$context;
  const where = [{ field: 'clientId', value: CLIENT.clientId }];
  if (!await adapter.findOne({ model: 'oauthClient', where })) await adapter.create({ model: 'oauthClient', data: CLIENT });
  return auth;
}

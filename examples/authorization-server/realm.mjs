/** A realm: an issuer with an engine, a store, and records of consents and approvals of its own. */
import { Provider } from 'oidc-provider';
import { recordEvents } from './engine/call.mjs';
import { engineConfiguration } from './engine/configuration.mjs';
import { existingGrant, organizationOf } from './engine/grants.mjs';
import { createStore } from './engine/store.mjs';
import { allowedOrganizations, findAccount, findOrganization } from './fixtures/accounts.mjs';
import { engineClients } from './fixtures/clients.mjs';
import { createApprovals } from './state/approvals.mjs';
import { createConsents } from './state/consents.mjs';

const FOURTEEN_DAYS = 14 * 24 * 60 * 60;

/**
 * The engine's `findAccount`. The organization belongs to the grant under which the token was
 * issued.
 */
function engineAccount(realm) {
  return async (ctx, sub, token) => {
    const account = findAccount(sub);
    if (account === undefined) return undefined;
    return {
      accountId: sub,
      claims: async () => {
        const organization = await organizationOf(realm, token?.grantId ?? ctx.oidc.entities.Grant?.jti);
        return {
          sub,
          name: account.name,
          email: account.email,
          email_verified: true,
          ...(organization ? { organization_id: organization, organization_name: findOrganization(organization).name } : {}),
        };
      },
    };
  };
}

/** Whether the user must choose an organization: several allow clients, or none does. */
const mustChoose = (sub) => {
  const account = sub === undefined ? undefined : findAccount(sub);
  return account !== undefined && allowedOrganizations(account).length !== 1;
};

/**
 * @param options `name` (`consumer` or `b2b`), `prefix` (of every route), `origin`, `clientOrigin`,
 *   `keys`, `clock`
 */
export function createRealm({ name, prefix, origin, clientOrigin, keys, clock }) {
  const store = createStore(clock);
  const realm = {
    name,
    prefix,
    issuer: origin + prefix,
    organizations: name === 'b2b',
    store,
    consents: createConsents(),
    approvals: createApprovals(),
    grantOrganizations: store.adapter('GrantOrganization'),
    grantTtl: FOURTEEN_DAYS,
    sessionTtl: FOURTEEN_DAYS,
  };
  realm.configuration = engineConfiguration(realm, {
    adapter: (model) => store.adapter(model),
    keys,
    clock,
    clients: engineClients(realm, clientOrigin),
    findAccount: engineAccount(realm),
    loadExistingGrant: (ctx) => existingGrant(realm, ctx),
    extraTokenClaims: async (ctx, token) => {
      const organization = await organizationOf(realm, token.grantId);
      return organization === undefined ? undefined : { organization_id: organization };
    },
    mustChoose: (sub) => realm.organizations && mustChoose(sub),
  });
  realm.provider = new Provider(realm.issuer, realm.configuration);
  realm.handler = realm.provider.callback();
  recordEvents(realm.provider);
  return realm;
}

/** A realm: an issuer with an engine, a store, and records of consents and approvals of its own. */
import { Provider } from 'oidc-provider';
import { applyAddressRules } from './engine/addresses.mjs';
import { recordEvents } from './engine/call.mjs';
import { guardedFetch, withDocuments } from './engine/documents.mjs';
import { engineConfiguration } from './engine/configuration.mjs';
import { existingGrant, organizationOf } from './engine/grants.mjs';
import { correctMetadata } from './engine/metadata.mjs';
import { applyScopeRules } from './engine/registration.mjs';
import { createStore } from './engine/store.mjs';
import { allowedOrganizations, findAccount, findOrganization } from './fixtures/accounts.mjs';
import { engineClients } from './fixtures/clients.mjs';
import { createRequestLimits } from './http/limits.mjs';
import { createDocuments } from './registration/metadata-document.mjs';
import { createApprovals } from './state/approvals.mjs';
import { createConsents } from './state/consents.mjs';
import { limitsWith } from './state/limits.mjs';

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
 *   `keys`, `clock`, `schemes` (private-use schemes without a dot that clients may use),
 *   `documents` (how metadata documents are fetched), `limits` (`state/limits.mjs`), `requests` (`http/limits.mjs`)
 */
export function createRealm({
  name, prefix, origin, clientOrigin, keys, clock, schemes, documents,
  limits = limitsWith(), requests = createRequestLimits(limits),
}) {
  const store = createStore(clock, { unusedClient: limits.unusedRegistration });
  const found = createDocuments(clock, { ...documents, check: (metadata) => realm.provider.Client.validate(metadata) });
  const realm = {
    name,
    prefix,
    issuer: origin + prefix,
    organizations: name === 'b2b',
    store,
    /** Deletes what the engine keeps of a request that nobody can answer any more. */
    forget: (uid) => uid && store.adapter('Interaction').destroy(uid),
    /** A user has allowed a client something: its registration stays. */
    keepClient: (id) => store.keepClient(id),
    consents: createConsents(),
    approvals: createApprovals(),
    grantOrganizations: store.adapter('GrantOrganization'),
    grantTtl: FOURTEEN_DAYS,
  };
  realm.configuration = engineConfiguration(realm, {
    adapter: (model) => (model === 'Client' ? withDocuments(store.adapter(model), found) : store.adapter(model)),
    fetch: guardedFetch(documents),
    keys,
    clock,
    requests,
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
  // The scheme of its addresses is in a header that this server sets itself.
  realm.provider.proxy = true;
  applyAddressRules(realm.provider, schemes);
  applyScopeRules(realm.provider);
  correctMetadata(realm.provider);
  realm.handler = realm.provider.callback();
  // The adapter's calls take the same way as those from outside.
  realm.provider.callback = () => (req, res) => realm.handler(req, res);
  recordEvents(realm.provider);
  return realm;
}

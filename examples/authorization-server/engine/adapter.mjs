/**
 * The engine of both realms behind the kit's adapter, and what this server adds to it: consents are
 * our own records, and the calls of one login wait for each other.
 */
import { EngineUnavailable } from '../../../server/node/src/index.ts';
import { signOutBy } from '../../../server/node/src/logout.ts';
import { oidcProvider } from '../../../server/node/src/engines/oidc-provider.ts';
import { ACR_VALUES, allowedOrganizations, currentOrganization, findAccount } from '../fixtures/accounts.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { openLogout, signOut } from '../flow/logout.mjs';
import { underLogin } from '../flow/login-lock.mjs';
import { isNativeAddress } from '../registration/addresses.mjs';
import { consentsOf } from '../state/login-consents.mjs';
import { apisOf, keepGrant } from './grants.mjs';

/**
 * A native client's address, authorization details and a choice among several organizations are
 * always asked again.
 */
function canRemember(realm, { client, redirect_uri: address, details }, account, organization) {
  if (isNativeAddress(address) || trustOf(client.client_id).skipsConsent || details.length > 0) return false;
  return !realm.organizations || (organization?.status === 'allowed' && allowedOrganizations(account).length === 1);
}

/**
 * What the card says that the engine does not know. The engine keeps a request for longer than a
 * transaction lasts.
 */
function completed(realm, asked, account, chosen) {
  const { client: { client_id: clientId }, scopes, resources, redirect_uri: redirectUri } = asked;
  const current = realm.organizations ? currentOrganization(account, chosen) : undefined;
  const granted = realm.consents.granted(account.sub, clientId, current?.organization_id);
  return {
    ...asked,
    expires_at: undefined,
    narrows: !trustOf(clientId).needsAll,
    remembers: canRemember(realm, asked, account, current) ? 'choice' : 'never',
    granted: scopes.filter(granted),
    resume: { ...asked.resume, asked: { clientId, scopes, resources, redirectUri } },
  };
}

/** Notes in our records what was allowed. */
function record(realm, { clientId, scopes, resources, redirectUri }, grant, { account, login }) {
  realm.keepClient(clientId);
  const decided = { shown: scopes, ticked: [...grant.scopes, ...apisOf({ resources })] };
  for (const [consents, remember] of [[realm.consents, grant.remember], [consentsOf(login, realm), true]]) {
    consents.decide(account.sub, clientId, grant.organization, redirectUri, { ...decided, remember });
  }
}

/** @param site `realms`, `requests` (`http/limits.mjs`), and what `flow/` needs */
export function createEngine(site) {
  const { consumer, b2b } = site.realms;
  const inner = site.waysOut.guard(oidcProvider({
    provider: { consumer: consumer.provider, b2b: b2b.provider },
    login: () => ({ acr: ACR_VALUES[0] }),
    // Consents are our own records (`state/consents.mjs`).
    remembers: 'never',
    granted: (grant, { organization }, { realm, login }) => keepGrant(site.realms[realm], grant, { organization, login }),
  }));

  return {
    ...inner,
    open: (query, context) => underLogin(site, context, async (own) => {
      const realm = site.realms[context.realm];
      // A request that the engine has taken already is not measured again.
      const opened = await inner.open(query, { ...own, refusal: own.resume === undefined ? site.requests.tooLarge(query) : undefined });
      return opened.kind === 'ask' ? completed(realm, opened, findAccount(own.account.sub), own.organization) : opened;
    }),
    allow: (resume, grant, context) => underLogin(site, context, async (own) => {
      const ending = await inner.allow(resume, grant, own);
      if (own.note.granted) record(site.realms[own.realm], resume.asked, grant, own);
      return ending;
    }),
    deny: (resume, context) => underLogin(site, context, (own) => inner.deny(resume, own)),
    logout: signOutBy({
      open: (query, context) => available(() => openLogout(site, query, context)),
      signOut: (resume, context) => available(() => signOut(site, resume, context)),
    }),
  };
}

/** Whatever fails in a store, nothing was decided, and the call can be made again. */
async function available(work) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof EngineUnavailable ? error : new EngineUnavailable('The engine or its store failed.', { cause: error });
  }
}

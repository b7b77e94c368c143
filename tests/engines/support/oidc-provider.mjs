// oidc-provider as a host of the checks. Its store can stop to work.
import { errors } from 'oidc-provider';
import { createStore } from '../../../examples/authorization-server/engine/store.mjs';
import { createSite } from '../../../examples/engines/oidc-provider/server.mjs';

/** An API with scopes of its own, for whose tokens details are requested. */
export const PHOTOS = 'https://photos.example/api';

const features = {
  claimsParameter: { enabled: true },
  resourceIndicators: {
    enabled: true,
    getResourceServerInfo(ctx, resource) {
      if (resource !== PHOTOS) throw new errors.InvalidTarget();
      return { scope: 'photos.read photos.write', audience: PHOTOS };
    },
  },
  richAuthorizationRequests: {
    enabled: true,
    types: { payment: { validate() {} } },
    authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant.rar,
    authorizationDetailsForAccessToken: (ctx, token, source) => source.rar,
    authorizationDetailsForIntrospection: (ctx, token) => token.rar,
  },
};

/** A client at a site of its own, where a decision can be remembered. */
export const WEB = {
  id: 'web', name: 'Web', redirectUri: 'https://web.example/callback', signedOutUri: 'https://web.example/signed-out',
  metadata: { authorization_details_types: ['payment'] },
};

export async function startOidcProvider({ configuration, clients = [], ...options } = {}) {
  const store = createStore(Date.now);
  const interactions = [];
  let isDown = false;

  /** The engine's adapter for a model, which throws while the store is down. */
  function adapter(model) {
    const own = store.adapter(model);
    const guarded = Object.entries(own).map(([name, work]) => [name, async (...args) => {
      if (isDown) throw new Error('The store is down.');
      if (model === 'Interaction' && name === 'upsert') interactions.push(args[0]);
      return work(...args);
    }]);
    return Object.fromEntries(guarded);
  }

  const site = await createSite({ registers: true, clients: [...clients, WEB], configuration: { adapter, features, cookies: { keys: ['a key of the tests'] }, acrValues: ['gold'], ...configuration }, ...options });
  return { ...site, name: 'oidc-provider', openid: true, silentError: 'interaction_required', headers: {}, store, interactions, setDown(value) { isDown = value; } };
}

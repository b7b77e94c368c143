/** The engine of both realms behind the kit's adapter. */
import { oidcProvider } from '../../../server/node/src/engines/oidc-provider.ts';
import { ACR_VALUES } from '../fixtures/accounts.mjs';
import { keepGrant } from './grants.mjs';

export function createEngine({ consumer, b2b }) {
  const realms = { consumer, b2b };
  return oidcProvider({
    provider: { consumer: consumer.provider, b2b: b2b.provider },
    login: () => ({ acr: ACR_VALUES[0] }),
    // Consents are our own records (`state/consents.mjs`).
    remembers: 'never',
    granted: (grant, { organization }, context) => keepGrant(realms[context.realm], grant, { organization, login: context.login }),
  });
}

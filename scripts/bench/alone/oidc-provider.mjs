// oidc-provider alone: its interactions are ended by a host that asks nobody.
import { createProvider } from '../../../examples/engines/oidc-provider/server.mjs';
import { listenNode } from '../../../examples/engines/site/listen.mjs';

const ACCOUNT = 'account-ada';

async function finish(provider, req, res) {
  const { prompt, params, session } = await provider.interactionDetails(req, res);
  if (prompt.name === 'login') return provider.interactionFinished(req, res, { login: { accountId: ACCOUNT } });
  const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return provider.interactionFinished(req, res, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
}

export async function createSite({ clients }) {
  const { origin, close } = await listenNode(0, async (own) => {
    const provider = createProvider(own, { clients, registers: false, configuration: { cookies: { keys: ['a key of the bench'] } } });
    const engine = provider.callback();
    return (req, res) => (req.url.startsWith('/interaction/') ? finish(provider, req, res).catch((error) => res.writeHead(500).end(String(error.stack))) : engine(req, res));
  });
  return { origin, close };
}

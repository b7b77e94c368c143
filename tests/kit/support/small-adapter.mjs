// An adapter as small as they come, for the size of a bundle: an engine behind three calls of JSON over HTTP.
import { countersign, EngineUnavailable, errorEnding } from '../../../server/node/src/index.ts';

async function call(origin, path, body, { signal, request }) {
  const response = await fetch(origin + path, {
    method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', Cookie: request.headers.get('cookie') ?? '' }, signal,
  }).catch((cause) => { throw new EngineUnavailable('The engine cannot be reached.', { cause }); });
  if (response.status >= 500) throw new EngineUnavailable('The engine is down.');
  return response.json();
}

/** @param origin of the engine */
export const smallEngine = (origin) => ({
  name: 'small',
  narrows: true,
  remembers: 'never',
  origins: [origin],
  issuer: origin,
  async open(query, context) {
    const found = await call(origin, '/requests', { query, sub: context.account?.sub }, context);
    if (found.error && !found.redirect_uri) return { kind: 'refused', error: found.error };
    if (found.error) return { kind: 'done', ...errorEnding(found.redirect_uri, { ...found, iss: origin }) };
    if (found.login) return { kind: 'login', reason: 'no_session' };
    const { client, redirect_uri, id, scope } = found;
    return { kind: 'ask', client, redirect_uri, resume: id, request_id: id, scopes: scope.split(' ').map((one) => ({ scope: one })) };
  },
  allow: async (resume, { scopes }, context) => call(origin, '/allow', { id: resume, scope: scopes.map(({ scope }) => scope).join(' ') }, context),
  deny: (resume, context) => call(origin, '/deny', { id: resume }, context),
});

export default { fetch: countersign({ engine: smallEngine('https://engine.example'), origin: 'https://site.example', secret: 'x'.repeat(32), account: () => null }) };

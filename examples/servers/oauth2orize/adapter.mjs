// oauth2orize behind the kit. The steps of the engine are middleware for Express: each gets what it reads of a request, and makes no page.
import { EngineUnavailable, errorEnding, leadsTo } from 'countersign/server';
import { loginReason } from 'countersign/server/prompt';

/** What the engine passes over. A client must not believe that it was read. */
const UNREAD = { request: 'request_not_supported', request_uri: 'request_uri_not_supported', response_mode: 'invalid_request' };

const isOAuth = ({ name }) => name === 'AuthorizationError';

const unavailable = (cause) => new EngineUnavailable('The engine failed before it decided anything.', { cause });

/** Runs middleware. Resolves to the address that it redirects to, if it does. */
const run = (middleware, req) => new Promise((resolve, reject) => {
  middleware(req, { redirect: resolve, end() {} }, (error) => (error ? reject(error) : resolve()));
});

/** @param validate what `server.authorize` gets: `(clientId, redirectUri, scope, done)`, with `done(error, client, redirectUri)` */
export function oauth2orize({ server, validate, issuer }) {
  const authorize = server.authorize(validate);
  const decide = server.decision({ loadTransaction: false }, ({ decision }, done) => done(null, decision));

  /** The engine's first step. Only its own errors are for clients to read. */
  async function begin(query) {
    const req = { query: Object.fromEntries(new URLSearchParams(query)), body: {}, session: {} };
    await run(authorize, req).catch((cause) => { throw isOAuth(cause) ? cause : unavailable(cause); });
    return req;
  }

  /** Its second step, which makes the answer. The engine sends no `iss` (RFC 9207). */
  async function end(query, decision, user) {
    const to = new URL(await run(decide, { ...await begin(query), decision, user }));
    to.searchParams.set('iss', issuer);
    return leadsTo(to.href);
  }

  async function open(query, context) {
    const parameters = new URLSearchParams(query);
    const twice = [...parameters.keys()].find((name) => parameters.getAll(name).length > 1);
    if (twice) return { kind: 'refused', error: 'invalid_request', description: `${twice} is there twice.` };
    // Some errors of the engine come before it knows the client, so that the address is asked for first.
    const [client, redirect_uri] = await new Promise((resolve, reject) => {
      validate(parameters.get('client_id'), parameters.get('redirect_uri'), [], (error, ...found) => (error ? reject(unavailable(error)) : resolve(found)));
    });
    if (!client) return { kind: 'refused', error: 'invalid_client', description: 'The client or its address is not registered.' };
    const fails = (error, description) => ({ kind: 'done', ...errorEnding(redirect_uri, { error, description, state: parameters.get('state'), iss: issuer }) });
    const unread = Object.keys(UNREAD).find((name) => parameters.has(name));
    if (unread) return fails(UNREAD[unread], `${unread} is not supported.`);
    try {
      const { scope = [], codeChallenge, codeChallengeMethod } = (await begin(query)).oauth2.req;
      if (codeChallengeMethod !== 'S256') return fails('invalid_request', 'code_challenge with S256 is missing.');
      const reason = loginReason(parameters, context);
      if (parameters.get('prompt') === 'none') return fails(reason ? 'login_required' : 'consent_required');
      if (reason) return { kind: 'login', reason, resume: null };
      // The engine gives a code as often as it is asked to: one request is known by what its client made anew.
      const request_id = JSON.stringify([client.client_id, context.account.sub, codeChallenge]);
      return { kind: 'ask', client, scopes: scope.map((one) => ({ scope: one })), redirect_uri, resume: null, request_id };
    } catch (error) {
      if (!isOAuth(error)) throw error;
      return fails(error.code, error.message);
    }
  }

  return {
    name: 'oauth2orize',
    narrows: true,
    remembers: 'never',
    issuer,
    open,
    allow: (_, { scopes }, { query, account }) => end(query, { allow: true, scope: scopes.map(({ scope }) => scope) }, account),
    deny: (_, { query }) => end(query, { allow: false }),
  };
}

// oauth2orize as the authorization server, as it was before the kit: clients, codes and tokens, in memory.
import { createHash, randomUUID } from 'node:crypto';
import oauth from 'oauth2orize';
import pkce from 'oauth2orize-pkce';
import { SCOPES } from './describe.mjs';

const MINUTE = 60_000;
const CLIENTS = [
  { client_id: 'third-party-public', client_name: 'Photo Printer', redirect_uris: ['http://localhost:4401/callback'] },
  { client_id: 'postcards', client_name: 'Postcards', redirect_uris: ['https://postcards.example/callback'] },
  { client_id: 'pocket-album', client_name: 'Pocket Album', redirect_uris: ['com.example.pocket-album:/callback'] },
];
export const clientOf = (id) => CLIENTS.find(({ client_id }) => client_id === id);

/** The callback of `server.authorize`. */
export function validate(id, redirectUri, scope, done) {
  const client = clientOf(id);
  if (!client?.redirect_uris.includes(redirectUri)) return done(null, false);
  const unknown = scope?.find((one) => !SCOPES.includes(one));
  return done(unknown && new oauth.AuthorizationError('A scope is unknown.', 'invalid_scope'), client, redirectUri);
}

/** @param onRedeemed hears of each code, before its tokens are sent */
export function createAuth({ onRedeemed }) {
  const [codes, tokens] = [new Map(), new Map()];
  const server = oauth.createServer();
  server.serializeClient(({ client_id }, done) => done(null, client_id));
  server.grant(pkce.extensions());
  server.grant(oauth.grant.code((client, redirectUri, { sub }, { scope }, { codeChallenge }, done) => {
    const code = randomUUID();
    codes.set(code, { client, redirectUri, sub, scope, codeChallenge, until: Date.now() + MINUTE });
    done(null, code);
  }));
  server.exchange(oauth.exchange.code((client, code, redirectUri, { code_verifier: verifier }, done) => {
    const grant = codes.get(code);
    codes.delete(code);
    const isRight = grant?.client === client && grant.redirectUri === redirectUri && grant.until > Date.now();
    if (!isRight || grant.codeChallenge !== createHash('sha256').update(String(verifier)).digest('base64url')) return done(null, false);
    const token = randomUUID();
    tokens.set(token, { sub: grant.sub, scope: grant.scope.join(' '), until: Date.now() + 60 * MINUTE });
    return onRedeemed(code).then(() => done(null, token, { scope: grant.scope.join(' '), expires_in: 3600 }), done);
  }));
  return { server, tokenOf: (token) => [tokens.get(token)].find((one) => one?.until > Date.now()) };
}

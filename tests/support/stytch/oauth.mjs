// The OAuth endpoints of a project's own domain that a client needs: discovery, keys, tokens,
// userinfo.
import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { verifies } from './authorize.mjs';
import { passwords } from './backend.mjs';

const ALG = 'RS256';
const LIFE = 3600;
const json = (status, body) => ({ status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'access-control-allow-origin': '*' }, body: JSON.stringify(body) });
const refused = (error, status = 400) => json(status, { error });

/** The realm of a path, the path without its prefix, and the prefix. */
function locate(pathname) {
  return pathname.startsWith('/b2b/') ? ['b2b', pathname.slice('/b2b'.length), '/b2b'] : ['consumer', pathname, ''];
}

function discovery(standIn, realm, issuer) {
  return {
    issuer,
    authorization_endpoint: standIn.authorizationUrls[realm],
    end_session_endpoint: standIn.authorizationUrls[realm],
    token_endpoint: `${issuer}/v1/oauth2/token`,
    userinfo_endpoint: `${issuer}/v1/oauth2/userinfo`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: [...standIn.projects[realm].builtIn, ...standIn.projects[realm].policy.map(({ scope }) => scope)],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    prompt_values_supported: ['consent'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [ALG],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
  };
}

function authenticated(form, headers, client) {
  const [, pair] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  const [id, secret] = pair
    ? Buffer.from(pair, 'base64').toString('utf8').split(':').map(decodeURIComponent)
    : [form.get('client_id'), form.get('client_secret') ?? undefined];
  return id === client.client_id && (client.secret || undefined) === (secret || undefined);
}

const claimsOf = ({ person }, scopes) => ({
  sub: person.id,
  ...(scopes.includes('email') ? { email: person.email, email_verified: true } : {}),
  ...(scopes.includes('profile') ? { name: `${person.first} ${person.last}`, given_name: person.first, family_name: person.last } : {}),
});

/** The handler for requests outside the SDK's API. */
export function oauth(standIn) {
  const keys = generateKeyPair(ALG);
  const access = new Map();
  const refresh = new Map();

  const signed = async (claims, issuer, audience) => {
    const { privateKey } = await keys;
    const token = new SignJWT(claims).setProtectedHeader({ alg: ALG, kid: 'stand-in' }).setIssuer(issuer).setAudience(audience);
    return token.setIssuedAt().setExpirationTime(`${LIFE}s`).sign(privateKey);
  };

  async function tokens(grant, issuer, nonce) {
    const { client, session, scopes } = grant;
    const [access_token, refresh_token] = [randomBytes(24).toString('base64url'), randomBytes(24).toString('base64url')];
    access.set(access_token, grant);
    const answer = { access_token, token_type: 'bearer', expires_in: LIFE, scope: scopes.join(' ') };
    if (scopes.includes('openid')) {
      const auth_time = session.authenticatedAt;
      answer.id_token = await signed({ ...claimsOf(session, scopes), auth_time, ...(nonce ? { nonce } : {}) }, issuer, client.client_id);
      standIn.idTokens.set(answer.id_token, session.person.id);
    }
    if (scopes.includes('offline_access')) {
      refresh.set(refresh_token, grant);
      answer.refresh_token = refresh_token;
    }
    return json(200, answer);
  }

  async function token(request, issuer) {
    const form = new URLSearchParams(request.body);
    const fromCode = form.get('grant_type') === 'authorization_code';
    const store = fromCode ? standIn.codes : refresh;
    const secret = form.get(fromCode ? 'code' : 'refresh_token');
    const grant = store.get(secret);
    store.delete(secret);
    if (!grant) return refused('invalid_grant');
    if (!authenticated(form, request.headers, grant.client)) return refused('invalid_client', 401);
    if (fromCode && grant.redirect_uri !== form.get('redirect_uri')) return refused('invalid_grant');
    if (fromCode && grant.code_challenge && !verifies(form.get('code_verifier'), grant.code_challenge)) return refused('invalid_grant');
    return tokens(grant, issuer, fromCode ? grant.nonce : undefined);
  }

  function userinfo({ headers }) {
    const [, bearer] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    const grant = access.get(bearer);
    return grant ? json(200, claimsOf(grant.session, grant.scopes)) : refused('invalid_token', 401);
  }

  return async function answer(request) {
    const url = new URL(request.url);
    const [realm, path, prefix] = locate(url.pathname);
    const issuer = url.origin + prefix;
    switch (`${request.method} ${path}`) {
      case 'GET /.well-known/openid-configuration':
      case 'GET /.well-known/oauth-authorization-server': return json(200, discovery(standIn, realm, issuer));
      case 'GET /.well-known/jwks.json': return json(200, { keys: [{ ...await exportJWK((await keys).publicKey), kid: 'stand-in', alg: ALG, use: 'sig' }] });
      case 'POST /v1/oauth2/token': return token(request, issuer);
      case 'GET /v1/oauth2/userinfo': return userinfo(request);
      case 'POST /v1/passwords/authenticate': return passwords(standIn, realm, request);
      default: return json(404, { error: 'route_not_found' });
    }
  };
}

/**
 * Valid and invalid requests with the outcome of the certified engine. The bare engine and our page
 * must agree on each.
 *
 * A case changes one valid request: `set` replaces parameters, `drop` removes some, `add` appends
 * pairs (also of a name that is already there), `raw` appends text to the query.
 *
 * `outcome`: `interaction`, `page` (an error that is not redirected), or `redirect <error>`.
 */

const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const PUSHED = 'urn:ietf:params:oauth:request_uri:';

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (payload) => `${base64({ alg: 'none' })}.${base64(payload)}.`;

/** The registrations of the clients in the cases. */
export const CLIENTS = {
  web: { redirect_uris: ['https://web.example/callback'], authorization_details_types: ['account_information'] },
  several: { redirect_uris: ['https://web.example/one', 'https://web.example/two'] },
  query: { redirect_uris: ['https://web.example/callback?tenant=1'] },
  loopback: { redirect_uris: ['http://127.0.0.1:5000/callback'], application_type: 'native' },
  private: { redirect_uris: ['com.example.app:/callback'], application_type: 'native' },
  confidential: { redirect_uris: ['https://web.example/callback'], token_endpoint_auth_method: 'client_secret_basic' },
  hybrid: {
    redirect_uris: ['https://web.example/callback'],
    response_types: ['code', 'code id_token', 'id_token'],
    grant_types: ['authorization_code', 'implicit'],
  },
};

export const CASES = [
  // Valid requests.
  { name: 'a valid request', outcome: 'interaction' },
  { name: 'parameters in another order', client: 'web', order: 'reverse', outcome: 'interaction' },
  { name: 'scopes in another order, one twice', set: { scope: 'profile openid profile' }, outcome: 'interaction' },
  { name: 'no scope at all', drop: ['scope'], outcome: 'interaction' },
  { name: 'an empty scope', set: { scope: '' }, outcome: 'interaction' },
  { name: 'an unknown scope', set: { scope: 'openid no.such.scope' }, outcome: 'interaction' },
  { name: 'no state', drop: ['state'], outcome: 'interaction' },
  { name: 'an empty state', set: { state: '' }, outcome: 'interaction' },
  { name: 'a state of 5,000 characters', set: { state: 's'.repeat(5000) }, outcome: 'interaction' },
  { name: 'a state with every reserved character', set: { state: 'a+b/c=&d#e %' }, outcome: 'interaction' },
  { name: 'a state with NUL', set: { state: 'a\0b' }, outcome: 'interaction' },
  { name: 'a state in Greek', set: { state: 'κατάσταση' }, outcome: 'interaction' },
  { name: 'quotes and brackets as they are', raw: "&unknown='%22'", outcome: 'interaction' },
  { name: 'a nonce of 384 characters', set: { nonce: 'n'.repeat(384) }, outcome: 'interaction' },
  { name: 'an unknown parameter', add: [['extra', 'foobar']], outcome: 'interaction' },
  { name: 'an unknown parameter twice', add: [['extra', 'a'], ['extra', 'b']], outcome: 'interaction' },
  { name: 'an unknown display', set: { display: 'hologram' }, outcome: 'interaction' },
  { name: 'an unknown language', set: { ui_locales: 'xx-??' }, outcome: 'interaction' },
  { name: 'a language for claims', set: { claims_locales: 'se' }, outcome: 'interaction' },
  { name: 'a login hint', set: { login_hint: 'ada@example.com' }, outcome: 'interaction' },
  { name: 'unknown acr values', set: { acr_values: '1 2' }, outcome: 'interaction' },
  { name: 'a dpop_jkt that is none', set: { dpop_jkt: 'no' }, outcome: 'interaction' },
  { name: 'authorization_details for an API', set: { authorization_details: '[{"type":"account_information","actions":["read_balances"]}]', resource: 'https://payments.example/api' }, outcome: 'interaction' },
  { name: 'authorization_details for no API', set: { authorization_details: '[{"type":"account_information","actions":["read_balances"]}]' }, outcome: 'redirect invalid_target' },
  { name: 'authorization_details of an unknown type', set: { authorization_details: '[{"type":"payment"}]' }, outcome: 'redirect invalid_authorization_details' },
  { name: 'authorization_details the client did not register', client: 'query', set: { authorization_details: '[{"type":"account_information","actions":["read_balances"]}]' }, outcome: 'redirect invalid_authorization_details' },
  { name: 'authorization_details that are no JSON', set: { authorization_details: '[{' }, outcome: 'redirect invalid_authorization_details' },
  { name: 'claims, which are off', set: { claims: 'no JSON' }, outcome: 'interaction' },
  { name: 'max_age', set: { max_age: '10000' }, outcome: 'interaction' },
  { name: 'max_age of 0', set: { max_age: '0' }, outcome: 'interaction' },
  { name: 'prompt=login', set: { prompt: 'login' }, outcome: 'interaction' },
  { name: 'prompt=consent', set: { prompt: 'consent' }, outcome: 'interaction' },
  { name: 'prompt=select_account', set: { prompt: 'select_account' }, outcome: 'interaction' },
  { name: 'prompt=login consent', set: { prompt: 'login consent' }, outcome: 'interaction' },
  { name: 'an API', set: { resource: 'https://photos.example/api' }, outcome: 'interaction' },
  { name: 'two APIs', add: [['resource', 'https://photos.example/api'], ['resource', 'https://calendar.example/api']], outcome: 'interaction' },
  { name: 'response_mode=fragment', set: { response_mode: 'fragment' }, outcome: 'interaction' },
  { name: 'response_mode=form_post', set: { response_mode: 'form_post' }, outcome: 'interaction' },
  { name: 'response_mode=jwt', set: { response_mode: 'jwt' }, outcome: 'interaction' },
  { name: 'a redirect address with a query', client: 'query', outcome: 'interaction' },
  { name: 'another port on loopback', client: 'loopback', set: { redirect_uri: 'http://127.0.0.1:61234/callback' }, outcome: 'interaction' },
  { name: 'a private-use scheme', client: 'private', outcome: 'interaction' },
  { name: 'no PKCE from a confidential client', client: 'confidential', drop: ['code_challenge', 'code_challenge_method'], outcome: 'interaction' },
  { name: 'the hybrid flow with a nonce', client: 'hybrid', set: { response_type: 'code id_token', nonce: 'n' }, outcome: 'interaction' },
  { name: 'the hybrid flow in the other order', client: 'hybrid', set: { response_type: 'id_token code', nonce: 'n' }, outcome: 'interaction' },

  // Errors that must not be redirected.
  { name: 'no client_id', drop: ['client_id'], outcome: 'page' },
  { name: 'an empty client_id', set: { client_id: '' }, outcome: 'page' },
  { name: 'an unknown client_id', set: { client_id: 'nobody' }, outcome: 'page' },
  { name: 'client_id twice', add: [['client_id', 'nobody']], outcome: 'page' },
  { name: 'no redirect_uri with one registered', drop: ['redirect_uri'], outcome: 'page' },
  { name: 'no redirect_uri with several registered', client: 'several', drop: ['redirect_uri'], outcome: 'page' },
  { name: 'an empty redirect_uri', set: { redirect_uri: '' }, outcome: 'page' },
  { name: 'redirect_uri twice', add: [['redirect_uri', 'https://web.example/callback']], outcome: 'page' },
  { name: 'a redirect_uri of somebody else', set: { redirect_uri: 'https://evil.example/callback' }, outcome: 'page' },
  { name: 'an added query', set: { redirect_uri: 'https://web.example/callback?a=1' }, outcome: 'page' },
  { name: 'another query', client: 'query', set: { redirect_uri: 'https://web.example/callback?tenant=2' }, outcome: 'page' },
  { name: 'a fragment', set: { redirect_uri: 'https://web.example/callback#here' }, outcome: 'page' },
  { name: 'javascript:', set: { redirect_uri: 'javascript:alert(1)' }, outcome: 'page' },
  { name: 'data:', set: { redirect_uri: 'data:text/html,hello' }, outcome: 'page' },
  { name: 'another case in the path', set: { redirect_uri: 'https://web.example/Callback' }, outcome: 'page' },
  { name: 'another case in the host', set: { redirect_uri: 'https://WEB.example/callback' }, outcome: 'page' },
  { name: 'a slash at the end', set: { redirect_uri: 'https://web.example/callback/' }, outcome: 'page' },
  { name: 'a path that goes up', set: { redirect_uri: 'https://web.example/callback/../callback' }, outcome: 'page' },
  { name: 'the user part of an address', set: { redirect_uri: 'https://web.example@evil.example/callback' }, outcome: 'page' },
  { name: 'localhost for 127.0.0.1', client: 'loopback', set: { redirect_uri: 'http://localhost:5000/callback' }, outcome: 'page' },
  { name: 'a bad address and a bad scope', set: { redirect_uri: 'https://evil.example/', scope: '"' }, outcome: 'page' },
  { name: 'a pushed request of nobody', drop: ['redirect_uri'], set: { request_uri: `${PUSHED}gone` }, outcome: 'page' },

  // Errors that the client must get.
  { name: 'no response_type', drop: ['response_type'], outcome: 'redirect invalid_request' },
  { name: 'an unknown response_type', set: { response_type: 'codex' }, outcome: 'redirect unsupported_response_type' },
  { name: 'response_type=token', set: { response_type: 'token' }, outcome: 'redirect unsupported_response_type' },
  { name: 'a response_type the client may not use', set: { response_type: 'code id_token', nonce: 'n' }, outcome: 'redirect invalid_request' },
  { name: 'an unknown response_mode', set: { response_mode: 'pigeon' }, outcome: 'redirect unsupported_response_mode' },
  { name: 'an ID token by query', client: 'hybrid', set: { response_type: 'code id_token', response_mode: 'query', nonce: 'n' }, outcome: 'redirect invalid_request' },
  { name: 'an ID token without a nonce', client: 'hybrid', set: { response_type: 'code id_token' }, outcome: 'redirect invalid_request' },
  { name: 'state twice', add: [['state', 'other']], outcome: 'redirect invalid_request' },
  { name: 'scope twice', add: [['scope', 'email']], outcome: 'redirect invalid_request' },
  { name: 'prompt twice', add: [['prompt', 'none'], ['prompt', 'login']], outcome: 'redirect invalid_request' },
  { name: 'a scope with a quote', set: { scope: 'openid "' }, outcome: 'redirect invalid_scope' },
  { name: 'a nonce without openid', set: { scope: 'profile', nonce: 'n' }, outcome: 'redirect invalid_request' },
  { name: 'max_age without openid', set: { scope: 'profile', max_age: '10' }, outcome: 'redirect invalid_request' },
  { name: 'a nonce with no scope at all', drop: ['scope'], set: { nonce: 'n' }, outcome: 'redirect invalid_request' },
  { name: 'no PKCE from a public client', drop: ['code_challenge', 'code_challenge_method'], outcome: 'redirect invalid_request' },
  { name: 'plain PKCE', set: { code_challenge_method: 'plain' }, outcome: 'redirect invalid_request' },
  { name: 'a challenge without its method', drop: ['code_challenge_method'], outcome: 'redirect invalid_request' },
  { name: 'a method without its challenge', drop: ['code_challenge'], outcome: 'redirect invalid_request' },
  { name: 'a challenge too short', set: { code_challenge: 'short' }, outcome: 'redirect invalid_request' },
  { name: 'a challenge of other characters', set: { code_challenge: `${CHALLENGE.slice(1)}!` }, outcome: 'redirect invalid_request' },
  { name: 'prompt=none without a session', set: { prompt: 'none' }, outcome: 'redirect login_required' },
  { name: 'prompt=none and max_age=0', set: { prompt: 'none', max_age: '0' }, outcome: 'redirect login_required' },
  { name: 'prompt=none by form_post', set: { prompt: 'none', response_mode: 'form_post' }, outcome: 'redirect login_required' },
  { name: 'prompt=none login', set: { prompt: 'none login' }, outcome: 'redirect invalid_request' },
  { name: 'prompt=login none by form_post', set: { prompt: 'login none', response_mode: 'form_post' }, outcome: 'redirect invalid_request' },
  { name: 'an unknown prompt', set: { prompt: 'dance' }, outcome: 'redirect invalid_request' },
  { name: 'prompt=create, which is off', set: { prompt: 'create' }, outcome: 'redirect invalid_request' },
  { name: 'a negative max_age', set: { max_age: '-1' }, outcome: 'redirect invalid_request' },
  { name: 'max_age that is no number', set: { max_age: 'soon' }, outcome: 'redirect invalid_request' },
  { name: 'max_age too large', set: { max_age: '99999999999999999999' }, outcome: 'redirect invalid_request' },
  { name: 'an id_token_hint that is none', set: { id_token_hint: 'not.a.token' }, outcome: 'redirect invalid_request' },
  { name: 'registration', set: { registration: '{}' }, outcome: 'redirect registration_not_supported' },
  { name: 'a request object that is none', set: { request: 'not.a.jwt' }, outcome: 'redirect invalid_request_object' },
  { name: 'an unsigned request object', set: { request: unsigned({ client_id: 'x' }) }, outcome: 'redirect invalid_request_object' },
  { name: 'a request object by reference', set: { request_uri: 'https://web.example/request.jwt' }, outcome: 'redirect request_uri_not_supported' },
  { name: 'a pushed request that is gone', set: { request_uri: `${PUSHED}gone` }, outcome: 'redirect invalid_request_uri' },
  { name: 'request and request_uri', set: { request: 'not.a.jwt', request_uri: `${PUSHED}gone` }, outcome: 'redirect invalid_request' },
  { name: 'an API that is no address', set: { resource: 'photos' }, outcome: 'redirect invalid_target' },
  { name: 'an API with a fragment', set: { resource: 'https://photos.example/api#part' }, outcome: 'redirect invalid_target' },
  { name: 'an API nobody knows', set: { resource: 'https://unknown.example/api' }, outcome: 'redirect invalid_target' },
  { name: 'a private-use scheme and no PKCE', client: 'private', drop: ['code_challenge', 'code_challenge_method'], outcome: 'redirect invalid_request' },
];

/** The raw query of a case for a registered client. */
export function queryOf({ client = 'web', set = {}, drop = [], add = [], raw = '', order }, clientId) {
  const good = {
    client_id: clientId,
    redirect_uri: CLIENTS[client].redirect_uris[0],
    response_type: 'code',
    scope: 'openid profile',
    state: 'a state',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  };
  const pairs = Object.entries({ ...good, ...set }).filter(([name]) => !drop.includes(name));
  if (order === 'reverse') pairs.reverse();
  return new URLSearchParams([...pairs, ...add]).toString() + raw;
}

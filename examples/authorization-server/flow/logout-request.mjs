/**
 * What a logout request proves. Whatever cannot be checked is not used, and nothing that needs it
 * happens (RP-Initiated Logout 1.0 sections 4 and 6): the user is asked, and there is no address.
 */
import { findClient, readHint } from '../engine/logout.mjs';
import { parseQuery } from '../http/limits.mjs';

const USED = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];
const NOTHING = { client: undefined, hint: undefined, address: undefined };

/** The parameters that count, each with its one value, or `undefined` if a name has several. */
function single(query) {
  const parameters = parseQuery(query);
  const lists = USED.map((name) => [name, parameters.get(name) ?? []]);
  if (lists.some(([, values]) => values.length > 1)) return undefined;
  return Object.fromEntries(lists.map(([name, [value]]) => [name, value || undefined]));
}

/** The address with its state (section 3), otherwise as it is. The engine allows no fragment. */
function withState(address, state) {
  if (state === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
}

/** The registered address, or `undefined` if it is not this client's, or none that we open. */
function registered(client, { post_logout_redirect_uri: address, state }) {
  return client?.postLogoutRedirectUriAllowed(address) ? withState(address, state) : undefined;
}

/**
 * Reads a raw query.
 *
 * @returns `client` (who asks, as far as known), `hint` (`{ subject, expired }` if there is a good
 *   one and nothing else is wrong), `address` (with its state, if nothing is wrong)
 */
export async function readLogout(site, realm, query) {
  const values = site.requests.tooLarge(query) === undefined ? single(query) : undefined;
  if (values === undefined) return NOTHING;
  const { id_token_hint: token, client_id: id, post_logout_redirect_uri: wanted } = values;
  const hint = token && await readHint(realm, token);
  if (token && hint === undefined) return NOTHING;
  if (hint && id && hint.client.clientId !== id) return NOTHING;
  const client = hint?.client ?? (id && await findClient(realm, id)) ?? undefined;
  if (id && client === undefined) return NOTHING;
  const address = wanted && registered(client, values);
  if (client && wanted && address === undefined) return { ...NOTHING, client };
  const { sub: subject, exp } = hint?.claims ?? {};
  // By the clock of the engine, which gave the token its time.
  return { client, address, hint: hint && { subject, expired: exp <= Math.floor(Date.now() / 1000) } };
}

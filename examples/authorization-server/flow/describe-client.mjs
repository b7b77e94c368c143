/** The client as `api/openapi.yaml` describes it. */
import { translationsOf } from '../engine/languages.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { addressFault, isAppAddress, isNativeAddress } from '../registration/addresses.mjs';
import { registrableDomain } from './domain.mjs';

const MAX_NAME = 1000;

/** The object without undefined members. */
export const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** The link if a browser can open it safely. */
function safeLink(value) {
  if (typeof value !== 'string' || value.length > 2048) return undefined;
  // By the rules for redirect addresses, but a link may have a fragment.
  const [page] = value.split('#', 1);
  return addressFault(page) === undefined && !isAppAddress(page) ? value : undefined;
}

const nameOf = (client) => (client.clientName || client.clientId).slice(0, MAX_NAME);

/** Names and links in other languages, under the API's names. */
function translated(client) {
  return Object.fromEntries(translationsOf(client).map(([member, language, value]) => (
    member === 'client_name' ? [`name#${language}`, value.slice(0, MAX_NAME)] : [`${member}#${language}`, safeLink(value)]
  )));
}

/**
 * @param client the engine's client
 * @param redirectUri the address that its answer goes to, if any. It decides whether the client is
 *   native.
 */
export function describeClient(client, redirectUri) {
  const { party, verified, registration, shown } = trustOf(client.clientId);
  return present({
    client_id: client.clientId,
    name: nameOf(client),
    client_uri: safeLink(client.clientUri),
    policy_uri: safeLink(client.policyUri),
    tos_uri: safeLink(client.tosUri),
    ...translated(client),
    registrable_domain: redirectUri && registrableDomain(redirectUri),
    party,
    verified,
    registration,
    ...shown,
    native: isNativeAddress(redirectUri),
  });
}

/** The part of a client that a page shows when the request is over: name and home page. */
export function describeBriefly(client) {
  return present({ name: nameOf(client), client_uri: safeLink(client.clientUri) });
}

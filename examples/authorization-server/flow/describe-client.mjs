/** The client as `api/openapi.yaml` describes it. */
import { translationsOf } from '../engine/languages.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { registrableDomain } from './domain.mjs';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MAX_NAME = 1000;

/** The object without undefined members. */
export const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** The link if a browser can open it safely. */
function safeLink(value) {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)) ? value : undefined;
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
 * @param redirectUri the address that its answer goes to, if any
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
    native: client.applicationType === 'native',
  });
}

/** The part of a client that a page shows when the request is over: name and home page. */
export function describeBriefly(client) {
  return present({ name: nameOf(client), client_uri: safeLink(client.clientUri) });
}

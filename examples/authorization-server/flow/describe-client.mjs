/** Who asks, in the shape of api/openapi.yaml. */
import { translationsOf } from '../engine/languages.mjs';
import { trustOf } from '../fixtures/clients.mjs';
import { registrableDomain } from './domain.mjs';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const MOST_NAME = 1000;

/** An object without the members that have no value. */
export const present = (object) => Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

/** A client's link is passed on where a browser can open it safely. */
function link(value) {
  if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return undefined;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname)) ? value : undefined;
}

const nameOf = (client) => (client.clientName || client.clientId).slice(0, MOST_NAME);

/** The same in other languages, by the API's names. */
function translated(client) {
  return Object.fromEntries(translationsOf(client).map(([member, language, value]) => (
    member === 'client_name' ? [`name#${language}`, value.slice(0, MOST_NAME)] : [`${member}#${language}`, link(value)]
  )));
}

/**
 * @param client the engine's client
 * @param redirectUri where its answer goes, where there is one
 */
export function describeClient(client, redirectUri) {
  const { party, verified, registration, shown } = trustOf(client.clientId);
  return present({
    client_id: client.clientId,
    name: nameOf(client),
    client_uri: link(client.clientUri),
    policy_uri: link(client.policyUri),
    tos_uri: link(client.tosUri),
    ...translated(client),
    registrable_domain: redirectUri && registrableDomain(redirectUri),
    party,
    verified,
    registration,
    ...shown,
    native: client.applicationType === 'native',
  });
}

/** What is told of a client when its request is over: its name, and the way back to it. */
export function describeBriefly(client) {
  return present({ name: nameOf(client), client_uri: link(client.clientUri) });
}

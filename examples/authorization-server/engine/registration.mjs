/**
 * Rules for client metadata. The engine applies them whenever it builds a client: at registration,
 * at an update and from the store.
 */
import { errors } from 'oidc-provider';
import { trustOf } from '../fixtures/clients.mjs';
import { typeOf } from './addresses.mjs';
import { checkTranslation, translationNames } from './languages.mjs';

/**
 * The grants that go through a user. Every other one (RFC 6749 section 4.4 and extensions) is for
 * clients that an administrator entered.
 */
const WITH_USER = ['authorization_code', 'implicit', 'refresh_token'];

function checkGrants({ client_id: clientId, grant_types: grants }) {
  const open = [grants ?? []].flat().every((grant) => WITH_USER.includes(grant));
  if (open || trustOf(clientId).registration === 'managed') return;
  throw new errors.InvalidClientMetadata(`grant_types of a client that registers itself must be among ${WITH_USER.join(', ')}`);
}

/** The engine's setting for additional metadata. It calls `validator` once for each name. */
export const extraClientMetadata = {
  properties: translationNames,
  validator(ctx, name, value, metadata) {
    checkGrants(metadata);
    metadata.application_type ??= typeOf(metadata.redirect_uris);
    checkTranslation(name, value);
  },
};

/**
 * Frees clients that registered themselves from the scope that they named: it is no ceiling, and
 * may name scopes of an API that this server does not know (RFC 7591 section 3.2.1). The scope that
 * an administrator entered is one.
 */
export function applyScopeRules({ Client }) {
  const { scopes: checkScopes } = Client.Schema.prototype;
  Client.Schema.prototype.scopes = function freeScope() {
    if (trustOf(this.client_id).registration === 'managed') checkScopes.call(this);
    else delete this.scope;
  };
}

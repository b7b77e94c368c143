/**
 * Our rules for addresses in the engine, which would go by the `application_type` that a client
 * gives itself.
 */
import { errors } from 'oidc-provider';
import { addressFault, faultText, isNativeAddress, isRegistered } from '../registration/addresses.mjs';

/**
 * Replaces the engine's rules of one provider: for metadata, and for the addresses of requests.
 *
 * @param schemes private-use schemes without a dot that the host accepts
 */
export function applyAddressRules({ Client }, schemes) {
  Client.Schema.prototype.redirectUris = function checkAddresses(addresses = this.redirect_uris, label = 'redirect_uris') {
    for (const address of addresses) {
      const fault = addressFault(address, schemes);
      if (fault !== undefined) throw new errors.InvalidClientMetadata(faultText(fault, label));
    }
  };
  // The engine checks the metadata whenever it builds a client, also one from the store.
  Client.prototype.redirectUriAllowed = function allowsRedirect(address) { return isRegistered(this.redirectUris, address); };
  Client.prototype.postLogoutRedirectUriAllowed = function allowsLogout(address) { return isRegistered(this.postLogoutRedirectUris, address); };
}

/** The type of a client that gives none. */
export const typeOf = (addresses) => ([addresses ?? []].flat().some(isNativeAddress) ? 'native' : 'web');

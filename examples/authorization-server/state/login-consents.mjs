/**
 * What was allowed in a login session, remembered or not. It ends with the session. Each realm has
 * records of its own.
 */
import { createConsents } from './consents.mjs';

/** The record of one login in one realm. */
export function consentsOf(login, realm) {
  login.consents[realm.name] ??= createConsents();
  return login.consents[realm.name];
}

/** Errors of the API as problem documents: those of the kit, and those of the login API. */
import { problem as documentOf } from '../../../server/node/src/problems.ts';

export { Fault, malformed } from '../../../server/node/src/problems.ts';

const OWN_TITLES = {
  invalid_credentials: 'Email and password do not match',
  no_session: 'Nobody is signed in',
};

/** The problem document of a fault. */
export function problem(fault, requestId) {
  return { ...documentOf(fault, requestId), ...(Object.hasOwn(OWN_TITLES, fault.code) ? { title: OWN_TITLES[fault.code] } : {}) };
}

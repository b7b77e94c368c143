/** Errors of the API as problem documents (RFC 9457). */

const TITLES = {
  malformed_call: 'The call is malformed',
  cross_origin_call: 'The call does not come from our own page',
  invalid_credentials: 'Email and password do not match',
  no_session: 'Nobody is signed in',
  already_answered: 'This request was already answered',
  expired: 'This request has expired',
  key_reused: 'The idempotency key was used for another decision',
  too_many: 'Too many tries',
  unavailable: 'The server is busy',
  server_error: 'Something went wrong on the server',
};

/** An error that a handler throws on purpose. Everything else becomes a `server_error`. */
export class Fault extends Error {
  /**
   * @param more `client` (`{ name, client_uri? }`), `decision` (the one that counted),
   *   `retryAfter` (seconds)
   */
  constructor(status, code, detail, more = {}) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
  }
}

export const malformed = (detail) => new Fault(400, 'malformed_call', detail);

/** The problem document of a fault. */
export function problem(fault, requestId) {
  return {
    type: `urn:countersign:problem:${fault.code}`,
    title: TITLES[fault.code],
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    request_id: requestId,
    ...(fault.more.client ? { client: fault.more.client } : {}),
    ...(fault.more.decision ? { decision: fault.more.decision } : {}),
    ...(fault.more.noCookies ? { no_cookies: true } : {}),
  };
}

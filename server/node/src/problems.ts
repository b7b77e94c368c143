/** Errors of the calls as problem documents (RFC 9457). */

const TITLES = {
  malformed_call: 'The call is malformed',
  cross_origin_call: 'The call does not come from our own page',
  already_answered: 'This request was already answered',
  expired: 'This request has expired',
  key_reused: 'The idempotency key was used for another decision',
  too_many: 'Too many tries',
  unavailable: 'The server is busy',
  server_error: 'Something went wrong on the server',
} as const;

export type FaultCode = keyof typeof TITLES;

/** The part of a client that a problem may name: what the page needs to lead the user back. */
export interface BriefClient {
  readonly name: string;
  readonly client_uri?: string | undefined;
}

export interface FaultExtras {
  readonly client?: BriefClient | undefined;
  /** The decision that counted. */
  readonly decision?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number;
  readonly noCookies?: boolean | undefined;
}

/** An error that a call is answered with on purpose. Everything else becomes a `server_error`. */
export class Fault extends Error {
  override readonly name = 'Fault';
  declare readonly status: number;
  declare readonly code: FaultCode;
  declare readonly extras: FaultExtras;

  constructor(status: number, code: FaultCode, detail = `${TITLES[code]}.`, extras: FaultExtras = {}) {
    super(detail);
    Object.assign(this, { status, code, extras });
  }
}

export const malformed = (detail: string): Fault => new Fault(400, 'malformed_call', detail);
export const gone = (client?: BriefClient): Fault => new Fault(410, 'expired', undefined, { client });
export const answered = (decision?: string, client?: BriefClient): Fault =>
  new Fault(409, 'already_answered', undefined, { decision, client });
export const unavailable = (retryAfter: number): Fault => new Fault(503, 'unavailable', undefined, { retryAfter });
export const failed = (): Fault => new Fault(500, 'server_error', 'Something went wrong. Nothing was shared.');

/** The problem document of a fault. */
export function problem({ status, code, message, extras: { client, decision, noCookies } }: Fault, request_id: string): Record<string, unknown> {
  return {
    type: `urn:countersign:problem:${code}`,
    title: TITLES[code],
    status,
    detail: message,
    code,
    request_id,
    client,
    decision,
    no_cookies: noCookies,
  };
}

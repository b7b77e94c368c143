/** What happened, by the names and in the shapes of Stytch's component, so that analytics go on. */

import type { CountersignErrorDetail, CountersignEventDetail, StartedData } from '../../events.js';

/** The events of Stytch's component (`StytchEventType` of its SDK). */
export type StytchFlowEvent =
  | { type: 'OAUTH_AUTHORIZE_FLOW_START'; data: StartedData }
  | { type: 'OAUTH_AUTHORIZE_FLOW_COMPLETE' | 'OAUTH_AUTHORIZE_FLOW_CONSENT_DENIED'; data: Record<string, never> };

/** An error in the shape of Stytch's. Its `name` is that of Stytch's class, if there is one. */
export interface StytchFlowError extends Error {
  /** The error by Countersign's own names. */
  cause: CountersignErrorDetail;
  error_type?: string;
  error_message?: string;
  error_url?: string;
  request_id?: string;
  status_code?: number;
}

/** What a refusal or a failure of Stytch's API says. */
export interface StytchApiDetails {
  status_code: number;
  error_type: string;
  error_message: string;
  error_url: string;
  request_id?: string;
}

/** Makes errors: with Stytch's own classes where its SDK is, so that `instanceof` goes on too. */
export interface ErrorClasses {
  api(details: StytchApiDetails): Error;
  missing(message: string): Error;
}

const named = (name: string, message: string, members: object = {}) => Object.assign(new Error(message), { name, ...members });

/** Errors by names alone. */
export const plainErrors: ErrorClasses = {
  api: (details) => named('StytchAPIError', `[${details.status_code}] ${details.error_type}\n${details.error_message}`, details),
  missing: (message) => named('IDPOAuthFlowMissingParamError', message),
};

/** Failures of a call. The flow had begun, as Stytch's component counts it. */
const CALLED = /^(request_refused|unreachable|timed_out|answer_|busy|server_error|unknown_error|malformed_call|call_redirected|session_changed)/;

function errorLike(detail: CountersignErrorDetail, { api, missing }: ErrorClasses): Error {
  const { code, error, status = 400, requestId } = detail;
  if (code === 'parameter_missing') return missing(`Required parameter is missing: ${error}. Please reach out to the application developer.`);
  if (!CALLED.test(code) && code !== 'trusted_token_refused') return named('CountersignError', error ? `${code}: ${error}` : code);
  // Only a code of Stytch's own is one word.
  const type = error && /^\w+$/.test(error) ? error : 'unknown_error';
  return api({
    status_code: status,
    error_type: type,
    error_message: detail.detail ?? code,
    error_url: `https://stytch.com/docs/api/errors/${status}#${type}`,
    request_id: requestId,
  });
}

/** An error as Stytch's component reports it, with our own as its `cause`. */
export const errorOf = (detail: CountersignErrorDetail, classes: ErrorClasses): StytchFlowError => (
  Object.assign(errorLike(detail, classes), { cause: detail }) as StytchFlowError
);

/** As Stytch's component names the scopes. */
const scopesOf = (scope: string) => scope.split(' ').filter(Boolean).join(' ') || 'openid email profile';

/**
 * The events of one page. Stytch's component begins when there is a session, and ours before: so the start is told with what follows it,
 * and not at all where the user has to sign in first. A sign-out has no events.
 */
export class FlowEvents {
  #start: StytchFlowEvent | undefined;
  #isSignOut = false;

  /** The events of Stytch's component that one of ours stands for. */
  of({ type, data }: CountersignEventDetail): StytchFlowEvent[] {
    if (type === 'started') {
      this.#isSignOut = new URLSearchParams(location.search).has('post_logout_redirect_uri');
      this.#start = { type: 'OAUTH_AUTHORIZE_FLOW_START', data: { ...data, scope: scopesOf(data.scope) } };
      return [];
    }
    const start = this.#begun();
    if (this.#isSignOut || type === 'login_required' || type === 'signed_out') return [];
    if (type === 'denied') return [...start, { type: 'OAUTH_AUTHORIZE_FLOW_CONSENT_DENIED', data: {} }];
    return type === 'redirecting' ? [...start, { type: 'OAUTH_AUTHORIZE_FLOW_COMPLETE', data: {} }] : start;
  }

  /** The same for an error: it may be the first that is heard of a flow. */
  before({ code }: CountersignErrorDetail): StytchFlowEvent[] {
    return !this.#isSignOut && CALLED.test(code) ? this.#begun() : [];
  }

  #begun(): StytchFlowEvent[] {
    const start = this.#start;
    this.#start = undefined;
    return start ? [start] : [];
  }
}

/** What a run of the checks is made of and comes to. A package's types name nothing beyond this. */

export const PROFILES = ['core', 'narrowing', 'remember', 'b2b', 'details', 'logout', 'page'] as const;
export type Profile = typeof PROFILES[number];

/** What a check is about. */
export interface About {
  /** `profile.name`; stable. */
  readonly id: string;
  /** A sentence. */
  readonly title: string;
  /** The sentence that it tests, word for word. */
  readonly says: string;
  /** The document of that sentence: `api/openapi.yaml` unless named. */
  readonly from?: string;
  /** What a backend developer can do about it. */
  readonly fix: string;
  /** What nobody has looked at if it is not applicable, and what to do about it. The last lines of a report say so. */
  readonly unchecked?: string;
}

/**
 * How a check ended. `expected` failed as listed; `unexpected` is listed and passed, so that the list is out of date;
 * `not-applicable` has nothing to test, or the config lacks a state for it.
 */
export type State = 'passed' | 'failed' | 'expected' | 'unexpected' | 'not-applicable';

export interface Ended {
  readonly check: About;
  readonly profile: Profile;
  readonly state: State;
  /** Why it is not `passed`. */
  readonly message?: string;
  /** The server itself failed, so that the check's own `fix` says nothing. */
  readonly isFault?: true;
  /** Why it is not `passed`, as the list of expected failures says. */
  readonly reason?: string;
}

export interface Without {
  readonly profile: Profile;
  readonly reason: string;
}

export interface Report {
  readonly origin: string;
  readonly profiles: readonly Profile[];
  readonly ended: readonly Ended[];
  /** Profiles that the server does not have, and why: as listed. */
  readonly without: readonly Without[];
  readonly requests: number;
}

export interface Bounds {
  readonly maxRequests: number;
  /** Of one request, in milliseconds. */
  readonly timeout: number;
  /** Bytes of one answer. */
  readonly maxBytes: number;
  /** Of the whole run, in milliseconds. */
  readonly maxTime: number;
}

/** Whether nothing failed that is not listed, and nothing is listed that passes. */
export const isGood = ({ ended }: Report): boolean => ended.every(({ state }) => state !== 'failed' && state !== 'unexpected');

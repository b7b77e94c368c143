/** What adapters of engines that leave `prompt` to their host have in common. */
import type { EngineContext } from '../engine.ts';
import type { Account, LoginReason } from '../model.ts';

/** Values of `prompt` that a visit to the login page satisfies. */
const FORCED = /(?<![^ ])(login|create|select_account)(?![^ ])/g;
/** The strictest first: to choose an account satisfies the last one alone. */
const REASONS = { login: 'prompt_login', create: 'create', select_account: 'select_account' } as const;

/** Why `prompt` sends the user to the login page. */
export function forcedBy(prompt: string | null): LoginReason | undefined {
  const values = prompt?.match(FORCED);
  return Object.entries(REASONS).find(([value]) => values?.includes(value))?.[1];
}

/** `prompt` without the values that send the user to the login page. */
export const unforced = (prompt: string): string => prompt.replace(FORCED, '').trim();

/** Whether the user has signed in since the page was sent to the login page. */
export const isFresh = ({ account, handedOffAt }: EngineContext): boolean => handedOffAt !== undefined && (account?.signed_in_at ?? -1) > handedOffAt;

/** Whether the user has chosen the account since then, with or without signing in. */
export const isChosen = (context: EngineContext): boolean => isFresh(context) || (context.handedOffAt !== undefined && (context.account?.chosen_at ?? -1) > context.handedOffAt);

/** Whether the sign-in is longer ago than `max_age`. */
export const isTooOld = ({ signed_in_at: at }: Account, seconds: string | null): boolean => Boolean(seconds) && !(Date.now() - (at ?? 0) <= Number(seconds) * 1000);

/**
 * Why the user has to go to the login page before a card is shown, by `prompt` and `max_age` of the request. For an engine that leaves
 * both to its host.
 */
export function loginReason(parameters: URLSearchParams, context: EngineContext): LoginReason | undefined {
  if (context.account === null) return 'no_session';
  if (isFresh(context)) return undefined;
  if (isTooOld(context.account, parameters.get('max_age'))) return 'max_age';
  const forced = forcedBy(parameters.get('prompt'));
  return forced === 'select_account' && isChosen(context) ? undefined : forced;
}

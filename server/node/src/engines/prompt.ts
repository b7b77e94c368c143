/** What adapters of engines that leave `prompt` to their host have in common. */
import type { EngineContext } from '../engine.ts';
import type { LoginReason } from '../model.ts';

/** Values of `prompt` that a visit to the login page satisfies. */
const FORCED = /(?<![^ ])(login|create|select_account)(?![^ ])/g;

/** Why `prompt` sends the user to the login page. */
export function forcedBy(prompt: string | null): LoginReason | undefined {
  const value = prompt?.match(FORCED)?.[0];
  return value === 'login' ? 'prompt_login' : value as LoginReason | undefined;
}

/** `prompt` without the values that send the user to the login page. */
export const unforced = (prompt: string): string => prompt.replace(FORCED, '').trim();

/** Whether the user has signed in since the page was sent to the login page. */
export const isFresh = ({ account, handedOffAt }: EngineContext): boolean => handedOffAt !== undefined && (account?.signed_in_at ?? -1) > handedOffAt;

/** Whether the user has chosen the account since then, with or without signing in. */
export const isChosen = (context: EngineContext): boolean => isFresh(context) || (context.handedOffAt !== undefined && (context.account?.chosen_at ?? -1) > context.handedOffAt);

/** Which codes were redeemed, for engines that do not tell. The host sees the calls of its token endpoint. */
import { hash } from './seal.ts';
import type { Store } from './store.ts';

/** As long as the kit repeats an answer, in seconds. */
const LASTING = 60;

const keyOf = async (code: string): Promise<string> => `redeemed:${await hash(code)}`;

export interface RedeemedCodes {
  /** Notes a code, after the engine has given tokens for it. */
  note(code: string): Promise<void>;
  /** A member of `Engine`. */
  isRedeemed(code: string): Promise<boolean>;
}

/** @param store that of the kit, or another that all processes share */
export function redeemedCodes(store: Store): RedeemedCodes {
  return {
    note: async (code) => store.set(await keyOf(code), '1', LASTING),
    isRedeemed: async (code) => await store.get(await keyOf(code)) !== null,
  };
}

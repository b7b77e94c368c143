/**
 * The token of a form: what the page showed, and when. It opens for one transaction, which only the browser that opened it has a
 * cookie for.
 */
import type { Kit } from '../kit.ts';
import { malformed } from '../problems.ts';
import type { Fields } from './fields.ts';

export interface Token {
  /** When the page was made, in milliseconds. */
  readonly at: number;
  readonly version: string;
  readonly organization?: string | undefined;
  /** What the second page shows once more: Allow counts for exactly that. */
  readonly confirm?: Ticks | undefined;
}

/** What is ticked on a card, as places in its `scopes`. */
export type Ticks = Pick<Fields, 'scopes' | 'remember'>;

/** In milliseconds: a press that comes earlier was meant for something else. */
const QUIET = 600;

const purpose = ({ engine }: Kit, id: string): string => `form ${engine.name} ${id}`;

export const sealText = (kit: Kit, id: string, text: string): Promise<string> => kit.seal.seal(text, purpose(kit, id));
export const openText = (kit: Kit, id: string, sealed: string): Promise<string | undefined> => kit.seal.open(sealed, purpose(kit, id));
export const sealToken = (kit: Kit, id: string, token: Token): Promise<string> => sealText(kit, id, JSON.stringify(token));

/** The token of a form, or a fault if the form was not made here, for this transaction. */
export async function openToken(kit: Kit, { token: sealed, transaction, version }: Fields): Promise<Token> {
  const text = await openText(kit, transaction, sealed);
  const token = text === undefined ? undefined : JSON.parse(text) as Token;
  if (token?.version !== version) throw malformed('The field token is not that of this form.');
  return token;
}

/** Whether a press comes before the user can have looked. */
export const isEarly = ({ clock }: Kit, { at }: Pick<Token, 'at'>): boolean => clock() - at < QUIET;

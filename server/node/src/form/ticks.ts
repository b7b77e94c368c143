/** What is ticked on a card, and the decision that it means. */
import type { SubmitCall } from '../calls.ts';
import { entryOf, type Card, type CardScope, type Facts } from '../card.ts';
import type { RequestedScope } from '../model.ts';
import { malformed } from '../problems.ts';
import type { Ticks } from './token.ts';

/** What a scope brings with it, itself not counted. */
const isImplied = (entry: CardScope, by: CardScope): boolean => by.resource === entry.resource && by.implies?.includes(entry.scope) === true;

/** The places of the scopes that an Allow would grant: the ticked ones, what they imply, and what cannot be left out. */
export function grantedBy({ scopes, canNarrow }: Facts, ticked: readonly number[]): number[] {
  for (const place of ticked) if (scopes[place]?.grantable !== true) throw malformed('The field scope names a scope that was not offered.');
  const granted = new Set(scopes.flatMap(({ grantable, required }, place) => (grantable && (required || !canNarrow || ticked.includes(place)) ? [place] : [])));
  for (const place of granted) {
    // A set that grows meanwhile is read to its end.
    scopes.forEach((entry, other) => { if (entry.grantable && isImplied(entry, scopes[place]!)) granted.add(other); });
  }
  return [...granted].sort((one, other) => one - other);
}

const entriesAt = ({ scopes }: Facts, places: readonly number[]): RequestedScope[] => places.map((place) => entryOf(scopes[place]!));

/** Whether there is nothing in a grant that the client could use: `offline_access` alone is nothing. */
export function isEmpty({ scopes, details }: Facts, granted: readonly number[]): boolean {
  const isUseful = ({ scope, grantable }: CardScope): boolean => grantable && scope !== 'offline_access';
  return details.length === 0 && scopes.some(isUseful) && !granted.some((place) => isUseful(scopes[place]!));
}

/** The ticks after "reading only": without the scopes that imply others, or with them again. */
export function readOnly({ scopes }: Facts, ticked: readonly number[]): number[] {
  const implying = scopes.flatMap((entry, place) => (entry.grantable && scopes.some((other) => isImplied(other, entry)) ? [place] : []));
  const rest = ticked.filter((place) => !implying.includes(place));
  return rest.length === ticked.length ? [...ticked, ...implying] : rest;
}

/** The same choices in the state of a transaction: the next card shows them. */
export const chosenOf = (facts: Facts, { scopes, remember }: Ticks) => ({ version: facts.version, scopes: entriesAt(facts, grantedBy(facts, scopes)), remember });

/** The decision as `authorize/submit` takes it. */
export function submitCall(id: string, { facts }: Card, { scopes, remember }: Ticks): SubmitCall {
  return {
    transaction: id,
    version: facts.version,
    decision: 'allow',
    scopes: entriesAt(facts, grantedBy(facts, scopes)),
    authorization_details: facts.details,
    ...(facts.organization === undefined ? {} : { organization_id: facts.organization.organization_id }),
    remember,
  };
}

/** The answer of a card as the second page shows it: what would be granted, and nothing to choose. */
export function narrowed({ answer, facts }: Card, { scopes, remember }: Ticks): Record<string, unknown> {
  const granted = grantedBy(facts, scopes);
  const isRemembered = facts.remember === 'always' || (facts.remember === 'choice' && remember);
  return {
    ...answer,
    scopes: facts.scopes.filter((_, place) => granted.includes(place)),
    organizations: facts.organization === undefined ? [] : [facts.organization],
    can_narrow: false,
    remember: isRemembered ? 'always' : 'never',
    remember_ticked: undefined,
  };
}

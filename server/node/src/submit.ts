/** `authorize/submit`: takes one decision for a transaction. */
import { ask, endWith, refused, undecided, type Step } from './authorize.ts';
import type { SubmitCall } from './calls.ts';
import { describeCard, entryOf, isIn, isSame, type Card, type CardScope, type Facts } from './card.ts';
import { decideOnce, earlier, readDecision, type Decision, type Outcome } from './decisions.ts';
import type { SignedIn, Asked, Grant } from './engine.ts';
import { askEngine, type Call, type Kit } from './kit.ts';
import type { Json, RequestedScope } from './model.ts';
import { malformed } from './problems.ts';
import { loadRequest, type Transaction } from './transactions.ts';

/** Whether two values are equal in JSON, whatever the order of their members. */
function isEqual(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, yours] = [Object.entries(one), other as Record<string, unknown>];
  return mine.length === Object.keys(other).length && mine.every(([name, value]) => Object.hasOwn(yours, name) && isEqual(value, yours[name]));
}

/** Whether a grantable scope must be among the chosen ones, as another includes it or the client needs all. */
const mustBeChosen = ({ scopes, canNarrow }: Facts, entry: CardScope, chosen: readonly RequestedScope[]): boolean =>
  !canNarrow || scopes.some((other) => other.resource === entry.resource && other.implies?.includes(entry.scope) && isIn(chosen, other));

/** Checks that an `allow` matches the card. */
function checkAllow(facts: Facts, { scopes, authorization_details: details = [] }: SubmitCall): void {
  if (!facts.isAllowed) throw malformed('/organization_id does not allow the client.');
  for (const [index, entry] of scopes.entries()) {
    if (!facts.scopes.some((shown) => shown.grantable && isSame(shown, entry))) throw malformed(`/scopes/${index} is a scope that was not offered.`);
  }
  for (const entry of facts.scopes) {
    if (isIn(scopes, entry)) continue;
    if (entry.required) throw malformed('/scopes leaves out a required scope.');
    if (entry.grantable && mustBeChosen(facts, entry, scopes)) throw malformed('/scopes leaves out a scope that cannot be left out.');
  }
  if (!isEqual(details, facts.details)) throw malformed('/authorization_details are not those that were shown.');
}

/** What is granted: of what was shown, what was chosen. */
function grantOf({ scopes, details, organization, remember }: Facts, asked: Asked, body: SubmitCall): Grant {
  return {
    scopes: scopes.filter((entry) => isIn(body.scopes, entry)).map(entryOf),
    // A resource that a scope names comes with that scope.
    resources: [...new Set(asked.resources)],
    details,
    organization: organization?.organization_id,
    remember: remember === 'always' || (remember === 'choice' && body.remember === true),
  };
}

const isCurrent = ({ facts }: Card, body: SubmitCall): boolean =>
  facts.version === body.version && facts.organization?.organization_id === body.organization_id;

/** @param step what the engine has just said of the request, if it was asked */
export async function allow(kit: Kit, call: Call, transaction: Transaction, body: SubmitCall, decision: Decision, step?: Step): Promise<Outcome> {
  step ??= await ask(kit, call, transaction);
  if ('outcome' in step && step.outcome.outcome === 'login') {
    transaction.state = { ...transaction.state, chosen: { version: body.version!, scopes: body.scopes, remember: body.remember === true } };
  }
  if ('outcome' in step || !isCurrent(step.card, body)) return undecided(kit, call, transaction, step);
  const { asked, card: { facts } } = step;
  checkAllow(facts, body);
  const grant = grantOf(facts, asked, body);
  return decideOnce(kit, transaction, decision, transaction.state.request, async () => endWith(
    kit,
    call,
    transaction.state,
    await askEngine(kit, call, { ...transaction.state, organization: grant.organization }, (context) => kit.engine.allow(asked.resume, grant, context as SignedIn)),
  ));
}

/**
 * A denial counts for every card, and without an account. After a card the engine is not asked about the request again: if consent is no
 * longer needed, it would make a code. If it has answered meanwhile, what it needed before is used.
 */
export async function deny(kit: Kit, call: Call, transaction: Transaction, decision: Decision): Promise<Outcome> {
  if (transaction.state.request === undefined) {
    const step = await ask(kit, call, transaction);
    if ('outcome' in step && step.outcome.outcome === 'error') return undecided(kit, call, transaction, step);
  }
  const { state } = transaction;
  return decideOnce(kit, transaction, decision, state.request, async () => {
    const { resume } = state;
    if (resume === undefined) return refused({ error: 'access_denied', description: 'The request was refused. The app was not told.' });
    return endWith(kit, call, state, await askEngine(kit, call, state, (context) => kit.engine.deny(resume as Json, context)));
  });
}

/** Asks the organization's administrators to approve the client. The transaction stays open, and its card shows the request. */
export async function requestApproval(kit: Kit, call: Call, transaction: Transaction, body: SubmitCall): Promise<Outcome> {
  const step = await ask(kit, call, transaction);
  if ('outcome' in step || !isCurrent(step.card, body)) return undecided(kit, call, transaction, step);
  const { organization } = step.card.facts;
  const { request_approval: request } = kit.describe;
  if (organization?.approval === undefined || request === undefined) throw malformed('/decision: there is nothing to approve here.');
  if (organization.approval === 'offered') await request.call(kit.describe, step.account, step.asked.client, organization);
  return undecided(kit, call, transaction, { ...step, card: await describeCard(kit, call, transaction.id, transaction.state, step.asked, step.account) });
}

export async function submit(kit: Kit, call: Call, body: SubmitCall, key: string): Promise<Outcome> {
  const transaction = await loadRequest(kit, call, body.transaction);
  const decision = await readDecision(body.decision, key, body);
  const found = await earlier(kit, transaction, decision);
  if ('answer' in found) return found.answer;
  if (body.decision === 'deny') return deny(kit, call, transaction, decision);
  return (body.decision === 'allow' ? allow : requestApproval)(kit, call, transaction, body, decision);
}

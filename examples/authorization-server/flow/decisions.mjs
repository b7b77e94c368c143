/** `submit`: takes one decision for a transaction. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { apisOf } from '../engine/grants.mjs';
import { Fault, malformed } from '../http/problems.mjs';
import { consentsOf } from '../state/login-consents.mjs';
import { cardOf, endWith, startStored, stepOf } from './authorize.mjs';
import { askEngine, retryIfLoginEnded } from './engine-session.mjs';

const same = (one, other) => one.scope === other.scope && one.resource === other.resource;

/** Whether a grantable scope must be among the chosen ones. */
function mustBeChosen(shown, entry, chosen) {
  const impliesEntry = ({ scope, resource }) => resource === entry.resource
    && shown.scopes.find((candidate) => same(candidate, { scope, resource })).implies?.includes(entry.scope);
  return !shown.canNarrow || chosen.some(impliesEntry);
}

/** Checks that only offered scopes are chosen, and all that are required or implied. */
function checkScopes(shown, chosen) {
  for (const [index, entry] of chosen.entries()) {
    const offered = shown.scopes.find((candidate) => same(candidate, entry));
    if (offered === undefined || !offered.grantable) throw malformed(`/scopes/${index} is a scope that was not offered.`);
  }
  for (const entry of shown.scopes) {
    if (chosen.some((candidate) => same(candidate, entry))) continue;
    if (entry.required) throw malformed('/scopes leaves out a required scope.');
    if (entry.grantable && mustBeChosen(shown, entry, chosen)) throw malformed('/scopes leaves out a scope that cannot be left out.');
  }
}

/** Checks that an `allow` matches the card that was shown. */
function checkAllow(shown, call) {
  if (!shown.allowed) throw malformed('/organization_id does not allow the client.');
  checkScopes(shown, call.scopes);
  if (!isDeepStrictEqual(call.authorization_details ?? [], shown.details)) {
    throw malformed('/authorization_details are not those that were shown.');
  }
}

async function deny(site, realm, transaction, call, visitor) {
  const answered = await askEngine(site, realm, visitor.login, transaction, (engine, context) => engine.deny(transaction.resume, context));
  return endWith(site, realm, transaction, answered, visitor, 'deny');
}

async function grant(site, realm, transaction, { asked, login, shown }, call, visitor) {
  const { client: { client_id: clientId }, redirect_uri: redirectUri } = asked;
  const isTicked = (entry) => call.scopes.some((chosen) => same(chosen, entry));
  const { account, organization, details } = shown;
  const ticked = asked.scopes.filter(isTicked);
  const decision = { scopes: ticked, resources: asked.resources, details, organization, remember: false };
  const answered = await askEngine(site, realm, login, transaction, (engine, context) => engine.allow(asked.resume, decision, context));
  if (answered.note.granted) {
    realm.keepClient(clientId);
    const decided = { shown: asked.scopes, ticked: [...ticked, ...apisOf(asked)] };
    const remember = shown.remember && call.remember === true;
    realm.consents.decide(account, clientId, organization, redirectUri, { ...decided, remember });
    consentsOf(login, realm).decide(account, clientId, organization, redirectUri, { ...decided, remember: true });
  }
  return endWith(site, realm, transaction, answered, visitor, 'allow');
}

/**
 * The card that a decision names, if it is still the current one; else the answer to give instead
 * of deciding. What the card of another tab showed last does not matter.
 *
 * @returns `{ asked, login, shown }` or `{ instead }`
 */
async function currentCard(site, realm, transaction, call, visitor) {
  const step = await stepOf(site, realm, transaction, visitor);
  if (step.outcome !== undefined) return { instead: step.outcome };
  const { answer, shown } = await cardOf(realm, transaction, step, visitor);
  const isCurrent = answer.version === call.version && shown.organization === call.organization_id;
  return isCurrent ? { ...step, shown } : { instead: answer };
}

async function allow(site, realm, transaction, call, visitor) {
  const { instead, ...card } = await currentCard(site, realm, transaction, call, visitor);
  if (instead !== undefined) {
    if (instead.outcome === 'login') transaction.chosen = { version: call.version, scopes: call.scopes, remember: call.remember };
    return instead;
  }
  checkAllow(card.shown, call);
  return grant(site, realm, transaction, card, call, visitor);
}

/**
 * Records a request for the administrators' approval. The transaction stays open, and its card
 * shows the request.
 */
async function requestApproval(site, realm, transaction, call, visitor) {
  const { instead, shown, ...step } = await currentCard(site, realm, transaction, call, visitor);
  if (instead !== undefined) return instead;
  const { account, approval, organization } = shown;
  if (approval === undefined) throw malformed('/decision: there is nothing to approve here.');
  realm.approvals.request(organization, step.asked.client.client_id, account);
  return (await cardOf(realm, transaction, step, visitor)).answer;
}

const DECISIONS = { allow, deny, request_approval: requestApproval };

function decide(site, realm, transaction, call, visitor) {
  return site.exclusively(`transaction ${transaction.id}`, () => retryIfLoginEnded(async () => {
    // A `start` that held the lock may have ended it.
    if (transaction.answered) throw site.transactions.answered(transaction);
    const ended = await startStored(site, realm, transaction, visitor);
    return ended ?? DECISIONS[call.decision](site, realm, transaction, call, visitor);
  }));
}

/**
 * An earlier decision: the answer that its key already has, or one still in progress. Must not
 * await.
 */
function priorDecision(site, transaction, key, fingerprint) {
  const { decision } = transaction;
  if (decision?.key === key) {
    if (decision.fingerprint !== fingerprint) throw new Fault(422, 'key_reused', 'This key was used for another decision.');
    if (!transaction.answered || site.transactions.isRepeatable(transaction)) return { answer: decision.answer };
  }
  if (transaction.answered) throw site.transactions.answered(transaction);
  return decision && { wait: decision.answer };
}

/** Reserves the transaction for one decision, and forgets one that was not final. */
async function claim(transaction, decision) {
  transaction.decision = decision;
  try {
    return await decision.answer;
  } finally {
    if (!transaction.answered) delete transaction.decision;
  }
}

/**
 * Takes a decision. The transaction is claimed before anything is awaited, because the engine
 * issues two codes for two parallel resumes.
 *
 * @param call `transaction`, `version?`, `decision`, `scopes`, `authorization_details?`,
 *   `organization_id?`, `remember?`
 */
export async function submit(site, call, key, visitor) {
  const transaction = site.transactions.find(call.transaction, undefined, visitor.browser);
  const fingerprint = createHash('sha256').update(JSON.stringify(call)).digest('base64url');
  for (;;) {
    const found = priorDecision(site, transaction, key, fingerprint);
    if (found === undefined) break;
    if (found.answer !== undefined) return found.answer;
    // If the other decision fails, this one counts.
    await found.wait.catch(() => {});
  }
  const realm = site.realms[transaction.realm];
  return claim(transaction, { key, fingerprint, answer: decide(site, realm, transaction, call, visitor) });
}

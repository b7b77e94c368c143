/** `submit`: takes one decision for a transaction. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { saveGrant } from '../engine/grants.mjs';
import { Fault, malformed } from '../http/problems.mjs';
import { advance, closeWith, currentCard, interactionOf, loginOutcome, startStored } from './authorize.mjs';
import { resultFor, resumeInteraction, retryIfLoginEnded } from './engine-session.mjs';

/** How long the answer to a decision is repeated for its key, in milliseconds. */
const ANSWER_TTL = 60_000;

const same = (one, other) => one.scope === other.scope && one.resource === other.resource;

/** The parts of a card that determine what a decision grants, as text. */
const grantTerms = ({ account, organization, allowed, scopes }) => JSON.stringify([
  account, organization, allowed, scopes.map(({ scope, resource, grantable, required }) => [scope, resource, grantable, required]),
]);

/** Whether a grantable scope must be among the chosen ones. */
function mustBeChosen(shown, entry, chosen) {
  const impliesEntry = ({ scope, resource }) => resource === entry.resource
    && shown.scopes.find((candidate) => same(candidate, { scope, resource })).implies?.includes(entry.scope);
  return !shown.canNarrow || chosen.some(impliesEntry);
}

/** Checks that only offered scopes are chosen, and all that are required or implied. */
function checkScopes(shown, chosen) {
  for (const entry of chosen) {
    const offered = shown.scopes.find((candidate) => same(candidate, entry));
    if (offered === undefined || !offered.grantable) throw malformed('The decision names a scope that was not offered.');
  }
  for (const entry of shown.scopes) {
    if (chosen.some((candidate) => same(candidate, entry))) continue;
    if (entry.required) throw malformed('The decision leaves out a required scope.');
    if (entry.grantable && mustBeChosen(shown, entry, chosen)) throw malformed('The decision leaves out a scope that cannot be left out.');
  }
}

/** Checks that an `allow` matches the card that was shown. */
function checkAllow(shown, call) {
  if (!shown.allowed) throw malformed('This organization does not allow the client.');
  checkScopes(shown, call.scopes);
  if (!isDeepStrictEqual(call.authorization_details ?? [], shown.details)) {
    throw malformed('The decision is about other details than those that were shown.');
  }
}

async function deny(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const refusal = { error: 'access_denied', error_description: 'The user refused the request.' };
  const answer = await resumeInteraction(site, realm, interaction, visitor.login, refusal);
  return closeWith(site, realm, transaction, answer, visitor);
}

async function grant(site, realm, transaction, interaction, call, visitor) {
  const { shown } = transaction;
  const { client_id: clientId, redirect_uri: redirectUri } = interaction.params;
  const isTicked = (entry) => call.scopes.some((chosen) => same(chosen, entry));
  const { account, organization, asked, details } = shown;
  const { login } = visitor;
  const grantId = await saveGrant(realm, { account, clientId, asked, isTicked, details, organization, login });
  const answer = await resumeInteraction(site, realm, interaction, login, resultFor(interaction, login, { consent: { grantId } }));
  if (answer.granted) {
    const remember = shown.remember && call.remember === true;
    realm.consents.decide(account, clientId, organization, redirectUri, { shown: asked.entries, ticked: asked.entries.filter(isTicked), remember });
  }
  if (answer.kind !== 'interaction') return closeWith(site, realm, transaction, answer, visitor);
  transaction.interaction = answer.uid;
  return advance(site, realm, transaction, visitor);
}

/** Answers the current card, and records that it was shown. */
async function showCurrentCard(realm, transaction, interaction, login) {
  const { answer, shown } = await currentCard(realm, transaction, interaction, login);
  transaction.shown = shown;
  return answer;
}

/**
 * The answer to give instead of deciding, if the card or the account is no longer the one shown;
 * else `undefined`.
 */
async function answerInstead(site, realm, transaction, interaction, call, visitor) {
  const { login } = visitor;
  if (login === undefined) return loginOutcome(site, transaction, interaction, 'no_session');
  const { shown } = transaction;
  if (shown === undefined) return advance(site, realm, transaction, visitor);
  if (shown.account !== login.account.sub) return loginOutcome(site, transaction, interaction, 'account_changed');

  const answer = await showCurrentCard(realm, transaction, interaction, login);
  const changed = grantTerms(transaction.shown) !== grantTerms(shown) || call.organization_id !== shown.organization;
  return changed ? answer : undefined;
}

async function allow(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const instead = await answerInstead(site, realm, transaction, interaction, call, visitor);
  if (instead !== undefined) return instead;
  checkAllow(transaction.shown, call);
  return grant(site, realm, transaction, interaction, call, visitor);
}

/**
 * Records a request for the administrators' approval. The transaction stays open, and its card
 * shows the request.
 */
async function requestApproval(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const instead = await answerInstead(site, realm, transaction, interaction, call, visitor);
  if (instead !== undefined) return instead;
  const { account, approval, organization } = transaction.shown;
  if (approval === undefined) throw malformed('There is nothing to approve here.');
  realm.approvals.request(organization, interaction.params.client_id, account);
  return showCurrentCard(realm, transaction, interaction, visitor.login);
}

const DECISIONS = { allow, deny, request_approval: requestApproval };

function decide(site, realm, transaction, call, visitor) {
  return site.exclusively(`transaction ${transaction.id}`, () => retryIfLoginEnded(async () => {
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
    if (decision.until === undefined || decision.until > site.clock()) return { answer: decision.answer };
  }
  if (transaction.answered) throw site.transactions.answered(transaction);
  return decision && { wait: decision.answer };
}

/** Reserves the transaction for one decision, and stores the answer if it is final. */
async function claim(site, transaction, decision) {
  transaction.decision = decision;
  try {
    const answer = await decision.answer;
    if (transaction.answered) decision.until = site.clock() + ANSWER_TTL;
    else delete transaction.decision;
    return answer;
  } catch (error) {
    delete transaction.decision;
    throw error;
  }
}

/**
 * Takes a decision. The transaction is claimed before anything is awaited, because the engine
 * issues two codes for two parallel resumes.
 *
 * @param call `transaction`, `decision`, `scopes`, `authorization_details?`, `organization_id?`,
 *   `remember?`
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
  const answer = decide(site, realm, transaction, call, visitor);
  return claim(site, transaction, { key, fingerprint, until: undefined, answer });
}

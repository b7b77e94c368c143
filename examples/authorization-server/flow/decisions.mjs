/** `submit`: a decision, taken once. */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { saveGrant } from '../engine/grants.mjs';
import { Fault, malformed } from '../http/problems.mjs';
import { advance, close, describe, interactionOf, toLogin, unpark } from './authorize.mjs';
import { resultFor, resume, withLiveLogin } from './dialogue.mjs';

/** How long the answer to a decision is repeated for its key. */
const KEPT = 60_000;

const same = (one, other) => one.scope === other.scope && one.resource === other.resource;

/** What a decision can be compared with: the parts of a card that decide what is granted. */
const outline = ({ account, organization, allowed, scopes }) => JSON.stringify([
  account, organization, allowed, scopes.map(({ scope, resource, grantable, required }) => [scope, resource, grantable, required]),
]);

/** Whether a scope that can be granted has to be among what was chosen. */
function isDue(shown, entry, chosen) {
  const brought = ({ scope, resource }) => resource === entry.resource
    && shown.scopes.find((candidate) => same(candidate, { scope, resource })).implies?.includes(entry.scope);
  return !shown.canNarrow || chosen.some(brought);
}

/** Everything granted was on the screen and could be granted, and what is required or comes with it is among it. */
function checkScopes(shown, chosen) {
  for (const entry of chosen) {
    const offered = shown.scopes.find((candidate) => same(candidate, entry));
    if (offered === undefined || !offered.grantable) throw malformed('The decision names a scope that was not offered.');
  }
  for (const entry of shown.scopes) {
    if (chosen.some((candidate) => same(candidate, entry))) continue;
    if (entry.required) throw malformed('The decision leaves out a required scope.');
    if (entry.grantable && isDue(shown, entry, chosen)) throw malformed('The decision leaves out a scope that cannot be left out.');
  }
}

/** An `allow` is for all of what was shown that can be granted, and nothing else. */
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
  const answer = await resume(site, realm, interaction, visitor.login, refusal);
  return close(site, realm, transaction, answer, visitor);
}

async function grant(site, realm, transaction, interaction, call, visitor) {
  const { shown } = transaction;
  const { client_id: clientId, redirect_uri: redirectUri } = interaction.params;
  const ticked = (entry) => call.scopes.some((chosen) => same(chosen, entry));
  const { account, organization, asked, details } = shown;
  const { login } = visitor;
  const grantId = await saveGrant(realm, { account, clientId, asked, ticked, details, organization, login });
  const answer = await resume(site, realm, interaction, login, resultFor(interaction, login, { consent: { grantId } }));
  if (answer.granted) {
    const remember = shown.remember && call.remember === true;
    realm.consents.decide(account, clientId, organization, redirectUri, { shown: asked.entries, ticked: asked.entries.filter(ticked), remember });
  }
  if (answer.kind !== 'interaction') return close(site, realm, transaction, answer, visitor);
  transaction.interaction = answer.uid;
  return advance(site, realm, transaction, visitor);
}

/** The card as it is now. */
async function showAgain(realm, transaction, interaction, login) {
  const { answer, shown } = await describe(realm, transaction, interaction, login);
  transaction.shown = shown;
  return answer;
}

/** What stands in the way of a decision on the card: the answer to give in its place, or `undefined`. */
async function objection(site, realm, transaction, interaction, call, visitor) {
  const { login } = visitor;
  if (login === undefined) return toLogin(site, transaction, interaction, 'no_session');
  const { shown } = transaction;
  if (shown === undefined) return advance(site, realm, transaction, visitor);
  if (shown.account !== login.account.sub) return toLogin(site, transaction, interaction, 'account_changed');

  const answer = await showAgain(realm, transaction, interaction, login);
  const changed = outline(transaction.shown) !== outline(shown) || call.organization_id !== shown.organization;
  return changed ? answer : undefined;
}

async function allow(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const instead = await objection(site, realm, transaction, interaction, call, visitor);
  if (instead !== undefined) return instead;
  checkAllow(transaction.shown, call);
  return grant(site, realm, transaction, interaction, call, visitor);
}

/** Notes the question for the administrators. The request stays open, and its card says that they were asked. */
async function requestApproval(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const instead = await objection(site, realm, transaction, interaction, call, visitor);
  if (instead !== undefined) return instead;
  const { account, approval, organization } = transaction.shown;
  if (approval === undefined) throw malformed('There is nothing to approve here.');
  realm.approvals.request(organization, interaction.params.client_id, account);
  return showAgain(realm, transaction, interaction, visitor.login);
}

const DECISIONS = { allow, deny, request_approval: requestApproval };

function decide(site, realm, transaction, call, visitor) {
  return site.exclusively(`transaction ${transaction.id}`, () => withLiveLogin(async () => {
    const ended = await unpark(site, realm, transaction, visitor);
    return ended ?? DECISIONS[call.decision](site, realm, transaction, call, visitor);
  }));
}

/** What stands in the way of a decision: the answer its key already has, or another decision on its way. Must not await. */
function standing(site, transaction, key, print) {
  const { decision } = transaction;
  if (decision?.key === key) {
    if (decision.print !== print) throw new Fault(422, 'key_reused', 'This key was used for another decision.');
    if (decision.until === undefined || decision.until > site.clock()) return { answer: decision.answer };
  }
  if (transaction.answered) throw site.transactions.answered(transaction);
  return decision && { wait: decision.answer };
}

/** Holds the transaction for one decision, and keeps the answer where it was the last. */
async function claim(site, transaction, decision) {
  transaction.decision = decision;
  try {
    const answer = await decision.answer;
    if (transaction.answered) decision.until = site.clock() + KEPT;
    else delete transaction.decision;
    return answer;
  } catch (error) {
    delete transaction.decision;
    throw error;
  }
}

/**
 * One decision. The transaction is claimed before anything is awaited: the engine itself gives two
 * codes for two parallel resumes.
 *
 * @param call `transaction`, `decision`, `scopes`, `authorization_details?`, `organization_id?`, `remember?`
 */
export async function submit(site, call, key, visitor) {
  const transaction = site.transactions.find(call.transaction, undefined, visitor.browser);
  const print = createHash('sha256').update(JSON.stringify(call)).digest('base64url');
  for (;;) {
    const found = standing(site, transaction, key, print);
    if (found === undefined) break;
    if (found.answer !== undefined) return found.answer;
    // The other decision may come to nothing, and then this one counts.
    await found.wait.catch(() => {});
  }
  const realm = site.realms[transaction.realm];
  const answer = decide(site, realm, transaction, call, visitor);
  return claim(site, transaction, { key, print, until: undefined, answer });
}

/** `submit`: a decision, taken once. */
import { createHash } from 'node:crypto';
import { saveGrant } from '../engine/grants.mjs';
import { Fault, malformed } from '../http/problems.mjs';
import { advance, close, describe, interactionOf, toLogin, unpark } from './authorize.mjs';
import { resultFor, resume, withLiveLogin } from './dialogue.mjs';

/** How long the answer to a decision is repeated for its key. */
const KEPT = 60_000;

const same = (one, other) => one.scope === other.scope && one.resource === other.resource;

/** What a decision can be compared with: the parts of a card that decide what is granted. */
const outline = ({ account, organization, scopes }) => JSON.stringify([
  account, organization, scopes.map(({ scope, resource, grantable, required }) => [scope, resource, grantable, required]),
]);

/** Everything granted was on the screen and could be granted, and what is required is among it. */
function checkScopes(shown, chosen) {
  for (const entry of chosen) {
    const offered = shown.scopes.find((candidate) => same(candidate, entry));
    if (offered === undefined || !offered.grantable) throw malformed('The decision names a scope that was not offered.');
  }
  if (shown.scopes.some((entry) => entry.required && !chosen.some((candidate) => same(candidate, entry)))) {
    throw malformed('The decision leaves out a required scope.');
  }
}

async function deny(site, realm, transaction, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const refusal = { error: 'access_denied', error_description: 'The user refused the request.' };
  const answer = await resume(site, realm, interaction, visitor.login, refusal);
  return close(site, realm, transaction, answer, visitor);
}

async function grant(site, realm, transaction, interaction, call, visitor) {
  const { shown } = transaction;
  const { client_id: clientId, redirect_uri: redirectUri } = interaction.params;
  const ticked = (entry) => call.scopes.some((chosen) => same(chosen, entry));
  const { account, organization, asked } = shown;
  const { login } = visitor;
  const grantId = await saveGrant(realm, { account, clientId, asked, ticked, organization, login });
  const answer = await resume(site, realm, interaction, login, resultFor(interaction, login, { consent: { grantId } }));
  if (answer.granted && call.remember !== false) {
    realm.consents.remember(account, clientId, organization, redirectUri, asked.entries, asked.entries.filter(ticked));
  }
  if (answer.kind !== 'interaction') return close(site, realm, transaction, answer, visitor);
  transaction.interaction = answer.uid;
  return advance(site, realm, transaction, visitor);
}

async function allow(site, realm, transaction, call, visitor) {
  const interaction = await interactionOf(site, realm, transaction);
  const { login } = visitor;
  if (login === undefined) return toLogin(site, transaction, interaction, 'no_session');
  const { shown } = transaction;
  if (shown === undefined) return advance(site, realm, transaction, visitor);
  if (shown.account !== login.account.sub) return toLogin(site, transaction, interaction, 'account_changed');

  const now = await describe(realm, transaction, interaction, login);
  if (outline(now.shown) !== outline(shown) || call.organization_id !== shown.organization) {
    transaction.shown = now.shown;
    return now.answer;
  }
  checkScopes(shown, call.scopes);
  return grant(site, realm, transaction, interaction, call, visitor);
}

function decide(site, realm, transaction, call, visitor) {
  return site.exclusively(`transaction ${transaction.id}`, () => withLiveLogin(async () => {
    const ended = await unpark(site, realm, transaction, visitor);
    if (ended !== undefined) return ended;
    return call.decision === 'deny'
      ? deny(site, realm, transaction, visitor)
      : allow(site, realm, transaction, call, visitor);
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
 * @param call `transaction`, `decision`, `scopes`, `organization_id?`, `remember?`
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

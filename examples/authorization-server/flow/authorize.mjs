/** `start`: turns a request into the next step of the page. */
import { isSpent } from '../engine/session.mjs';
import { organizationsOf } from '../fixtures/accounts.mjs';
import { malformed } from '../http/problems.mjs';
import { describeConsent } from './describe.mjs';
import { describeBriefly } from './describe-client.mjs';
import { finalOutcome, resultFor, resumeInteraction, retryIfLoginEnded, sendRequest } from './engine-session.mjs';

/** Login, account chooser and consent, and some more for accounts that change meanwhile. */
const MAX_ROUNDS = 6;

/** The engine's reasons for a new login, and the API's `reason` for each. */
const FORCED = [['login_prompt', 'prompt_login'], ['max_age', 'max_age'], ['id_token_hint', 'select_account']];

/**
 * Sends the page to the login page. Every login with a later sequence number counts as its result.
 */
export function loginOutcome(site, transaction, interaction, reason) {
  transaction.handoff ??= site.logins.now();
  const { login_hint: hint, acr_values: acr } = interaction.params;
  return {
    outcome: 'login',
    reason,
    transaction: transaction.id,
    attempt: transaction.visits + 1,
    ...(hint ? { login_hint: hint } : {}),
    ...(acr ? { acr_values: acr } : {}),
  };
}

/**
 * OIDC Core 3.1.2.1. The engine compares the hint in the first call only, and the account can
 * change later.
 */
function hintNamesAnother(interaction, login) {
  const hint = interaction.params.id_token_hint;
  if (hint === undefined) return false;
  const { sub } = JSON.parse(Buffer.from(hint.split('.')[1], 'base64url'));
  return sub !== login.account.sub;
}

/** The reason why a login is needed before the engine can continue, or `undefined`. */
export function loginReason(transaction, interaction, login) {
  const { name, reasons } = interaction.prompt;
  if (login === undefined) return name === 'select_account' ? 'select_account' : 'no_session';
  const isNew = (sequence) => transaction.handoff !== undefined && sequence > transaction.handoff;
  if (name === 'select_account' && !isNew(login.choiceSequence)) return 'select_account';
  if (name === 'login' && !isNew(login.loginSequence)) {
    const forced = FORCED.find(([reason]) => reasons.includes(reason));
    if (forced !== undefined) return forced[1];
  }
  return hintNamesAnother(interaction, login) ? 'select_account' : undefined;
}

/**
 * The result with which the engine continues without the user, or `undefined` if the user must see
 * a card.
 */
function automaticResult(interaction, login) {
  const { name } = interaction.prompt;
  if (name === 'select_account') return resultFor(interaction, login, { select_account: {} });
  if (name === 'login') return resultFor(interaction, login, { login: {} });
  if (interaction.session?.accountId !== login.account.sub) return resultFor(interaction, login);
  return undefined;
}

/**
 * The card of an interaction for the current account, in the visitor's language, and the record
 * that `submit` checks with.
 */
export async function currentCard(realm, transaction, interaction, { login, languages }) {
  const client = await realm.provider.Client.find(interaction.params.client_id);
  return describeConsent({ realm, transaction, params: interaction.params, client, account: login.account, languages });
}

/** The engine's interaction of a transaction. If it is gone, the request has expired. */
export async function interactionOf(site, realm, transaction) {
  const interaction = await realm.provider.Interaction.find(transaction.interaction);
  if (interaction === undefined) throw site.transactions.gone(transaction.client);
  return interaction;
}

/** Ends a transaction with the engine's final answer, and the decision behind it (`decided`), if any. */
export function endWith(site, realm, transaction, answer, visitor) {
  const outcome = finalOutcome(site, realm, answer, visitor);
  site.transactions.end(transaction, outcome, answer);
  return outcome;
}

/** Advances an open transaction until the user is needed or the engine has answered. */
export async function advance(site, realm, transaction, visitor) {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const interaction = await interactionOf(site, realm, transaction);
    const { login } = visitor;
    if (login !== undefined) site.transactions.keepFor(transaction, login.account.sub);
    const reason = loginReason(transaction, interaction, login);
    if (reason !== undefined) return loginOutcome(site, transaction, interaction, reason);
    const result = automaticResult(interaction, login);
    if (result === undefined) return (await currentCard(realm, transaction, interaction, visitor)).answer;
    const answer = await resumeInteraction(site, realm, interaction, login, result);
    if (answer.kind !== 'interaction') return endWith(site, realm, transaction, answer, visitor);
    transaction.interaction = answer.uid;
  }
  throw new Error('the engine asks again for what it already has');
}

/**
 * Links the engine's interaction to a transaction, and keeps what a tombstone tells about the
 * client later.
 */
async function attach(realm, transaction, uid) {
  transaction.interaction = uid;
  const { params } = await realm.provider.Interaction.find(uid);
  transaction.client = describeBriefly(await realm.provider.Client.find(params.client_id));
}

/**
 * Sends a raw query to the engine, which refuses it if it is over a limit, so that the client hears
 * it. The limits also apply to pushed and signed parameters (`engine/configuration.mjs`).
 */
function evaluate(site, realm, query, login) {
  return sendRequest(site, realm, query, login, site.requests.tooLarge(query));
}

/**
 * Sends a whole request to the engine. Opens a transaction only if the user is needed.
 *
 * @returns `{ ended }` (an outcome) or `{ transaction }`
 */
export async function open(site, realm, query, visitor) {
  // Before the engine keeps anything for the request.
  site.transactions.makeRoom(visitor.owner);
  const answer = await evaluate(site, realm, query, visitor.login);
  if (answer.kind !== 'interaction') return { ended: finalOutcome(site, realm, answer, visitor) };
  const transaction = site.transactions.open(realm, visitor.owner, {});
  await attach(realm, transaction, answer.uid);
  return { transaction };
}

/**
 * Sends a request to the engine that was stored first (one by POST). The caller holds the
 * transaction's lock.
 *
 * @returns the outcome, or `undefined` if the user is needed
 */
export async function startStored(site, realm, transaction, visitor) {
  if (transaction.storedQuery === undefined) return undefined;
  const answer = await evaluate(site, realm, transaction.storedQuery, visitor.login);
  delete transaction.storedQuery;
  if (answer.kind !== 'interaction') return endWith(site, realm, transaction, answer, visitor);
  await attach(realm, transaction, answer.uid);
  return undefined;
}

function chooseOrganization(realm, transaction, login, organization) {
  if (organization === undefined || login === undefined) return;
  const known = realm.organizations ? organizationsOf(login.account) : [];
  if (!known.some(({ organization_id: id }) => id === organization)) {
    throw malformed('The account does not belong to this organization.');
  }
  transaction.organization = organization;
}

/** `start` with a query. */
export function begin(site, realm, query, visitor) {
  return retryIfLoginEnded(async () => {
    const { ended, transaction } = await open(site, realm, query, visitor);
    return ended ?? advance(site, realm, transaction, visitor);
  });
}

/** The answer that ended a transaction, unless the client has had the use of it. */
async function repeat(site, realm, transaction) {
  const code = transaction.ended?.code;
  if (code !== undefined && await isSpent(realm, code)) throw site.transactions.answered(transaction);
  return site.transactions.repeat(transaction);
}

/**
 * `start` with a transaction. Can be repeated: the answer is the same until something else happens.
 * During a decision it waits, and then gets the decision's answer: the page may have been loaded
 * again before that arrived.
 */
export function resume(site, realm, id, visitor, organization) {
  return site.exclusively(`transaction ${id}`, () => retryIfLoginEnded(async () => {
    const transaction = site.transactions.find(id, realm, visitor.browser);
    if (transaction.answered) return repeat(site, realm, transaction);
    chooseOrganization(realm, transaction, visitor.login, organization);
    return await startStored(site, realm, transaction, visitor) ?? advance(site, realm, transaction, visitor);
  }));
}

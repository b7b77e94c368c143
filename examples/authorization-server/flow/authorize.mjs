/** `start`: from a request to what the page has to do next. */
import { organizationsOf } from '../fixtures/accounts.mjs';
import { tooLarge, tooLargeParameters } from '../http/limits.mjs';
import { malformed } from '../http/problems.mjs';
import { describeConsent } from './describe.mjs';
import { describeBriefly } from './describe-client.mjs';
import { ask, ending, resultFor, resume, withLiveLogin } from './dialogue.mjs';

/** Login, chooser, consent, and a few more for accounts that change meanwhile. */
const MOST_ROUNDS = 6;

/** Why the engine wants a new login, and what the page is told. */
const FORCED = [['login_prompt', 'prompt_login'], ['max_age', 'max_age'], ['id_token_hint', 'select_account']];

/** The hand-off to the login page. What comes later in the order of logins counts as its result. */
export function toLogin(site, transaction, interaction, reason) {
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

/** OIDC Core 3.1.2.1: the engine compares the hint at the first call only, and an account can change later. */
function hintsAtAnother(interaction, login) {
  const hint = interaction.params.id_token_hint;
  if (hint === undefined) return false;
  const { sub } = JSON.parse(Buffer.from(hint.split('.')[1], 'base64url'));
  return sub !== login.account.sub;
}

/** Why a login is needed before the engine can go on, or `undefined`. */
function loginReason(transaction, interaction, login) {
  const { name, reasons } = interaction.prompt;
  if (login === undefined) return name === 'select_account' ? 'select_account' : 'no_session';
  const came = (sequence) => transaction.handoff !== undefined && sequence > transaction.handoff;
  if (name === 'select_account' && !came(login.choiceSequence)) return 'select_account';
  if (name === 'login' && !came(login.loginSequence)) {
    const forced = FORCED.find(([reason]) => reasons.includes(reason));
    if (forced !== undefined) return forced[1];
  }
  return hintsAtAnother(interaction, login) ? 'select_account' : undefined;
}

/** What to tell the engine so that it goes on without the user, or `undefined` where a card is due. */
function nextResult(interaction, login) {
  const { name } = interaction.prompt;
  if (name === 'select_account') return resultFor(interaction, login, { select_account: {} });
  if (name === 'login') return resultFor(interaction, login, { login: {} });
  if (interaction.session?.accountId !== login.account.sub) return resultFor(interaction, login);
  return undefined;
}

/** The card for an interaction, and what submit compares a decision with. */
export async function describe(realm, transaction, interaction, login) {
  const client = await realm.provider.Client.find(interaction.params.client_id);
  return describeConsent({ realm, transaction, params: interaction.params, client, account: login.account });
}

/** The engine's interaction of a transaction; without one the request is over. */
export async function interactionOf(site, realm, transaction) {
  const interaction = await realm.provider.Interaction.find(transaction.interaction);
  if (interaction === undefined) throw site.transactions.gone(transaction.client);
  return interaction;
}

/** An engine answer that ends a transaction. */
export function close(site, realm, transaction, answer, visitor) {
  site.transactions.close(transaction);
  return ending(site, realm, answer, visitor);
}

/** Leads an open transaction on until the user is needed or the engine has answered. */
export async function advance(site, realm, transaction, visitor) {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const interaction = await interactionOf(site, realm, transaction);
    const { login } = visitor;
    const reason = loginReason(transaction, interaction, login);
    if (reason !== undefined) return toLogin(site, transaction, interaction, reason);
    const result = nextResult(interaction, login);
    if (result === undefined) {
      const { answer, shown } = await describe(realm, transaction, interaction, login);
      transaction.shown = shown;
      return answer;
    }
    const answer = await resume(site, realm, interaction, login, result);
    if (answer.kind !== 'interaction') return close(site, realm, transaction, answer, visitor);
    transaction.interaction = answer.uid;
  }
  throw new Error('the engine keeps asking for what it got');
}

/** Ties the engine's interaction to a transaction, with what a tombstone tells of the client later. */
async function attach(realm, transaction, uid) {
  transaction.interaction = uid;
  const { params } = await realm.provider.Interaction.find(uid);
  transaction.client = describeBriefly(await realm.provider.Client.find(params.client_id));
}

const refuse = (description) => ({ kind: 'error', error: 'invalid_request', description });

/** A raw query put to the engine, within the limits, which also hold for what was pushed or signed. */
async function judge(site, realm, query, login) {
  const large = tooLarge(query);
  if (large !== undefined) return refuse(large);
  const answer = await ask(site, realm, query, login);
  if (answer.kind !== 'interaction') return answer;
  const interaction = await realm.provider.Interaction.find(answer.uid);
  const hidden = tooLargeParameters(Object.entries(interaction.params).map(([name, value]) => [name, [value ?? ''].flat()]));
  return hidden === undefined ? answer : refuse(hidden);
}

/**
 * A request in full, put to the engine. A transaction is opened only where the user is needed.
 *
 * @returns `{ ended }` (an outcome) or `{ transaction }`
 */
export async function open(site, realm, query, visitor) {
  const answer = await judge(site, realm, query, visitor.login);
  if (answer.kind !== 'interaction') return { ended: ending(site, realm, answer, visitor) };
  const transaction = site.transactions.open(realm, visitor.browser, {});
  await attach(realm, transaction, answer.uid);
  return { transaction };
}

/**
 * A request that was stored before the engine saw it, put to the engine. Under the transaction's lock.
 *
 * @returns the outcome, or `undefined` where the user is needed
 */
export async function unpark(site, realm, transaction, visitor) {
  if (transaction.parked === undefined) return undefined;
  const answer = await judge(site, realm, transaction.parked, visitor.login);
  delete transaction.parked;
  if (answer.kind !== 'interaction') return close(site, realm, transaction, answer, visitor);
  await attach(realm, transaction, answer.uid);
  return undefined;
}

function chooseOrganization(realm, transaction, login, organization) {
  if (organization === undefined || login === undefined) return;
  const mine = realm.organizations ? organizationsOf(login.account) : [];
  if (!mine.some(({ organization_id: id }) => id === organization)) {
    throw malformed('The account does not belong to this organization.');
  }
  transaction.organization = organization;
}

/** `start` with a query. */
export function begin(site, realm, query, visitor) {
  return withLiveLogin(async () => {
    const { ended, transaction } = await open(site, realm, query, visitor);
    return ended ?? advance(site, realm, transaction, visitor);
  });
}

/** How long the answer is repeated that `start` itself has ended a transaction with. */
const KEPT = 60_000;

/** `start` with a transaction: as often as wanted, with the same answer while nothing else happens. */
export function comeBack(site, realm, id, visitor, organization) {
  return site.exclusively(`transaction ${id}`, () => withLiveLogin(async () => {
    const transaction = site.transactions.find(id, realm, visitor.browser);
    const { ended } = transaction;
    if (ended !== undefined && ended.until > site.clock()) return ended.answer;
    if (transaction.answered) throw site.transactions.answered(transaction);
    chooseOrganization(realm, transaction, visitor.login, organization);
    const answer = await unpark(site, realm, transaction, visitor) ?? await advance(site, realm, transaction, visitor);
    if (transaction.answered) transaction.ended = { answer, until: site.clock() + KEPT };
    return answer;
  }));
}

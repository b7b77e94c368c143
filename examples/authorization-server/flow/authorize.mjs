/** `start`: turns a request into the next step of the page. */
import { organizationsOf } from '../fixtures/accounts.mjs';
import { malformed } from '../http/problems.mjs';
import { describeConsent } from './describe.mjs';
import { describeBriefly } from './describe-client.mjs';
import { askEngine, finalOutcome, retryIfLoginEnded } from './engine-session.mjs';

/**
 * Sends the page to the login page. Every later login counts as its result.
 */
function loginOutcome(site, transaction, { reason, login_hint: hint, acr_values: acr }) {
  transaction.handoff ??= site.logins.now();
  return {
    outcome: 'login',
    reason,
    transaction: transaction.id,
    attempt: transaction.visits + 1,
    ...(hint ? { login_hint: hint } : {}),
    ...(acr ? { acr_values: acr } : {}),
  };
}

/** The card of a step, in the visitor's language, and the record that `submit` checks with. */
export async function cardOf(realm, transaction, { asked, login }, { languages }) {
  const client = await realm.provider.Client.find(asked.client.client_id);
  return describeConsent({ realm, transaction, asked, client, account: login.account, languages });
}

/** Ends a transaction with the engine's final answer, and the decision behind it (`decided`), if any. */
export function endWith(site, realm, transaction, answered, visitor, decided) {
  const outcome = finalOutcome(site, realm, answered, visitor, decided);
  site.transactions.end(transaction, outcome, { decided, code: answered.note.code });
  return outcome;
}

/** Opens the request of a transaction, whose `resume` says where it stands. */
async function openAgain(site, realm, transaction, visitor) {
  const { login } = visitor;
  if (login !== undefined) site.transactions.keepFor(transaction, login.account.sub);
  return askEngine(site, realm, login, transaction, (engine, context) => engine.open('', context));
}

/**
 * The next step of an open transaction: the engine asks for a card for the account of a login
 * (`{ asked, login }`), or there is an outcome (`{ outcome }`).
 */
export async function stepOf(site, realm, transaction, visitor, opened) {
  const found = opened ?? await openAgain(site, realm, transaction, visitor);
  const { answer } = found;
  if (answer.resume !== undefined) transaction.resume = answer.resume;
  if (answer.kind === 'login') return { outcome: loginOutcome(site, transaction, answer) };
  if (answer.kind === 'ask') return { asked: answer, login: found.login };
  return { outcome: endWith(site, realm, transaction, found, visitor) };
}

/** The answer to `start` for an open transaction. */
export async function advance(site, realm, transaction, visitor, opened) {
  const step = await stepOf(site, realm, transaction, visitor, opened);
  return step.outcome ?? (await cardOf(realm, transaction, step, visitor)).answer;
}

/** Links the engine's interaction to a transaction, and keeps what a tombstone tells about the client later. */
async function attach(realm, transaction, { resume }) {
  transaction.interaction = resume.uid;
  transaction.resume = resume;
  const { params } = await realm.provider.Interaction.find(resume.uid);
  transaction.client = describeBriefly(await realm.provider.Client.find(params.client_id));
  transaction.params = { ui_locales: params.ui_locales, display: params.display };
}

/**
 * Sends a raw query to the engine, which refuses it if it is over a limit, so that the client hears
 * it. The limits also apply to pushed and signed parameters (`engine/configuration.mjs`).
 */
const evaluate = (site, realm, query, login) =>
  askEngine(site, realm, login, {}, (engine, context) => engine.open(query, context), { refusal: site.requests.tooLarge(query) });

const isOpen = ({ answer }) => answer.kind === 'login' || answer.kind === 'ask';

/**
 * Sends a whole request to the engine. Opens a transaction only if the user is needed.
 *
 * @returns `{ ended }` (an outcome) or `{ transaction, opened }`
 */
export async function open(site, realm, query, visitor) {
  // Before the engine keeps anything for the request.
  site.transactions.makeRoom(visitor.owner);
  const opened = await evaluate(site, realm, query, visitor.login);
  if (!isOpen(opened)) return { ended: finalOutcome(site, realm, opened, visitor) };
  const transaction = site.transactions.open(realm, visitor.owner, {});
  await attach(realm, transaction, opened.answer);
  return { transaction, opened };
}

/**
 * Sends a request to the engine that was stored first (one by POST). The caller holds the
 * transaction's lock.
 *
 * @returns the outcome, or `undefined` if the user is needed
 */
export async function startStored(site, realm, transaction, visitor) {
  if (transaction.storedQuery === undefined) return undefined;
  const opened = await evaluate(site, realm, transaction.storedQuery, visitor.login);
  delete transaction.storedQuery;
  if (!isOpen(opened)) return endWith(site, realm, transaction, opened, visitor);
  await attach(realm, transaction, opened.answer);
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
    const { ended, transaction, opened } = await open(site, realm, query, visitor);
    return ended ?? advance(site, realm, transaction, visitor, opened);
  });
}

/** The answer that ended a transaction, unless the client has had the use of it. */
async function repeat(site, transaction) {
  const code = transaction.ended?.code;
  if (code !== undefined && await site.engine.isRedeemed(code)) throw site.transactions.answered(transaction);
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
    if (transaction.answered) return repeat(site, transaction);
    chooseOrganization(realm, transaction, visitor.login, organization);
    return await startStored(site, realm, transaction, visitor) ?? advance(site, realm, transaction, visitor);
  }));
}

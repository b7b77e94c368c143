/** `authorize/start`: the next step of the page for a request. */
import { checkDestination, checkForm, errorEnding, isNativeAddress } from './addresses.ts';
import type { StartCall } from './calls.ts';
import { describeCard, organizationsOf, type Card } from './card.ts';
import { briefly, cut } from './client.ts';
import { checkRequest, decideOnce, earlier, requestKey, type Outcome } from './decisions.ts';
import { RequestGone, type Asked, type Destination, type Ending, type EndingForm, type Opened } from './engine.ts';
import { finishLater, type FinishForm } from './finish.ts';
import { askEngine, isSilent, known, now, type Call, type Kit } from './kit.ts';
import type { Account, LoginReason } from './model.ts';
import { gone, malformed } from './problems.ts';
import { create, loadRequest, save, type State, type Transaction } from './transactions.ts';

/** A day, beyond which no engine's word about its own memory counts. */
const LONGEST = 24 * 60 * 60;

/** What the engine's answer means: a card, or another outcome. `isFinal`: the request is over. */
export type Step =
  | { readonly card: Card; readonly asked: Asked; readonly account: Account }
  | { readonly outcome: Outcome; readonly isFinal: boolean };

/** An error that the page shows and never redirects. */
export const refused = ({ error, description }: { error: string; description?: string | undefined }): Outcome =>
  ({ outcome: 'error', error: cut(error, 128) ?? 'invalid_request', error_description: cut(description, 2048) });

/** The outcome for an address with which the engine ends a request. */
export const leave = (kit: Kit, state: State | undefined, destination: Destination): Outcome =>
  ({ ...checkDestination(destination, known(kit, { card: state?.address, native: state?.native ?? false })) });

/** Whether a form has the size that the page posts. */
const isPostable = (fields: EndingForm['fields']): boolean =>
  Object.keys(fields).length <= 64 && Object.entries(fields).every(([name, { length }]) => name !== '' && name.length <= 256 && length <= 8192);

/**
 * The outcome of how the engine ends a request. The page posts forms to the site alone; others go by a page that is there once.
 *
 * @param finish makes the outcome for such a page
 */
export async function endWith(kit: Kit, call: Call, state: State, ending: Ending, finish = (form: FinishForm) => finishLater(kit, call, form)): Promise<Outcome> {
  if (!('form' in ending)) return leave(kit, state, ending);
  const { action, fields } = ending.form;
  const owner = checkForm(ending.form, known(kit, { card: state.address }));
  return owner === 'site' && call.v2 && isPostable(fields) ? { outcome: 'post', action, fields } : finish({ action, fields, forwards: owner !== 'client' });
}

/** Sends the page to sign in. Repeated calls without a visit count once. */
function signIn(kit: Kit, transaction: Transaction, reason: LoginReason, more: { login_hint?: string; acr_values?: string } = {}): Step {
  const { state } = transaction;
  transaction.state = { ...state, isAway: true, handedOffAt: state.handedOffAt ?? kit.clock() };
  return {
    isFinal: false,
    outcome: {
      outcome: 'login',
      reason,
      transaction: transaction.id,
      attempt: state.visits + 1,
      login_hint: cut(more.login_hint, 8192),
      acr_values: cut(more.acr_values, 8192),
    },
  };
}

/** The account that the card is for, or the step that leads to it. Another one than the engine's is never used. */
function accountFor(kit: Kit, call: Call, transaction: Transaction, { sub, switch_account: to }: Asked): Account | Step {
  const { account } = call;
  if (account === null) return signIn(kit, transaction, 'no_session');
  if (sub === undefined || sub === account.sub) return account;
  return to === undefined ? signIn(kit, transaction, 'account_changed') : { outcome: { ...checkDestination(to, known(kit, { isOurs: true })) }, isFinal: false };
}

/** A silent request has no user who could answer (OIDC Core 3.1.2.6). Engines say so themselves; one that does not is no card. */
async function endSilently(kit: Kit, call: Call, { state }: Transaction, opened: Asked | (Opened & { kind: 'login' }), end: typeof endWith): Promise<Step | undefined> {
  if (!isSilent(state.query!)) return undefined;
  if (opened.kind === 'login') return { outcome: refused({ error: 'login_required' }), isFinal: true };
  const parameters = new URLSearchParams(state.query);
  const response_mode = parameters.get('response_mode') ?? (/token/.test(parameters.get('response_type') ?? '') ? 'fragment' : 'query');
  const ending = errorEnding(opened.redirect_uri, { error: 'consent_required', state: parameters.get('state'), iss: kit.engine.issuer, response_mode });
  return { outcome: await end(kit, call, { ...state, address: opened.redirect_uri, native: isNativeAddress(opened.redirect_uri) }, ending), isFinal: true };
}

/**
 * Asks the engine about a transaction's request. What it says of the request is noted in the state.
 *
 * @param end makes the outcome if the engine needs no user
 */
export async function ask(kit: Kit, call: Call, transaction: Transaction, end = endWith): Promise<Step> {
  const { query, client } = transaction.state;
  const opened: Opened = await askEngine(kit, call, transaction.state, (context) => kit.engine.open(query!, context)).catch((error: unknown) => {
    throw error instanceof RequestGone ? gone(client) : error;
  });
  if (opened.kind === 'refused') return { outcome: refused(opened), isFinal: true };
  if (opened.kind === 'done') return { outcome: await end(kit, call, transaction.state, opened), isFinal: true };
  const silent = await endSilently(kit, call, transaction, opened, end);
  if (silent !== undefined) return silent;
  if (opened.resume !== undefined) transaction.state = { ...transaction.state, resume: opened.resume };
  if (opened.kind === 'login') return signIn(kit, transaction, opened.reason, opened);
  const account = accountFor(kit, call, transaction, opened);
  if (!('sub' in account)) return account;
  return { card: await cardFor(kit, call, transaction, opened, account), asked: opened, account };
}

async function cardFor(kit: Kit, call: Call, transaction: Transaction, asked: Asked, account: Account): Promise<Card> {
  const expires = asked.expires_at === undefined ? transaction.state.expires : Math.min(Math.floor(asked.expires_at), now(kit) + LONGEST);
  transaction.state = { ...transaction.state, expires };
  const card = await describeCard(kit, call, transaction.id, transaction.state, asked, account);
  const { redirect_uri: address, request_id: id } = asked;
  const client = briefly(card.answer.client as Record<string, unknown>);
  transaction.state = { ...transaction.state, client, address, native: isNativeAddress(address), request: await requestKey(kit, id) };
  return card;
}

/** `start` with a query: opens a transaction only if the user is needed. */
async function begin(kit: Kit, call: Call, { realm, query }: StartCall): Promise<Outcome> {
  const transaction = create(kit, call, { realm, query: query! });
  const step = await ask(kit, call, transaction);
  if ('outcome' in step) {
    if (step.outcome.outcome === 'login') await save(kit, call, transaction);
    return step.outcome;
  }
  await checkRequest(kit, transaction);
  await save(kit, call, transaction);
  return step.card.answer;
}

/** Saves the state, and answers with a step that is no decision. If the request is over, that counts once. */
export async function undecided(kit: Kit, call: Call, transaction: Transaction, step: Step): Promise<Outcome> {
  if ('outcome' in step && step.isFinal) return decideOnce(kit, transaction, undefined, undefined, async () => step.outcome);
  await save(kit, call, transaction);
  return 'card' in step ? step.card.answer : step.outcome;
}

/** Notes the organization that the page has chosen. Only one of the account can be. */
export async function choose(kit: Kit, call: Call, transaction: Transaction, chosen: string): Promise<Step> {
  transaction.state = { ...transaction.state, organization: chosen };
  const step = await ask(kit, call, transaction);
  if ('outcome' in step) return step;
  const known = await organizationsOf(kit, transaction.state, step.account, step.asked.client);
  if (!known.some(({ organization_id: id }) => id === chosen)) throw malformed('The account does not belong to this organization.');
  return step;
}

/**
 * `start` with a transaction. Can be repeated: the answer is the same until something else happens. During a decision it waits, and
 * then gets the decision's answer: the page may have been loaded again before that arrived.
 */
async function resume(kit: Kit, call: Call, { realm, transaction: id, organization_id: chosen }: StartCall): Promise<Outcome> {
  const transaction = await loadRequest(kit, call, id!, realm);
  const found = await earlier(kit, transaction);
  if ('answer' in found) return found.answer;
  const step = chosen === undefined ? await ask(kit, call, transaction) : await choose(kit, call, transaction, chosen);
  if ('asked' in step) await checkRequest(kit, transaction);
  return undecided(kit, call, transaction, step);
}

export const start = (kit: Kit, call: Call, body: StartCall): Promise<Outcome> =>
  (body.transaction === undefined ? begin : resume)(kit, call, body);

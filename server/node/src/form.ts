/**
 * `countersign/server/form`: the card as a plain form, for browsers without script or without WebAssembly. The page of
 * `countersign/server/page` is complete then, and its form goes to `authorize/form`.
 */
import { ask, choose, undecided, type Step } from './authorize.ts';
import { describeCard } from './card.ts';
import { checkRequest, decideOnce, earlier, faultOf, readDecision, type Outcome } from './decisions.ts';
import { finishPage, type FinishForm } from './finish.ts';
import { cardPage, type CardPage, type ConsentAnswer } from './form/card-page.ts';
import { checkSender, fieldsOf, readForm, type Fields } from './form/fields.ts';
import { errorPage, faultNote, handOver, signInPage } from './form/note.ts';
import { checkCardFormOptions, checkPageOf, type CardFormOptions } from './form/options.ts';
import { createSheets, type Sheets } from './form/sheets.ts';
import { showSignOut, takeSignOut } from './form/sign-out.ts';
import type { FormTextKey } from './form/text.ts';
import { chosenOf, grantedBy, isEmpty, narrowed, readOnly, submitCall } from './form/ticks.ts';
import { isEarly, openToken, type Ticks, type Token } from './form/token.ts';
import { isSilent, type Call } from './kit.ts';
import type { CardForm, PageOptions } from './page.ts';
import { keptOf, named } from './page-query.ts';
import { answerStep, endHere, faultPage, redirect, type PageCall } from './page-view.ts';
import { allow, deny, requestApproval } from './submit.ts';
import { create, loadRequest, save, visit, type Transaction } from './transactions.ts';

export type { CardFormOptions, RenderedCard, RenderInput } from './form/options.ts';
export type { CardForm } from './page.ts';

/** A form or a request for its page, and what it works with. */
interface Work {
  readonly view: PageCall;
  readonly call: Call;
  readonly options: CardFormOptions;
  readonly sheets: Sheets;
}

/** A form that was sent, checked. */
interface Sent extends Work {
  readonly transaction: Transaction;
  readonly fields: Fields;
  readonly token: Token;
  /** What counts as ticked: on the second page, what that has shown. */
  readonly ticks: Ticks;
}

/** Where forms go, below the path of the calls. */
const PATHS = ['authorize/form', 'logout/form'];

type CardStep = Extract<Step, { readonly card: unknown }>;

/** After this many returns without a session, signing in does not seem to take. */
const STUCK = 3;

const pathOf = ({ options }: PageCall): string => options.authorize ?? '/oauth/authorize';

/** The page of a transaction. */
function pageOf(view: PageCall, id: string): string {
  const kept = keptOf((name) => view.url.searchParams.getAll(name));
  return `${pathOf(view)}?${new URLSearchParams([['transaction', id], ...kept])}`;
}

/** The login page, with the way back to a transaction. The same as the widget's (`src/protocol/login.rs`). */
function loginOf(view: PageCall, id: string, { reason, login_hint: hint, acr_values: acr }: Outcome): string {
  const { origin } = view.site.kit;
  const address = new URL(view.options.loginUrl ?? '/login', origin + pathOf(view));
  const locales = view.url.searchParams.get('ui_locales');
  const parameters = { return_to: pageOf(view, id), reason, login_hint: hint, ui_locales: locales, acr_values: acr };
  for (const [name, value] of Object.entries(parameters)) if (typeof value === 'string' && value !== '') address.searchParams.set(name, value);
  return address.href;
}

/** The answer for an outcome that is no card. Only a page that came by GET leads on by a redirect (`isGet`). */
function present({ view }: Work, { id, state }: Transaction, outcome: Outcome, isGet: boolean): Response {
  const isQuiet = isGet && isSilent(state.query ?? '');
  switch (outcome.outcome) {
    case 'redirect':
      return isGet ? redirect(view.site, outcome.redirect_uri as string) : handOver(view, outcome.redirect_uri as string, state.client?.name);
    case 'post':
      return finishPage({ action: outcome.action as string, fields: outcome.fields as FinishForm['fields'], forwards: true });
    case 'login': {
      const isStuck = (outcome.attempt as number) >= STUCK;
      const to = loginOf(view, id, outcome);
      return isGet && !isStuck ? redirect(view.site, to) : signInPage(view, to, isStuck);
    }
    case 'error':
      return isQuiet ? answerStep(view, outcome, true)! : errorPage(view, outcome.error as string);
    default:
      return answerStep(view, outcome, isQuiet)!;
  }
}

const showCard = ({ view, options, sheets }: Work, page: CardPage): Promise<Response> => cardPage(view, options, sheets, page);

/** The page for what the engine says of a transaction's request, which is kept. */
async function showStep(work: Work, transaction: Transaction, step: Step, notice?: FormTextKey): Promise<Response> {
  const { view: { site: { kit } }, call } = work;
  if ('card' in step) await checkRequest(kit, transaction);
  const outcome = await undecided(kit, call, transaction, step);
  return 'card' in step ? showCard(work, { answer: outcome as unknown as ConsentAnswer, notice }) : present(work, transaction, outcome, false);
}

/** GET with a query: a transaction is opened only if the user is needed. */
async function begin(work: Work): Promise<Response> {
  const { view, call } = work;
  const { site: { kit }, url, options: { realm = 'consumer' } } = view;
  const transaction = create(kit, call, { realm, query: url.search.slice(1) });
  const step = await ask(kit, call, transaction, endHere);
  if ('card' in step) await checkRequest(kit, transaction);
  if ('card' in step || !step.isFinal) await save(kit, call, transaction);
  return 'card' in step ? showCard(work, { answer: step.card.answer as unknown as ConsentAnswer }) : present(work, transaction, step.outcome, true);
}

/** GET with a transaction: its card, or the answer that it got a moment ago. */
async function resume(work: Work, id: string): Promise<Response> {
  const { view, call } = work;
  const { site: { kit }, options: { realm = 'consumer' } } = view;
  const transaction = await loadRequest(kit, call, id, realm);
  const found = await earlier(kit, transaction);
  if ('answer' in found) return present(work, transaction, found.answer, true);
  visit(transaction);
  if (transaction.state.isStored) transaction.state = { ...transaction.state, isStored: false };
  const step = await ask(kit, call, transaction, endHere);
  if ('card' in step) return showStep(work, transaction, await asBefore(work, transaction, step));
  if (step.isFinal) return present(work, transaction, await decideOnce(kit, transaction, undefined, undefined, async () => step.outcome), true);
  await save(kit, call, transaction);
  return present(work, transaction, step.outcome, true);
}

/** After a sign-in, the same card as before has the ticks of before. */
async function asBefore(work: Work, transaction: Transaction, step: CardStep): Promise<CardStep> {
  const { ticked, ...state } = transaction.state;
  transaction.state = state;
  const { facts } = step.card;
  if (ticked?.version !== facts.version) return step;
  // Nobody has compared the places with a card yet.
  const scopes = ticked.scopes.filter((place) => facts.scopes[place]?.grantable === true);
  return withTicks(work, transaction, step, { ...ticked, scopes });
}

async function show(work: Work): Promise<Response> {
  const { view } = work;
  const id = named(view.url, 'transaction');
  try {
    return await (id === undefined ? begin(work) : resume(work, id));
  } catch (error) {
    if (id === undefined && isSilent(view.url.search.slice(1))) return faultPage(view, error);
    return answerFault(view, error, `${view.url.pathname}${view.url.search}`);
  }
}

function answerFault(view: PageCall, error: unknown, again?: string): Response {
  const fault = faultOf(error);
  view.log({ status: fault.status, code: fault.code, error, account: view.call.account });
  return faultNote(view, fault, again);
}

/** A step whose card shows ticks. */
async function withTicks({ view: { site: { kit } }, call }: Work, transaction: Transaction, step: CardStep, ticks: Ticks): Promise<CardStep> {
  transaction.state = { ...transaction.state, chosen: chosenOf(step.card.facts, ticks) };
  return { ...step, card: await describeCard(kit, call, transaction.id, transaction.state, step.asked, step.account) };
}

/** The card once more, with the ticks of the form if it is still the same. If somebody has to sign in before, they are kept. */
async function showAgain(sent: Sent, step: Step, notice?: FormTextKey, ticks = sent.ticks): Promise<Response> {
  const { token: { version }, transaction } = sent;
  if (!('card' in step)) {
    transaction.state = { ...transaction.state, ticked: { version, ...ticks } };
    return showStep(sent, transaction, step);
  }
  if (step.card.facts.version !== version) return showStep(sent, transaction, step, notice ?? 'submit_changed');
  return showStep(sent, transaction, await withTicks(sent, transaction, step, ticks), notice);
}

/** Allow, on what the card or the second page has shown. Without the guards of the first page, the second one follows. */
async function takeAllow(sent: Sent): Promise<Response> {
  const { view: { site: { kit } }, call, fields, token, ticks, transaction } = sent;
  const step = await ask(kit, call, transaction);
  if (!('card' in step) || step.card.facts.version !== token.version) return showAgain(sent, step);
  if (isEarly(kit, token)) return token.confirm === undefined ? showAgain(sent, step, 'press_too_early') : confirm(sent, step, 'press_too_early');
  if (isEmpty(step.card.facts, grantedBy(step.card.facts, ticks.scopes))) return showAgain(sent, step, 'consent_scopes_empty');
  if (!fields.isGuarded && token.confirm === undefined) return confirm(sent, step, 'confirm');
  return answerWith(sent, await allow(kit, call, transaction, submitCall(transaction.id, step.card, ticks), await decisionOf(sent), step));
}

async function confirm(sent: Sent, { card }: CardStep, notice: FormTextKey): Promise<Response> {
  return showCard(sent, { answer: narrowed(card, sent.ticks) as unknown as ConsentAnswer, notice, confirm: sent.ticks });
}

/** One key for each form: one that is sent twice is one decision. What was ticked is the same after a reload. */
function decisionOf({ fields: { press, token: key }, token, ticks }: Sent) {
  const body = [press, token.version, ticks.scopes, ticks.remember];
  return readDecision(press, `${key} ${JSON.stringify(body)}`, body);
}

/** The page for an outcome of a decision, which may be another card. */
async function answerWith(sent: Sent, outcome: Outcome): Promise<Response> {
  if (outcome.outcome !== 'consent') return present(sent, sent.transaction, outcome, false);
  const isSame = outcome.version === sent.token.version;
  return showCard(sent, { answer: outcome as unknown as ConsentAnswer, notice: isSame ? undefined : 'submit_changed' });
}

/** Asks for approval, which counts like an Allow, but gives nothing away. */
async function takeRequest(sent: Sent): Promise<Response> {
  const { view: { site: { kit } }, call, token, transaction } = sent;
  if (isEarly(kit, token)) return showAgain(sent, await ask(kit, call, transaction), 'press_too_early');
  const body = { transaction: transaction.id, version: token.version, decision: 'request_approval' as const, scopes: [], ...(token.organization === undefined ? {} : { organization_id: token.organization }) };
  return answerWith(sent, await requestApproval(kit, call, transaction, body));
}

/** To another account: by the engine, if it has fixed the account, else by the login page. */
async function switchAccount(sent: Sent): Promise<Response> {
  const { view, call, transaction } = sent;
  const step = await ask(view.site.kit, call, transaction);
  if (!('card' in step)) return showAgain(sent, step);
  const { switch_account: to } = step.card.answer as { switch_account?: { redirect_uri: string } };
  await save(view.site.kit, call, transaction);
  return to === undefined ? signInPage(view, loginOf(view, transaction.id, { reason: 'select_account' }), false) : handOver(view, to.redirect_uri, undefined);
}

/** What only changes the card. */
async function change(sent: Sent): Promise<Response> {
  const { view: { site: { kit } }, call, fields: { press, organization }, transaction, ticks } = sent;
  if (press === 'organization') return showStep(sent, transaction, await choose(kit, call, transaction, organization!));
  const step = await ask(kit, call, transaction);
  const scopes = press === 'read-only' && 'card' in step && step.card.facts.version === sent.token.version ? readOnly(step.card.facts, ticks.scopes) : ticks.scopes;
  return showAgain(sent, step, undefined, { ...ticks, scopes });
}

async function decide(sent: Sent): Promise<Response> {
  const { view: { site: { kit } }, call, fields: { press }, transaction } = sent;
  const isDecision = press === 'allow' || press === 'deny';
  const decision = isDecision ? await decisionOf(sent) : undefined;
  const found = await earlier(kit, transaction, decision);
  if ('answer' in found) return present(sent, transaction, found.answer, false);
  if (press === 'deny') return answerWith(sent, await deny(kit, call, transaction, decision!));
  if (press === 'allow') return takeAllow(sent);
  if (press === 'request-approval') return takeRequest(sent);
  return press === 'switch-account' ? switchAccount(sent) : change(sent);
}

async function take(work: Work): Promise<Response> {
  const { view, call } = work;
  const { site: { kit }, options: { realm = 'consumer' } } = view;
  const { method } = call.request;
  const id = named(view.url, 'transaction');
  if (method === 'GET' && id !== undefined) return redirect(view.site, pageOf(view, id));
  if (method !== 'POST') return new Response(null, { status: 405, headers: { Allow: 'POST', 'Cache-Control': 'no-store' } });
  let again: string | undefined;
  try {
    const form = await readForm(call.request);
    if (view.url.pathname === `${kit.base}logout/form`) return await takeSignOut(work, form);
    const fields = fieldsOf(form);
    again = pageOf(view, fields.transaction);
    const transaction = await loadRequest(kit, call, fields.transaction, realm);
    const token = await openToken(kit, fields);
    return await decide({ ...work, transaction, fields, token, ticks: token.confirm ?? { scopes: fields.scopes, remember: fields.remember } });
  } catch (error) {
    return answerFault(view, error, again);
  }
}

/** The card as a form, for `page({ form: cardForm({ render }) })`. */
export function cardForm(options: CardFormOptions): CardForm {
  checkCardFormOptions(options);
  const all = new WeakMap<PageOptions, Sheets>();
  const workOf = (view: PageCall): Work => {
    const sheets = all.get(view.options) ?? createSheets(options, view.options.files);
    all.set(view.options, sheets);
    // What is shown here is what version 2 of the API has.
    return { view, call: { ...view.call, v2: true }, options, sheets };
  };
  return {
    checkPage: (page) => checkPageOf(options, page),
    takes: ({ kit }, { pathname, searchParams }, { realm = 'consumer' }) =>
      PATHS.some((path) => pathname === kit.base + path) && (searchParams.get('realm') ?? 'consumer') === realm,
    admit({ kit }, request) {
      if (request.method === 'POST') checkSender(request, kit.origin);
    },
    take: (view) => take(workOf(view)),
    show: (view) => show(workOf(view)),
    showLogout: (view) => showSignOut(workOf(view)).catch((error: unknown) => answerFault(view, error, `${view.url.pathname}${view.url.search}`)),
  };
}

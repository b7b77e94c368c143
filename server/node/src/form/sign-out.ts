/** Signing out without script: the question as a form, and what it ends with. */
import type { Outcome } from '../decisions.ts';
import { pageHeaders } from '../headers.ts';
import type { Call } from '../kit.ts';
import { redirect, type PageCall } from '../page-view.ts';
import { gone, malformed } from '../problems.ts';
import { actionOf, draw } from './card-page.ts';
import { readPairs, wrong } from './fields.ts';
import { handOver } from './note.ts';
import type { CardFormOptions } from './options.ts';
import type { Sheets } from './sheets.ts';
import type { FormTextKey } from './text.ts';
import { isEarly, openText, sealText } from './token.ts';

interface Work {
  readonly view: PageCall;
  readonly call: Call;
  readonly options: CardFormOptions;
  readonly sheets: Sheets;
}

/** What the page has asked, and when. */
interface Asked {
  readonly at: number;
  readonly answer: Outcome;
}

const FIELDS = { logout: /^[\w-]{1,64}$/, token: /^[\w-]{1,16384}$/, press: /^(?:sign-out|stay)$/ };

/** The page for an outcome, with a form if it asks. */
async function showOutcome({ view, options, sheets }: Work, answer: Outcome, notice?: FormTextKey): Promise<Response> {
  const { kit } = view.site;
  const id = answer.outcome === 'confirm' ? answer.logout as string : undefined;
  const asked: Asked = { at: kit.clock(), answer };
  const form = id !== undefined && { form: { action: actionOf(view, 'logout/form'), fields: { logout: id, token: await sealText(kit, id, JSON.stringify(asked)) } } };
  const { body, source, headers } = await draw(view, options, sheets, { answer, flow: 'logout', notice, ...form });
  const policy = { 'script-src': "'none'", 'style-src': `'${source}'`, 'connect-src': "'none'" };
  const page = pageHeaders({ https: kit.secure, ...(id === undefined ? {} : { formAction: [] }), policy });
  return new Response(body, { headers: { ...page, 'Referrer-Policy': id === undefined ? 'no-referrer' : 'same-origin', ...headers } });
}

/** GET of the end-session endpoint. */
export async function showSignOut(work: Work): Promise<Response> {
  const { view: { site, url, options: { realm = 'consumer' } }, view, call } = work;
  const outcome = await site.kit.engine.logout?.start(site.kit, call, { realm, query: url.search.slice(1) }) ?? { outcome: 'unsupported' };
  return outcome.outcome === 'redirect' ? redirect(view.site, outcome.redirect_uri as string) : showOutcome(work, outcome);
}

/** The form of that page. */
export async function takeSignOut(work: Work, pairs: Iterable<[string, string]>): Promise<Response> {
  const { view, call } = work;
  const { kit } = view.site;
  const { values } = readPairs(pairs, FIELDS);
  const [id, token, press] = ['logout', 'token', 'press'].map((name) => values.get(name) ?? (() => { throw wrong(name); })()) as [string, string, string];
  const text = await openText(kit, id, token);
  if (text === undefined) throw malformed('The field token is not that of this form.');
  const { at, answer } = JSON.parse(text) as Asked;
  if (kit.engine.logout === undefined || answer?.logout !== id) throw gone();
  if (press === 'sign-out' && isEarly(kit, { at })) return showOutcome(work, answer, 'press_too_early');
  const outcome = await kit.engine.logout.submit(kit, call, { logout: id, decision: press === 'stay' ? 'stay' : 'sign_out' });
  return outcome.outcome === 'redirect' ? handOver(view, outcome.redirect_uri as string, undefined) : showOutcome(work, outcome);
}

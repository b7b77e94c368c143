/** One request before the checks: what is wrong with the config is said once, and not by each check in its own words. */
import type { Browser, Result } from './browser.ts';
import type { Any } from './contract.ts';
import { Stopped } from './errors.ts';
import { type Trial, isAt } from './trial.ts';

/** What the server says against the request of the config, at the client or on the page. */
function errorOf(result: Result, home: URL): string | undefined {
  const { answer } = result;
  if (answer.outcome === 'error') return `${answer.error}${answer.error_description ? ` (${answer.error_description})` : ''}`;
  const parameters = parametersAt(result, home);
  const [error, description] = [parameters?.get('error'), parameters?.get('error_description')];
  return error ? `${error}${description ? ` (${description})` : ''}` : undefined;
}

/** The parameters of an answer that leads to the client at once. */
function parametersAt({ answer }: Result, home: URL): URLSearchParams | undefined {
  if (answer.outcome !== 'redirect' || !URL.canParse(answer.redirect_uri)) return undefined;
  const address = new URL(answer.redirect_uri);
  return isAt(address, home) ? address.searchParams : undefined;
}

/** A request that goes to the client at once has no card that could be checked. */
function checkCard(parameters: URLSearchParams | undefined): void {
  if (parameters === undefined) return;
  if (parameters.has('code')) throw new Stopped('The request of the config gets a code without a card. Give `parameters` with which the server shows one each time, such as `"prompt": "consent"`, or a client that nobody has allowed anything.');
  const names = [...parameters.keys()].join(', ') || 'no parameter';
  throw new Stopped(`The request of the config ends at the client with neither a code nor an error, and with ${names}. Every answer has one of the two (RFC 6749 section 4.1.2).`);
}

/** A scope that the config calls optional must be one that can be left out. */
function checkOptional(card: Any, optional: string | undefined): void {
  const row = Array.isArray(card.scopes) ? card.scopes.find(({ scope }: Any) => scope === optional) : undefined;
  if (row?.required === true) {
    throw new Stopped(`\`optional_scope\` of the config is ${optional}, and the card says that it is required. Name one that can be left out, or none.`);
  }
}

/** Stops the run if no check could say anything of this config. What the server does wrong is for the checks. */
export async function rehearse(trial: Trial, browser: Browser): Promise<void> {
  try {
    await tried(trial, browser);
  } catch (error) {
    if (error instanceof Stopped) throw error;
  }
}

async function tried(trial: Trial, browser: Browser): Promise<void> {
  const { site } = trial;
  const request = trial.request();
  let result = await browser.start(request.query);
  if (result.answer.outcome === 'login') {
    const { reason, transaction } = result.answer;
    if (reason === 'no_session') {
      throw new Stopped(`\`accounts.first.${site.accounts.first.cookie === undefined ? 'sign_in' : 'cookie'}\` of the config signs nobody in: after it, the server still answers \`login\` (no_session).`);
    }
    if (site.accounts.first.cookie !== undefined || typeof transaction !== 'string') return;
    await trial.signedIn('first', browser);
    result = await browser.start({ transaction });
  }
  const error = errorOf(result, new URL(site.client.redirect_uri));
  if (error !== undefined) {
    throw new Stopped(`The server refuses the request of the config: ${error}. Does it know the client ${site.client.client_id}, its address ${site.client.redirect_uri}, and "${site.scope}"?`);
  }
  checkCard(parametersAt(result, new URL(site.client.redirect_uri)));
  if (result.answer.outcome === 'consent') checkOptional(result.answer, site.optional_scope);
}

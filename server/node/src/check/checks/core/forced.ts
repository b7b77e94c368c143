/** What a request asks of the server itself: PKCE, a visit to the login page, one decision, an app's own address. */
import { expect, outcome, problem } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { ClientState } from '../../config.ts';
import { NotApplicable } from '../../errors.ts';
import type { Trial } from '../../trial.ts';

const FORCED = 'there is a card only after the user has been at the login page for this request, whether somebody was signed in or not.';
const NATIVE = 'Whether the client is native, so that the address may have a private-use scheme.';
const APP = 'com.example.countersign-check:/callback';

/** A request with this prompt leads to the login page although somebody is signed in, and to a card only after a visit there. */
async function leadsToLogin(trial: Trial, prompt: string, reason: string): Promise<void> {
  const browser = await trial.signedIn();
  const request = trial.request({ prompt });
  const away = await browser.start(request.query);
  // A server can say that it cannot do it (OIDC Core 3.1.2.1). Nobody then takes a card for an answer to it.
  const error = away.answer.outcome === 'redirect' ? (await trial.errorAt(browser, away, request)).searchParams.get('error') : away.answer.error;
  if (typeof error === 'string') throw new NotApplicable(`The server refuses prompt=${prompt}: ${error}.`);
  const { reason: given, transaction } = outcome(away, 'login');
  expect(given === reason, `The reason must be ${reason}, and is ${given}.`);
  outcome(await browser.start({ transaction }), 'login');
  await trial.signedIn('first', browser);
  const { outcome: after } = (await browser.start({ transaction })).answer;
  expect(after !== 'login', `After a new sign-in the user is sent to the login page again (prompt=${prompt}).`);
}

/** An app with an address of a private-use scheme: that of the config, or one that registers itself. */
async function appOf(trial: Trial): Promise<ClientState> {
  const { native_client: known, registration, tokens } = trial.site;
  if (known !== undefined) return known;
  if (registration === undefined || !tokens) throw new NotApplicable('The config has no `native_client`.');
  return trial.freshClient({ redirect_uris: [APP], application_type: 'native' }).catch((error: Error) => {
    throw new NotApplicable(`The server registers no app with a private-use scheme: ${error.message}`);
  });
}

export const forced: readonly Check[] = [
  {
    id: 'core.challenge-required',
    title: 'A request of a public client without a PKCE challenge gets no card.',
    says: 'The request of a public client without a `code_challenge` gets no card (OAuth 2.1 section 4.1.1).',
    fix: 'Answer `invalid_request` at the client\'s address if `code_challenge` is missing. Many engines take a request without one unless they are told.',
    async run(trial) {
      if (trial.site.client.client_secret !== undefined) throw new NotApplicable('The client has a secret, and may go without PKCE.');
      const browser = await trial.signedIn();
      const request = trial.request({ code_challenge: undefined, code_challenge_method: undefined });
      const result = await browser.start(request.query);
      if (outcome(result, 'redirect', 'error').outcome === 'redirect') await trial.errorAt(browser, result, request);
    },
  },
  {
    id: 'core.prompt-login',
    title: 'With prompt=login the user signs in again, once.',
    says: FORCED,
    fix: 'Compare the time of the last sign-in with the time at which this request was first sent to the login page, both in milliseconds.',
    needs: ['sign_in'],
    run: (trial) => leadsToLogin(trial, 'login', 'prompt_login'),
  },
  {
    id: 'core.prompt-select-account',
    title: 'With prompt=select_account the user chooses an account, once.',
    says: FORCED,
    fix: 'Send the user to the login page with reason `select_account`, until an account was chosen there, or signed in, since this request was first sent.',
    needs: ['sign_in'],
    run: (trial) => leadsToLogin(trial, 'select_account', 'select_account'),
  },
  {
    id: 'core.opened-twice',
    title: 'A request that was opened twice is decided once.',
    says: 'A request that was opened twice has two transactions, and is decided once as well: the decision of the other one is 409.',
    fix: 'Claim the request, and not only the transaction: by its id at the engine, or by client, account and `code_challenge` (`request_id` of an adapter of the kit).',
    async run(trial) {
      const { browser, card, request } = await trial.card();
      const again = outcome(await browser.start(request.query), 'consent');
      await trial.codeAt(browser, await browser.allow(card), request);
      problem(await browser.allow(again), 409, 'already_answered');
    },
  },
  {
    id: 'core.native',
    title: 'An app on the user\'s device gets errors, denials and codes at its own scheme.',
    says: NATIVE,
    fix: 'Send `native: true` with every address that has a private-use scheme, also with one that has an error.',
    async run(trial) {
      const client = await appOf(trial);
      const browser = await trial.signedIn();
      const wrong = trial.request({ response_type: 'countersign_check' }, client);
      const error = await browser.start(wrong.query);
      await trial.errorAt(browser, error, wrong);
      const denied = await trial.card({ client, browser });
      const denial = await browser.deny(denied.card.transaction);
      await trial.errorAt(browser, denial, denied.request, 'access_denied');
      const allowed = await trial.card({ client, browser });
      const code = await browser.allow(allowed.card);
      await trial.codeAt(browser, code, allowed.request);
      for (const { answer } of [error, denial, code]) {
        const isNative = answer.native === true || answer.intermediate === true || answer.outcome === 'post' || answer.redirect_uri.startsWith(trial.outlet.origin);
        expect(isNative, 'An answer that leads to a private-use scheme must have `native: true`.');
      }
    },
  },
];

/** Profile remember: a decision is remembered if the user chose it, for what it was made for. */
import { expect, outcome } from '../browser.ts';
import type { Check } from '../check.ts';
import type { ClientState } from '../config.ts';
import type { Any } from '../contract.ts';
import { NotApplicable } from '../errors.ts';
import type { Shown, Trial } from '../trial.ts';
import { answersOf } from './answers.ts';

const CHOICE = 'Whether an `allow` is remembered, so that the same request needs no card.';

/** Whether the user has the choice on a card. */
export const offered = ({ remember }: Any): boolean => remember === true || remember === 'choice';

/** The parameters of the config that ask for a card each time, taken out of a request. */
const quietly = (trial: Trial) => Object.fromEntries(Object.keys(trial.site.parameters).map((name) => [name, undefined]));

/** A card of a client that this account has not allowed yet, on which the choice is offered. */
async function freshCard(trial: Trial, more: Record<string, string> = {}): Promise<Shown & { client: ClientState }> {
  const client = await trial.freshClient();
  const shown = await trial.card({ client, more });
  if (!offered(shown.card)) throw new NotApplicable('The card of a client that has registered itself does not offer the choice.');
  return { ...shown, client };
}

/** The same request again, without the parameters that ask for a card. */
async function again(trial: Trial, { browser, client }: { browser: Shown['browser']; client: ClientState }, more: Record<string, string> = {}) {
  const request = trial.request({ ...quietly(trial), ...more }, client);
  return { request, result: await browser.start(request.query) };
}

export const remember: readonly Check[] = [
  {
    id: 'remember.offered',
    title: 'The card offers to remember the decision.',
    says: CHOICE,
    fix: 'Offer the choice on the card where a decision can be remembered.',
    async run(trial) {
      const { card } = await trial.card();
      expect(offered(card), `The card has remember: ${JSON.stringify(card.remember)}.`);
    },
  },
  {
    id: 'remember.chosen',
    title: 'After an allow that is remembered, the same request needs no card.',
    says: CHOICE,
    fix: 'Look the grant up in `start`, and answer `redirect` with a code if it covers the request.',
    needs: ['registration'],
    async run(trial) {
      const shown = await freshCard(trial);
      outcome(await shown.browser.allow(shown.card, { remember: true }), 'redirect', 'post');
      const { request, result } = await again(trial, shown);
      await trial.codeAt(shown.browser, result, request);
    },
  },
  {
    id: 'remember.not-chosen',
    title: 'An allow that is not remembered is asked for again.',
    says: 'The default is `false`.',
    fix: 'Keep a decision only if `remember` is true. A missing member is false.',
    needs: ['registration'],
    async run(trial) {
      const shown = await freshCard(trial);
      outcome(await shown.browser.allow(shown.card), 'redirect', 'post');
      outcome((await again(trial, shown)).result, 'consent');
    },
  },
  {
    id: 'remember.more',
    title: 'A request for more than what is remembered needs a card.',
    says: CHOICE,
    fix: 'Compare the scopes of the request with those that were allowed, not the client alone.',
    needs: ['registration'],
    async run(trial) {
      const { scope, optional_scope: optional } = trial.site;
      if (optional === undefined) throw new NotApplicable('The config has no `optional_scope`.');
      const shown = await freshCard(trial, { scope: scope.split(' ').filter((one) => one !== optional).join(' ') });
      outcome(await shown.browser.allow(shown.card, { remember: true }), 'redirect', 'post');
      outcome((await again(trial, shown, { scope })).result, 'consent');
    },
  },
  {
    id: 'remember.denied',
    title: 'A denial is not remembered.',
    says: CHOICE,
    fix: 'Use `remember` for an `allow` alone.',
    needs: ['registration'],
    async run(trial) {
      const { browser, card, client } = await freshCard(trial);
      outcome(await browser.submit({ transaction: card.transaction, decision: 'deny', scopes: [], remember: true }), 'redirect', 'post');
      outcome((await again(trial, { browser, client })).result, 'consent');
    },
  },
  {
    id: 'remember.account',
    title: 'What one account has allowed is asked of another.',
    says: CHOICE,
    fix: 'Keep decisions by account and client.',
    needs: ['registration', 'second'],
    async run(trial) {
      const shown = await freshCard(trial);
      outcome(await shown.browser.allow(shown.card, { remember: true }), 'redirect', 'post');
      await trial.signedIn('second', shown.browser);
      outcome((await again(trial, shown)).result, 'consent', 'login');
    },
  },
  answersOf('remember'),
];

/** Profile remember: what is remembered of a decision, and for what. The config says whether the user chooses, or it always or never is. */
import { type Result, expect, outcome } from '../browser.ts';
import type { Check } from '../check.ts';
import type { ClientState } from '../config.ts';
import type { Any } from '../contract.ts';
import { NotApplicable } from '../errors.ts';
import type { AuthorizationRequest } from '../tokens.ts';
import type { Shown, Trial } from '../trial.ts';
import { answersOf } from './answers.ts';

const REMEMBERED = 'Whether an `allow` is remembered, so that the same request needs no card.';

/** What a card says. In the first version of the API it is a boolean: whether the user has the choice. */
const saysOf = ({ remember }: Any): string => (typeof remember === 'boolean' ? (remember ? 'choice' : 'never') : remember);

/** The parameters of the config that ask for a card each time, taken out of a request. */
const quietly = (trial: Trial) => Object.fromEntries(Object.keys(trial.site.parameters).map((name) => [name, undefined]));

interface Asked extends Shown {
  readonly client: ClientState;
}

/** A card of a client that this account has not allowed yet. */
async function asked(trial: Trial, more: Record<string, string> = {}): Promise<Asked> {
  const client = await trial.freshClient();
  const shown = await trial.card({ client, more });
  const own = saysOf(shown.card);
  if (trial.site.remember === 'choice' && own !== 'choice') throw new NotApplicable('The card of a client that has registered itself does not offer the choice.');
  return { ...shown, client };
}

/** Allows a card. If the user has the choice, it is remembered. */
async function allowed(trial: Trial, shown: Asked): Promise<void> {
  outcome(await shown.browser.allow(shown.card, trial.site.remember === 'choice' ? { remember: true } : {}), 'redirect', 'post');
}

/** The same request again, without the parameters that ask for a card. */
async function again(trial: Trial, { browser, client }: Asked, more: Record<string, string> = {}): Promise<{ request: AuthorizationRequest; result: Result }> {
  const request = trial.request({ ...quietly(trial), ...more }, client);
  return { request, result: await browser.start(request.query) };
}

/** A check of what is remembered has nothing to test where nothing ever is. */
function mustRemember({ site }: Trial): void {
  if (site.remember === 'never') throw new NotApplicable('Decisions are never remembered here.');
}

export const remember: readonly Check[] = [
  {
    id: 'remember.said',
    title: 'The card says whether a decision is remembered.',
    says: REMEMBERED,
    fix: 'Fill `remember` of the card with what the server really does: some engines always remember.',
    async run(trial) {
      const { card } = await trial.card();
      const wanted = trial.site.remember === 'always' && typeof card.remember === 'boolean' ? 'never' : trial.site.remember;
      expect(saysOf(card) === wanted, `By the config it is "${trial.site.remember}", and the card has remember: ${JSON.stringify(card.remember)}.`);
    },
  },
  {
    id: 'remember.kept',
    title: 'After an allow that is remembered, the same request needs no card.',
    says: REMEMBERED,
    fix: 'Look the grant up in `start`, and answer `redirect` with a code if it covers the request.',
    needs: ['registration'],
    async run(trial) {
      mustRemember(trial);
      const shown = await asked(trial);
      await allowed(trial, shown);
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
      if (trial.site.remember === 'always') throw new NotApplicable('Decisions are always remembered here.');
      const shown = await asked(trial);
      outcome(await shown.browser.allow(shown.card), 'redirect', 'post');
      outcome((await again(trial, shown)).result, 'consent');
    },
  },
  {
    id: 'remember.more',
    title: 'A request for more than what is remembered needs a card.',
    says: REMEMBERED,
    fix: 'Compare the scopes of the request with those that were allowed, not the client alone.',
    needs: ['registration'],
    async run(trial) {
      mustRemember(trial);
      const { scope, optional_scope: optional } = trial.site;
      if (optional === undefined) throw new NotApplicable('The config has no `optional_scope`.');
      const shown = await asked(trial, { scope: scope.split(' ').filter((one) => one !== optional).join(' ') });
      await allowed(trial, shown);
      outcome((await again(trial, shown, { scope })).result, 'consent');
    },
  },
  {
    id: 'remember.denied',
    title: 'A denial is not remembered.',
    says: REMEMBERED,
    fix: 'Use `remember` for an `allow` alone.',
    needs: ['registration'],
    async run(trial) {
      const shown = await asked(trial);
      const { browser, card } = shown;
      const chosen = trial.site.remember === 'choice' ? { remember: true } : {};
      outcome(await browser.submit({ transaction: card.transaction, decision: 'deny', scopes: [], ...chosen }), 'redirect', 'post');
      outcome((await again(trial, shown)).result, 'consent');
    },
  },
  {
    id: 'remember.account',
    title: 'What one account has allowed is asked of another.',
    says: REMEMBERED,
    fix: 'Keep decisions by account and client.',
    needs: ['registration', 'second'],
    async run(trial) {
      mustRemember(trial);
      const shown = await asked(trial);
      await allowed(trial, shown);
      await trial.signedIn('second', shown.browser);
      outcome((await again(trial, shown)).result, 'consent', 'login');
    },
  },
  answersOf('remember'),
];

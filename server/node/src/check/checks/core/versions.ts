/** Pages of the version before, which stay open while a site is upgraded. */
import { type Browser, type Result, expect, outcome, same, shown } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { Trial } from '../../trial.ts';

/** A page of version 1 names no version. */
const BEFORE = { accept: 'application/json' };

const denial = (transaction: string) => ({ transaction, decision: 'deny', scopes: [] });

const membersOf = (card: object) => Object.keys(card).sort();

function deny(browser: Browser, transaction: string): Promise<Result> {
  return browser.call('authorize/submit', denial(transaction), { headers: { ...BEFORE, 'idempotency-key': crypto.randomUUID() } });
}

/** The card: all is the same, but `remember` is a boolean, and version 1 has no `switch_account`. */
async function cardBefore(trial: Trial, browser: Browser, { remember, switch_account: _, ...card }: { transaction: string; remember: string; switch_account?: unknown }): Promise<void> {
  const result = await browser.call('authorize/start', { realm: trial.site.realm, transaction: card.transaction }, { headers: BEFORE });
  const { remember: before, ...more } = outcome(result, 'consent');
  expect(before === (remember === 'choice'), `\`remember\` is ${JSON.stringify(remember)} in version 2, so it must be ${remember === 'choice'} in version 1; ${shown(result)}`);
  expect(same(membersOf(more), membersOf(card)), `The cards of both versions must have the same members besides; ${shown(result)}`);
}

export const versions: readonly Check[] = [
  {
    id: 'core.version-before',
    title: 'A page of version 1 gets the shapes of version 1.',
    says: 'There is no outcome `post`, and no `unsupported`.',
    fix: 'Read `v` of `Accept`. Without it, send `remember` as a boolean, which is true for `choice` alone, `error` for `unsupported`, and for `post` the address of a page that posts the form, or `error`.',
    async run(trial) {
      const { browser, card } = await trial.card();
      await cardBefore(trial, browser, card);
      const { transaction } = (await trial.card({ browser })).card;
      const { outcome: now } = outcome(await browser.deny(card.transaction), 'redirect', 'post');
      outcome(await deny(browser, transaction), ...(now === 'post' ? ['redirect', 'error'] : ['redirect']));
      const { answer: { outcome: signOut } } = await browser.logoutStart('');
      const before = await browser.call('logout/start', { realm: trial.site.realm, query: '' }, { headers: BEFORE });
      const wanted = signOut === 'unsupported' ? 'error' : signOut;
      expect(before.answer.outcome === wanted, `The outcome of a sign-out must be ${wanted} in version 1; ${shown(before)}`);
    },
  },
];

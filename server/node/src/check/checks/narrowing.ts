/** Profile narrowing: what the user leaves out is not granted. */
import { chosenOf, expect, outcome, problem } from '../browser.ts';
import type { Check } from '../check.ts';
import { NotApplicable } from '../errors.ts';
import type { Any } from '../contract.ts';
import { answersOf } from './answers.ts';
import { scopesOf } from './core/tokens.ts';

export const narrowing: readonly Check[] = [
  {
    id: 'narrowing.offered',
    title: 'The card says that scopes can be left out.',
    says: 'Whether scopes can be unticked.',
    fix: 'Send `can_narrow: true`, and `required: false` for every scope that the user may leave out.',
    async run(trial) {
      const { card } = await trial.card();
      const row = card.scopes.find(({ scope }: Any) => scope === trial.site.optional_scope);
      expect(card.can_narrow === true && row?.required === false && row.grantable === true, `can_narrow is ${card.can_narrow}; the row of ${trial.site.optional_scope} is ${JSON.stringify(row)}.`);
    },
  },
  {
    id: 'narrowing.token',
    title: 'A scope that was left out is not in the token, and the others are.',
    says: 'The allowed scopes: only `grantable` ones, and all that are `required` or implied by a chosen one (`implies`).',
    fix: 'Hand the engine the scopes of the decision, not those of the request.',
    needs: ['tokens'],
    async run(trial) {
      const { browser, card, request } = await trial.card();
      const optional = trial.site.optional_scope!;
      const address = await trial.codeAt(browser, await browser.allow(card, { without: [optional] }), request);
      const granted = scopesOf(await trial.tokens.redeem(address, request), request.parameters['scope'] ?? '');
      const wanted = [...new Set(chosenOf(card, [optional]).map(({ scope }) => scope))].sort();
      expect(granted.join(' ') === wanted.join(' '), `Allowed was "${wanted.join(' ')}", granted is "${granted.join(' ')}".`);
    },
  },
  {
    id: 'narrowing.order',
    title: 'A scope that a decision lists twice counts once, in any order.',
    says: 'One that is listed twice counts once.',
    fix: 'Compare scopes as sets.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const all = chosenOf(card);
      outcome(await browser.allow(card, { scopes: [...all].reverse().concat(all) }), 'redirect', 'post');
    },
  },
  {
    id: 'narrowing.implied',
    title: 'A scope that a chosen one implies cannot be left out.',
    says: 'Scopes of this card, at the same resource, that this one includes; they cannot be left out while it is chosen.',
    fix: 'Answer 400 to an allow with a scope but without what it implies.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const row = card.scopes.find(({ implies, grantable }: Any) => grantable && implies?.length > 0);
      if (row === undefined) throw new NotApplicable('No scope of the card implies another.');
      problem(await browser.allow(card, { without: [row.implies[0]] }), 400, 'malformed_call');
    },
  },
  {
    id: 'narrowing.all-or-nothing',
    title: 'Where scopes cannot be left out, an allow without one is 400.',
    says: 'If `can_narrow` was false, all grantable ones.',
    fix: 'Answer 400 to an allow that lacks a grantable scope where the card said `can_narrow: false`.',
    needs: ['unverified_client'],
    async run(trial) {
      const { browser, card } = await trial.card({ client: trial.site.unverified_client! });
      if (card.can_narrow) throw new NotApplicable('The client of `unverified_client` does not need all scopes.');
      problem(await browser.allow(card, { without: [trial.site.optional_scope!] }), 400, 'malformed_call');
    },
  },
  {
    id: 'narrowing.signed-out',
    title: 'An allow without a session leads to sign in, and decides nothing.',
    says: 'If the outcome is `login` or `consent`, nothing was decided, and the next decision needs a new key.',
    fix: 'Look at the session in `submit`, not only in `start`.',
    needs: ['sign_in', 'sign_out'],
    async run(trial) {
      const { browser, card } = await trial.card();
      await trial.signOut(browser);
      outcome(await browser.allow(card), 'login');
      await trial.signedIn('first', browser);
      outcome(await browser.start({ transaction: card.transaction }), 'consent');
    },
  },
  {
    id: 'narrowing.kept',
    title: 'What was left out is left out again after a sign-in in between.',
    says: 'If the outcome of an `allow` is `login`, the server keeps what was ticked, and the next card of the same version says so (`unticked`, `remember_ticked`).',
    fix: 'Keep the scopes of the decision in the transaction when you answer `login`, and mark the others `unticked: true` on the next card.',
    needs: ['sign_in', 'sign_out'],
    async run(trial) {
      const { browser, card } = await trial.card();
      await trial.signOut(browser);
      await browser.allow(card, { without: [trial.site.optional_scope!] });
      await trial.signedIn('first', browser);
      const { answer } = await browser.start({ transaction: card.transaction });
      const unticked = (answer.scopes ?? []).filter((row: Any) => row.unticked === true).map(({ scope }: Any) => scope);
      expect(unticked.join(' ') === trial.site.optional_scope, `Left out was ${trial.site.optional_scope}, and the next card has unticked "${unticked.join(' ')}".`);
    },
  },
  {
    id: 'narrowing.forgotten',
    title: 'What one account left out is not left out for the next.',
    says: 'Whether the user had unticked it before a sign-in, on this card.',
    fix: 'Keep what was ticked together with the version of the card, and use it for that version alone.',
    needs: ['sign_in', 'sign_out', 'second'],
    async run(trial) {
      const { browser, card } = await trial.card();
      await trial.signOut(browser);
      await browser.allow(card, { without: [trial.site.optional_scope!] });
      await trial.signedIn('second', browser);
      const { answer } = await browser.start({ transaction: card.transaction });
      expect(!(answer.scopes ?? []).some((row: Any) => row.unticked === true), 'The card of another account has scopes that are unticked.');
    },
  },
  answersOf('narrowing'),
];

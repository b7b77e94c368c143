/** Profile b2b: the organization of a card. */
import { type Browser, allowing, expect, outcome, problem, same } from '../browser.ts';
import type { Check } from '../check.ts';
import type { Any } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { answersOf } from './answers.ts';

const CHOSEN = 'Every organization of the account can be named, also one that does not allow the client; the card shows its status.';
const APPROVAL = 'The outcome is the same card with `approval: requested`.';

const asking = (card: Any) => ({ ...allowing(card), decision: 'request_approval', scopes: [] });

/** The card of a request, and that of another of the account's organizations. */
async function chosen(trial: Trial, which: 'other' | 'blocked' | 'needs_approval'): Promise<{ browser: Browser; first: Any; card: Any; request: Any }> {
  const { browser, card: first, request } = await trial.card();
  const card = outcome(await browser.start({ transaction: first.transaction, organization_id: trial.site.organizations![which]! }), 'consent');
  return { browser, first, card, request };
}

export const b2b: readonly Check[] = [
  {
    id: 'b2b.organizations',
    title: 'The card shows its organization, which is one of the account\'s.',
    says: 'The organization of this card: the chosen one, else the first that allows the client, else the first.',
    fix: 'Fill `organization` and `organizations` from the directory of the host.',
    async run(trial) {
      const { card } = await trial.card();
      const listed = card.organizations.some((one: Any) => same(one, card.organization));
      expect(card.organization !== undefined && listed, `The organization ${JSON.stringify(card.organization)} is not in the list of the card.`);
    },
  },
  {
    id: 'b2b.choice',
    title: 'Another organization of the account can be chosen.',
    says: CHOSEN,
    fix: 'Keep `organization_id` of `start` in the transaction, and answer with the card of that organization.',
    needs: ['other'],
    async run(trial) {
      const { card } = await chosen(trial, 'other');
      expect(card.organization?.organization_id === trial.site.organizations!.other, `The card is of ${card.organization?.organization_id}.`);
    },
  },
  {
    id: 'b2b.version',
    title: 'The card of another organization has another version.',
    says: 'Identifies what a card shows: account, organization, client, address, scopes and details.',
    fix: 'Put the id of the organization into `version`.',
    needs: ['other'],
    async run(trial) {
      const { first, card } = await chosen(trial, 'other');
      expect(first.version !== card.version, 'The cards of two organizations have the same version.');
    },
  },
  {
    id: 'b2b.stale',
    title: 'An allow for an organization that another tab has left shows the current card.',
    says: 'The organization of the card. If it is another now, the outcome is `consent` again.',
    fix: 'Compare `organization_id` and `version` with the current card before you decide.',
    needs: ['other'],
    async run(trial) {
      const { browser, first } = await chosen(trial, 'other');
      const { organization } = outcome(await browser.allow(first), 'consent');
      expect(organization?.organization_id === trial.site.organizations!.other, 'The card that is shown again is not the current one.');
    },
  },
  {
    id: 'b2b.foreign',
    title: 'An organization that is not the account\'s cannot be chosen.',
    says: 'All organizations of the account; empty for consumers.',
    fix: 'Look the id up among the organizations of the account, and answer 400 if it is not there.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const { answer } = await browser.start({ transaction: card.transaction, organization_id: 'countersign-check-of-nobody' });
      expect(answer.organization?.organization_id !== 'countersign-check-of-nobody', 'The card is of an organization that the account does not have.');
      expect(answer.outcome !== 'redirect', 'A request is answered for an organization that the account does not have.');
    },
  },
  {
    id: 'b2b.blocked',
    title: 'An organization that does not allow the client can be seen, and nothing allowed for it.',
    says: '`allow` is possible only if it is `allowed`; every organization can be chosen to see its card.',
    fix: 'Look the status up in `submit`, not in `start` alone, and answer 400 to an allow.',
    needs: ['blocked'],
    async run(trial) {
      const { browser, card } = await chosen(trial, 'blocked');
      problem(await browser.allow(card), 400, 'malformed_call');
    },
  },
  {
    id: 'b2b.blocked-deny',
    title: 'A denial works for an organization that does not allow the client.',
    says: 'Only `deny` counts for every card.',
    fix: 'Do not look at the organization for a denial.',
    needs: ['blocked'],
    async run(trial) {
      const { browser, card, request } = await chosen(trial, 'blocked');
      await trial.ending(browser, await browser.deny(card.transaction), request);
    },
  },
  {
    id: 'b2b.approval',
    title: 'A request for approval is answered with the same card, which says so.',
    says: APPROVAL,
    fix: 'Note the request, and answer `consent` with `approval: "requested"` and the same version.',
    needs: ['needs_approval'],
    async run(trial) {
      const { browser, card } = await chosen(trial, 'needs_approval');
      const asked = outcome(await browser.submit(asking(card)), 'consent');
      expect(asked.organization?.approval === 'requested', `The card has approval: ${asked.organization?.approval}.`);
    },
  },
  {
    id: 'b2b.approval-open',
    title: 'A request for approval does not end the request.',
    says: 'It does not end the transaction.',
    fix: 'Do not claim the transaction for `request_approval`.',
    needs: ['needs_approval'],
    async run(trial) {
      const { browser, card, request } = await chosen(trial, 'needs_approval');
      await browser.submit(asking(card));
      await trial.ending(browser, await browser.deny(card.transaction), request);
    },
  },
  {
    id: 'b2b.approval-not-offered',
    title: 'An approval cannot be requested where the client is allowed.',
    says: '`request_approval` is possible only if the card\'s organization has `approval: offered`.',
    fix: 'Answer 400 to `request_approval` unless the organization needs one.',
    async run(trial) {
      const { browser, card } = await trial.card();
      problem(await browser.submit(asking(card)), 400, 'malformed_call');
    },
  },
  answersOf('b2b'),
];

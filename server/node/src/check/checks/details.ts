/** Profile details: rich authorization requests (RFC 9396) are shown, and granted as a whole. */
import { expect, problem, same } from '../browser.ts';
import type { Check } from '../check.ts';
import type { Any } from '../contract.ts';
import type { Trial } from '../trial.ts';
import { answersOf } from './answers.ts';

const WHOLE = 'All are shown, and granted or refused as a whole.';
const UNCHANGED = 'All the details of the card, unchanged.';

const asked = (trial: Trial, details: unknown = trial.site.details!.authorization_details) => ({
  ...trial.site.details!.parameters, authorization_details: JSON.stringify(details),
});

const cardOf = (trial: Trial) => trial.card({ more: asked(trial) });

export const details: readonly Check[] = [
  {
    id: 'details.shown',
    title: 'The card has the details of the request.',
    says: WHOLE,
    fix: 'Send the validated details in `authorization_details`, with all their members.',
    async run(trial) {
      const { card } = await cardOf(trial);
      expect(same(card.authorization_details, trial.site.details!.authorization_details), `The card has ${JSON.stringify(card.authorization_details)}.`);
    },
  },
  {
    id: 'details.changed',
    title: 'Details that differ from the card cannot be allowed.',
    says: UNCHANGED,
    fix: 'Compare the details of the decision with those of the card, member by member and in their order. Never take them from the page.',
    async run(trial) {
      const { browser, card } = await cardOf(trial);
      const own: Any[] = card.authorization_details;
      const [first, ...rest] = own;
      const changed = [[], own.slice(1), [...own, first], [{ ...first, more: 1 }, ...rest], [{ type: first.type }, ...rest]];
      for (const other of changed.filter((one) => !same(one, own))) problem(await browser.allow(card, { authorization_details: other }), 400, 'malformed_call');
    },
  },
  {
    id: 'details.left-out',
    title: 'An allow without the details of the card is 400.',
    says: WHOLE,
    fix: 'Treat missing details as an empty list, and compare it with the card.',
    async run(trial) {
      const { browser, card } = await cardOf(trial);
      problem(await browser.allow(card, { authorization_details: undefined }), 400, 'malformed_call');
    },
  },
  {
    id: 'details.turned',
    title: 'The order of members within a detail has no meaning.',
    says: UNCHANGED,
    fix: 'Compare details as JSON values, not as texts.',
    async run(trial) {
      const { browser, card, request } = await cardOf(trial);
      const turned = card.authorization_details.map((one: Any) => Object.fromEntries(Object.entries(one).reverse()));
      await trial.codeAt(browser, await browser.allow(card, { authorization_details: turned }), request);
    },
  },
  {
    id: 'details.granted',
    title: 'The token has the details that were shown.',
    says: 'The card. It shows everything that an `allow` would grant.',
    fix: 'Send `authorization_details` with the token (RFC 9396 section 7), as they were on the card.',
    needs: ['tokens'],
    async run(trial) {
      const { browser, card, request } = await cardOf(trial);
      const address = await trial.codeAt(browser, await browser.allow(card), request);
      const tokens: Any = await trial.tokens.redeem(address, request);
      expect(same(tokens.authorization_details, trial.site.details!.authorization_details), `Granted is ${JSON.stringify(tokens.authorization_details)}.`);
    },
  },
  {
    id: 'details.unknown-type',
    title: 'Details of an unknown type are an error for the client.',
    says: 'Consent was not needed, a decision was made, or the client must get an OAuth error.',
    fix: 'Answer `invalid_authorization_details` (RFC 9396 section 5) to a type or a member that the server does not know.',
    async run(trial) {
      const browser = await trial.signedIn();
      const request = trial.request(asked(trial, [{ type: 'countersign-check-unknown' }]));
      await trial.errorAt(browser, await browser.start(request.query), request, 'invalid_authorization_details', 'invalid_request');
    },
  },
  answersOf('details'),
];

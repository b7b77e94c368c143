/** Decisions: each request is decided once, by its own browser, on its own card. */
import { randomUUID } from 'node:crypto';
import { type Result, chosenOf, expect, outcome, problem, same, shown } from '../../browser.ts';
import type { Check } from '../../check.ts';
import { NotApplicable } from '../../errors.ts';
import { perform } from '../../trial.ts';

const ONCE = 'A transaction is decided once.';
const BROWSER = 'A transaction belongs to the browser that opened it, and is decided once.';
const OTHER_BROWSER = '`expired`: the request has expired, is unknown, or belongs to another browser, which does not learn the client.';
const MATCH = '`allow` must match the card.';
const KEYS = 'Another body under the same key is 422, another key after the decision is 409, which says which decision counted.';
const SAME_KEY = 'The same key with the same body gets the stored answer for 60 seconds after a final one, and waits while the first call is in progress.';
const ROUNDS = 4;

/** Of several results, those with this status. */
const counted = (results: readonly Result[], status: number) => results.filter((one) => one.status === status);

export const decisions: readonly Check[] = [
  {
    id: 'core.deny',
    title: 'A denial reaches the client as access_denied.',
    says: 'Consent was not needed, a decision was made, or the client must get an OAuth error.',
    fix: 'End the request at the engine with `access_denied`. An empty decision is no denial at some of them.',
    async run(trial) {
      const { browser, card, request } = await trial.card();
      await trial.errorAt(browser, await browser.deny(card.transaction), request, 'access_denied');
    },
  },
  {
    id: 'core.deny-signed-out',
    title: 'A denial works without a session.',
    says: '`deny` works without a session.',
    fix: 'Do not ask for the session before you look at the decision.',
    async run(trial) {
      const { browser, transaction, request } = await trial.open();
      await trial.ending(browser, await browser.deny(transaction), request);
    },
  },
  {
    id: 'core.same-key',
    title: 'The same key with the same body gets the stored answer.',
    says: SAME_KEY,
    fix: 'Keep the answer with the key and a hash of the body for a minute. A page repeats its call when the answer was lost.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const key = randomUUID();
      const first = outcome(await browser.allow(card, {}, key), 'redirect', 'post');
      const again = await browser.allow(card, {}, key);
      expect(again.status === 200 && same(again.answer, first), `The second answer must be the first; ${shown(again)}`);
    },
  },
  {
    id: 'core.key-reused',
    title: 'The same key with another body is 422.',
    says: KEYS,
    fix: 'Compare the hash of the body that the key had before.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const key = randomUUID();
      outcome(await browser.allow(card, {}, key), 'redirect', 'post');
      problem(await browser.submit({ transaction: card.transaction, decision: 'deny', scopes: [] }, key), 422, 'key_reused');
    },
  },
  {
    id: 'core.second-decision',
    title: 'A second decision is 409.',
    says: ONCE,
    fix: 'Claim the transaction in one atomic step (`insert … on conflict do nothing`, `SET NX`) before you call the engine.',
    async run(trial) {
      const { browser, card } = await trial.card();
      outcome(await browser.deny(card.transaction), 'redirect', 'post');
      problem(await browser.allow(card), 409, 'already_answered');
      problem(await browser.deny(card.transaction), 409, 'already_answered');
    },
  },
  {
    id: 'core.which-counted',
    title: 'A 409 says which decision counted.',
    says: 'The decision that counted, with 409.',
    fix: 'Keep the decision with the claim, and send it as `decision`.',
    async run(trial) {
      for (const decision of ['allow', 'deny']) {
        const { browser, card } = await trial.card();
        outcome(await (decision === 'allow' ? browser.allow(card) : browser.deny(card.transaction)), 'redirect', 'post');
        const late = await browser.deny(card.transaction);
        expect(late.status !== 409 || late.answer.decision === decision, `The decision was ${decision}; ${shown(late)}`);
      }
    },
  },
  {
    id: 'core.race',
    title: 'Of two decisions at once exactly one counts.',
    says: ONCE,
    fix: 'A check and a write in two steps lets both through. Claim the transaction in one atomic step that all processes share.',
    async run(trial) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const { browser, card } = await trial.card();
        const decide = [() => browser.allow(card), () => (round % 2 === 0 ? browser.allow(card) : browser.deny(card.transaction))];
        const results = await Promise.all(decide.map((one) => one()));
        const [won, lost] = [counted(results, 200), counted(results, 409)];
        expect(won.length === 1 && lost.length === 1, `One of two must be 200 and the other 409; ${results.map(shown).join('; ')}`);
      }
    },
  },
  {
    id: 'core.race-same-key',
    title: 'Two calls at once with the same key get the same answer.',
    says: SAME_KEY,
    fix: 'Let the second call wait for the first, and answer both with its answer. Never make a second code.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const key = randomUUID();
      const [one, two] = await Promise.all([browser.allow(card, {}, key), browser.allow(card, {}, key)]);
      expect(one.status === 200 && two.status === 200 && same(one.answer, two.answer), `The answers differ; ${shown(one)}; ${shown(two)}`);
    },
  },
  {
    id: 'core.reload',
    title: 'A page that is loaded again after the decision gets its outcome.',
    says: 'If the transaction is decided, or its decision is in progress, the outcome is that of the decision for 60 seconds after it, since the page may have been loaded again before the answer arrived.',
    fix: 'Let `start` of a decided transaction repeat the stored answer for a minute.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const first = outcome(await browser.deny(card.transaction), 'redirect', 'post');
      const again = await browser.start({ transaction: card.transaction });
      expect(again.status === 200 && same(again.answer, first), `The answer must be that of the decision; ${shown(again)}`);
    },
  },
  {
    id: 'core.redeemed',
    title: 'A page that is loaded again does not get a code that the client has redeemed.',
    says: 'Later, or if the client has redeemed the code, it is 409.',
    fix: 'Forget the stored answer when the code is redeemed: a code that arrives twice can end the client\'s tokens. With the kit, note each code that gets tokens (`redeemedCodes`).',
    needs: ['tokens'],
    async run(trial) {
      const { browser, card, request } = await trial.card();
      const address = await trial.codeAt(browser, await browser.allow(card), request);
      await trial.tokens.redeem(address, request);
      problem(await browser.start({ transaction: card.transaction }), 409, 'already_answered');
    },
  },
  {
    id: 'core.other-browser-start',
    title: 'Another browser cannot resume a transaction.',
    says: BROWSER,
    fix: 'Bind the transaction to a cookie of the browser that opened it, and answer 410 to any other, whoever is signed in there.',
    async run(trial) {
      const { card } = await trial.card();
      problem(await (await trial.signedIn()).start({ transaction: card.transaction }), 410, 'expired');
    },
  },
  {
    id: 'core.other-browser-submit',
    title: 'Another browser cannot decide.',
    says: OTHER_BROWSER,
    fix: 'Check the browser in `submit` as in `start`, also for `deny`.',
    async run(trial) {
      const { card } = await trial.card();
      const other = await trial.signedIn();
      problem(await other.allow(card), 410, 'expired');
      problem(await other.deny(card.transaction), 410, 'expired');
    },
  },
  {
    id: 'core.other-browser-learns',
    title: 'Another browser does not learn who asks.',
    says: OTHER_BROWSER,
    fix: 'Leave `client` out of a 410 unless the browser is the one that opened the request.',
    async run(trial) {
      const { card } = await trial.card();
      const { status, answer } = await trial.browser().start({ transaction: card.transaction });
      expect(status !== 410 || !('client' in answer), `A browser that did not open the request learns its client: ${JSON.stringify(answer.client)}.`);
    },
  },
  {
    id: 'core.unknown-transaction',
    title: 'An unknown transaction is 410.',
    says: OTHER_BROWSER,
    fix: 'Answer 410 `expired` where there is no such transaction, in `start` and in `submit`.',
    async run(trial) {
      const browser = trial.browser();
      const unknown = randomUUID();
      problem(await browser.start({ transaction: unknown }), 410, 'expired');
      problem(await browser.deny(unknown), 410, 'expired');
    },
  },
  {
    id: 'core.expired',
    title: 'A request that has expired is 410, and nothing is decided.',
    says: OTHER_BROWSER,
    fix: 'Compare the time in `start` and `submit`; do not rely on a job that removes old requests.',
    needs: ['expire'],
    async run(trial) {
      const { browser, card } = await trial.card();
      await perform(browser, trial.site.expire!, 'expire');
      problem(await browser.start({ transaction: card.transaction }), 410, 'expired');
      problem(await browser.allow(card), 410, 'expired');
    },
  },
  {
    id: 'core.other-version',
    title: 'A decision on another card than the current one shows the current one.',
    says: 'A decision names the card that it was made on (`version`).',
    fix: 'Compute `version` anew from what the card would be now, and compare it before you decide. Answer `consent` if it differs.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const current = outcome(await browser.allow(card, { version: `${card.version.slice(0, 100)}x` }), 'consent');
      expect(current.version === card.version, 'The card that is shown again has another version, although nothing has changed.');
    },
  },
  {
    id: 'core.deny-any-version',
    title: 'A denial counts for every card.',
    says: 'Only `deny` counts for every card.',
    fix: 'Compare the version for `allow` and `request_approval` alone.',
    async run(trial) {
      const { browser, card } = await trial.card();
      outcome(await browser.submit({ transaction: card.transaction, version: 'other', decision: 'deny', scopes: [] }), 'redirect', 'post');
    },
  },
  {
    id: 'core.other-account',
    title: 'An allow does not count for an account that has signed in meanwhile.',
    says: 'If that is not the current card, because another account has signed in, another tab has chosen another organization, or the request has changed, the outcome is `consent` with the current one.',
    fix: 'Put the account into `version`, and take the account of the session, not that of the card.',
    needs: ['second'],
    async run(trial) {
      const { browser, card } = await trial.card();
      await trial.signedIn('second', browser);
      const answer = outcome(await browser.allow(card), 'consent', 'login', 'redirect');
      const stays = answer.outcome === 'redirect' ? answer.intermediate === true : answer.account?.sub !== card.account.sub;
      expect(stays, `The decision of ${card.account.sub} was used after another account had signed in.`);
    },
  },
  {
    id: 'core.unshown-scope',
    title: 'A scope that is not on the card cannot be allowed.',
    says: 'It is 400 if it names a scope that was not offered, leaves out one that cannot be left out, has other details than the card, or is for an organization that does not allow the client.',
    fix: 'Compare every scope of the decision with those of the card. Never hand the list of the page on to the engine unchecked.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const all = chosenOf(card);
      problem(await browser.allow(card, { scopes: [...all, { scope: 'countersign.check' }] }), 400, 'malformed_call');
      problem(await browser.allow(card, { scopes: [...all, { ...all[0], resource: 'https://evil.example/api' }] }), 400, 'malformed_call');
    },
  },
  {
    id: 'core.required-scope',
    title: 'A scope that is required cannot be left out.',
    says: MATCH,
    fix: 'Answer 400 to an allow without a `required` scope; do not add it silently.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const required = card.scopes.filter((one: { required: boolean; grantable: boolean }) => one.required && one.grantable);
      if (required.length === 0) throw new NotApplicable('No scope of the card is required.');
      for (const { scope } of required) problem(await browser.allow(card, { without: [scope] }), 400, 'malformed_call');
    },
  },
  {
    id: 'core.unshown-detail',
    title: 'Authorization details that are not on the card cannot be allowed.',
    says: 'All the details of the card, unchanged.',
    fix: 'Compare the details of the decision with the card, also where the card has none.',
    async run(trial) {
      const { browser, card } = await trial.card();
      problem(await browser.allow(card, { authorization_details: [{ type: 'payment_initiation' }] }), 400, 'malformed_call');
    },
  },
];

/** Requests: which lead to a card, to a sign-in, to the client, or nowhere. */
import { expect, outcome, same, shown } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { ClientState } from '../../config.ts';
import type { Any } from '../../contract.ts';
import { NotApplicable } from '../../errors.ts';
import { RESERVED, type Trial } from '../../trial.ts';

const NOWHERE = 'An error that the page shows and never redirects.';
const MUST = 'Consent was not needed, a decision was made, or the client must get an OAuth error.';
const EVIL = 'https://evil.example/callback';

/** A request whose client or address cannot be trusted: never a redirect, whether somebody is signed in or not. */
async function leadsNowhere(trial: Trial, query: string): Promise<void> {
  outcome(await trial.browser().start(query), 'error', 'login');
  outcome(await (await trial.signedIn()).start(query), 'error');
}

const rowsOf = (card: Any): string[] => card.scopes.map(({ scope, resource = '' }: Any) => `${scope} ${resource}`);

export const requests: readonly Check[] = [
  {
    id: 'core.login',
    title: 'Without a session the user is sent to sign in, and the first time is counted as one.',
    says: 'How many times this transaction was sent to the login page, this time included.',
    fix: 'Answer `login` with reason `no_session` and `attempt: 1` where the host\'s session is missing.',
    async run(trial) {
      const answer = outcome(await trial.browser().start(trial.request().query), 'login');
      expect(answer.reason === 'no_session', `The reason must be no_session, and is ${answer.reason}.`);
      expect(answer.attempt === 1, `The attempt must be 1, and is ${answer.attempt}.`);
    },
  },
  {
    id: 'core.card-client',
    title: 'The card names the client that asks.',
    says: 'The card. It shows everything that an `allow` would grant.',
    fix: 'Take the client of the validated request, not one of the session.',
    async run(trial) {
      const { card } = await trial.card();
      expect(card.client.client_id === trial.site.client.client_id, `The card is for ${card.client.client_id}.`);
    },
  },
  {
    id: 'core.card-account',
    title: 'The card names the account that is signed in.',
    says: 'If that is not the current card, because another account has signed in, another tab has chosen another organization, or the request has changed, the outcome is `consent` with the current one.',
    fix: 'Fill `account` from the session of this call.',
    needs: ['sub'],
    async run(trial) {
      const { card } = await trial.card();
      expect(card.account.sub === trial.site.accounts.first.sub, `The card is for the account ${card.account.sub}.`);
    },
  },
  {
    id: 'core.card-address',
    title: 'The card shows the address that the answer goes to.',
    says: 'The address that the answer goes to, for display and for a check before Allow is offered.',
    fix: 'Send the redirect address of the validated request in `redirect_uri`, without parameters of the answer.',
    async run(trial) {
      const { card } = await trial.card();
      expect(card.redirect_uri === trial.site.client.redirect_uri, `The card shows ${card.redirect_uri}.`);
    },
  },
  {
    id: 'core.card-scopes',
    title: 'Every scope of the request is on the card.',
    says: 'The card. It shows everything that an `allow` would grant.',
    fix: 'List every requested scope that the server knows, with `grantable: false` where this account cannot grant it.',
    async run(trial) {
      const rows = rowsOf((await trial.card()).card);
      for (const scope of trial.site.scope.split(' ')) {
        expect(rows.some((row) => row.startsWith(`${scope} `)), `The scope ${scope} was asked for and is not on the card.`);
      }
    },
  },
  {
    id: 'core.card-scope-once',
    title: 'A scope that is asked for twice is on the card once.',
    says: 'The same scope of the same resource only once, so that one box decides about it.',
    fix: 'Take repeated scopes together before you make the card.',
    async run(trial) {
      const { scope } = trial.site;
      const answer = outcome(await (await trial.signedIn()).start(trial.request({ scope: `${scope} ${scope}` }).query), 'consent', 'redirect', 'error');
      const rows = answer.outcome === 'consent' ? rowsOf(answer) : [];
      expect(new Set(rows).size === rows.length, `The card has a scope twice: ${rows.join(', ')}.`);
    },
  },
  {
    id: 'core.expires',
    title: 'The card says when the request ends, in seconds.',
    says: 'Seconds since 1970 (RFC 7519 section 2).',
    fix: 'Send `expires_at` in seconds, not in milliseconds, and later than now.',
    async run(trial) {
      const { card } = await trial.card();
      const left = card.expires_at - Date.now() / 1000;
      expect(left > 0 && left < 31 * 24 * 60 * 60, `expires_at is ${card.expires_at}, which is ${Math.round(left)} seconds from now.`);
    },
  },
  {
    id: 'core.resume',
    title: 'A transaction goes on after the sign-in.',
    says: 'With a `transaction`, the page resumes one: after login, after a reload, or with another organization.',
    fix: 'Keep the request under the transaction, bound to the browser and not to the session, which a sign-in replaces.',
    async run(trial) {
      const { browser, transaction } = await trial.open();
      await trial.signedIn('first', browser);
      const card = outcome(await browser.start({ transaction }), 'consent');
      expect(card.transaction === transaction, 'The card is of another transaction.');
    },
  },
  {
    id: 'core.start-repeat',
    title: 'A start can be repeated, also in parallel, with the same answer.',
    says: 'It has no side effect that a user can notice, and can be repeated, also in parallel, with the same answer.',
    fix: 'Make `start` of a transaction a pure reading: no new id, no new time, no count.',
    async run(trial) {
      const { browser, card } = await trial.card();
      const again = await Promise.all([1, 2, 3].map(() => browser.start({ transaction: card.transaction })));
      for (const result of again) expect(same(outcome(result, 'consent'), card), `The answers differ; ${shown(result)}`);
    },
  },
  {
    id: 'core.unknown-client',
    title: 'A request of an unknown client leads nowhere.',
    says: NOWHERE,
    fix: 'Answer `error` where the client is not known: its redirect address is not known either.',
    run: (trial) => leadsNowhere(trial, trial.request({ client_id: `nobody-${Date.now()}` }).query),
  },
  {
    id: 'core.unregistered-address',
    title: 'A redirect address that is not registered leads nowhere.',
    says: 'The client\'s verified address with the answer, or a one-time page of the server that posts it.',
    fix: 'Compare the redirect address with the registered ones as a whole text, before every redirect, also one with an error.',
    async run(trial) {
      const { redirect_uri: own } = trial.site.client;
      for (const address of [EVIL, `${own}/more`, `${own}.evil.example`]) await leadsNowhere(trial, trial.request({ redirect_uri: address }).query);
    },
  },
  {
    id: 'core.two-clients',
    title: 'A request that names two clients leads nowhere.',
    says: NOWHERE,
    fix: 'Refuse a request that has `client_id` twice (RFC 6749 section 3.1), whichever of them your parser would keep.',
    run: (trial) => leadsNowhere(trial, `${trial.request().query}&client_id=nobody`),
  },
  {
    id: 'core.two-addresses',
    title: 'A request that names two redirect addresses leads nowhere.',
    says: NOWHERE,
    fix: 'Refuse a request that has `redirect_uri` twice (RFC 6749 section 3.1), whichever of them your parser would keep.',
    async run(trial) {
      const query = trial.request().query;
      await leadsNowhere(trial, `${query}&${new URLSearchParams({ redirect_uri: EVIL })}`);
      await leadsNowhere(trial, `${new URLSearchParams({ redirect_uri: EVIL })}&${query}`);
    },
  },
  {
    id: 'core.client-error',
    title: 'An error of the request goes to the client, with its state.',
    says: MUST,
    fix: 'If client and address are right, answer `redirect` to the address with `error` and `state` (RFC 6749 section 4.1.2.1).',
    async run(trial) {
      const browser = await trial.signedIn();
      const request = trial.request({ response_type: 'countersign_check' });
      const address = await trial.errorAt(browser, await browser.start(request.query), request, 'unsupported_response_type', 'invalid_request', 'unauthorized_client');
      expect(address.searchParams.get('state') === request.state, 'The error must have the state of the request.');
    },
  },
  {
    id: 'core.hostile-query',
    title: 'Parameters with the names of built-in members, and broken UTF-8, are no fault of the server.',
    says: 'Only the server validates it.',
    fix: 'Keep parameters in a map without a prototype, and decode percent-encoding so that a bad sequence is no exception.',
    async run(trial) {
      const more = '__proto__=x&constructor=x&toString=x&hasOwnProperty=x&__proto__%5Badmin%5D=1&x=%FF%C3%28&y=%&z';
      const browser = await trial.signedIn();
      outcome(await browser.start(`${trial.request().query}&${more}`), 'consent', 'redirect', 'error');
    },
  },
  {
    id: 'core.near-limit',
    title: 'A query that is long, but not too long, is an answer and no fault.',
    says: 'What is over one is an OAuth error: the client gets it, or the outcome is `error`.',
    fix: 'Take bodies of at least 48 KiB in front of the API, and answer limits of your own with an OAuth error.',
    async run(trial) {
      const browser = await trial.signedIn();
      outcome(await browser.start(`${trial.request().query}&x=${'x'.repeat(31_000)}`), 'consent', 'redirect', 'error');
    },
  },
  {
    id: 'core.state',
    title: 'A state comes back byte for byte.',
    says: '`query` is the part of the address after the `?`, byte for byte.',
    fix: 'Hand the query on as it is. Decode and encode it once: `+` is a space, `%2B` a plus.',
    async run(trial) {
      const { browser, card, request } = await trial.card({ more: { state: RESERVED } });
      const address = await trial.errorAt(browser, await browser.deny(card.transaction), request);
      expect(address.searchParams.get('state') === RESERVED, `The state ${RESERVED} comes back as ${address.searchParams.get('state')}.`);
    },
  },
  {
    id: 'core.error-id',
    title: 'An error has the id of its answer, so that it can be found in the log.',
    says: 'Identifies this call in the server\'s log; error screens show it.',
    fix: 'Use the value of the header X-Request-Id as `request_id`.',
    async run(trial) {
      const { answer, headers } = await trial.browser().start({ transaction: 'unknown' });
      expect(answer.request_id === headers.get('x-request-id'), `request_id is ${answer.request_id}, and X-Request-Id ${headers.get('x-request-id')}.`);
    },
  },
  {
    id: 'core.unverified',
    title: 'A client that nobody has verified is not shown as verified.',
    says: 'Whether the server has verified the client\'s owner.',
    fix: 'Take `verified` and `party` from a table of your own, never from the client\'s registration.',
    needs: ['unverified_client'],
    async run(trial) {
      const { card } = await trial.card({ client: trial.site.unverified_client! });
      expect(card.client.verified === false && card.client.party === 'third', `The card says verified: ${card.client.verified}, party: ${card.client.party}.`);
    },
  },
  {
    id: 'core.long-name',
    title: 'A client with a very long name has a card, whose texts keep to their limits.',
    says: 'Lengths are in characters and limit both sides.',
    fix: 'Cut what a client says of itself to the lengths of the description, or refuse its registration.',
    needs: ['registration'],
    async run(trial) {
      let client: ClientState;
      try {
        client = await trial.freshClient({ client_name: `\u202e<b>${'x'.repeat(1500)}` });
      } catch (error) {
        throw new NotApplicable(`The server refuses the registration of such a client: ${(error as Error).message}`);
      }
      const { card } = await trial.card({ client });
      expect(card.client.name.length <= 1000, `The name of the client has ${card.client.name.length} characters.`);
    },
  },
  {
    id: 'core.pushed',
    title: 'A pushed request shows its card.',
    says: 'When it is open, the page\'s address becomes `?transaction=ID`, and the request stays on the server.',
    fix: 'Open a transaction for a query with `request_uri`, once: the request lives in it after the pushed one has ended.',
    needs: ['pushed'],
    async run(trial) {
      const browser = await trial.signedIn();
      const card = outcome(await browser.start(await trial.tokens.push(trial.request())), 'consent');
      outcome(await browser.start({ transaction: card.transaction }), 'consent');
    },
  },
  {
    id: 'core.signed',
    title: 'A signed request shows its card.',
    says: 'Only the server validates it.',
    fix: 'Read the parameters of a request object (RFC 9101) where the query has `request`.',
    needs: ['signed'],
    async run(trial) {
      outcome(await (await trial.signedIn()).start(trial.site.signed!), 'consent');
    },
  },
];

/** Profile logout: "Sign out?". */
import { type Browser, expect, outcome, problem, same, shown } from '../browser.ts';
import type { Check } from '../check.ts';
import type { Any } from '../contract.ts';
import { RESERVED, type Trial } from '../trial.ts';
import { answersOf } from './answers.ts';

const ASKED = 'A request with an ID token of the current account signs out at once; otherwise the user is asked.';
const REPEATED = 'The same decision gets the same answer for 60 seconds; another decision is 409, which says which one counted.';
const NOT_USED = 'Whatever cannot be checked (a bad hint, an unknown client, an unregistered address, a parameter that occurs twice) is not used: the user is asked and signed out, and there is no redirect.';
const EVIL = 'https://evil.example/signed-out';

/** The question, for an account that is signed in. */
async function question(trial: Trial, query = ''): Promise<{ browser: Browser; confirm: Any }> {
  const browser = await trial.signedIn();
  return { browser, confirm: outcome(await browser.logoutStart(query), 'confirm') };
}

/** Whether somebody is signed in: a request leads to a card, or to the login page. */
async function isSignedIn(trial: Trial, browser: Browser): Promise<boolean> {
  return outcome(await browser.start(trial.request().query), 'consent', 'login', 'redirect').outcome !== 'login';
}

/** The ID token of an account that is signed in. */
async function hintOf(trial: Trial): Promise<{ browser: Browser; hint: string }> {
  const { browser, card, request } = await trial.card();
  const tokens = await trial.tokens.redeem(await trial.codeAt(browser, await browser.allow(card), request), request);
  expect(tokens.id_token, 'There is no ID token, although the scope has `openid`.');
  return { browser, hint: tokens.id_token };
}

const after = (trial: Trial) => trial.site.logout!.post_logout_redirect_uri!;
const query = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();

const checks: readonly Check[] = [
  {
    id: 'logout.asked',
    title: 'Without proof the user is asked, and sees the account.',
    says: ASKED,
    fix: 'Answer `confirm` with the account of the session. Never sign out at a GET that anybody can link to.',
    async run(trial) {
      const { confirm } = await question(trial);
      const { sub } = trial.site.accounts.first;
      expect(typeof confirm.account?.sub === 'string' && (sub === undefined || confirm.account.sub === sub), `The account is ${JSON.stringify(confirm.account)}.`);
    },
  },
  {
    id: 'logout.stay',
    title: 'Staying changes nothing.',
    says: '`stay` changes nothing.',
    fix: 'End nothing before the decision `sign_out`.',
    async run(trial) {
      const { browser, confirm } = await question(trial);
      outcome(await browser.logoutSubmit(confirm.logout, 'stay'), 'stayed');
      expect(await isSignedIn(trial, browser), 'After `stay` nobody is signed in.');
    },
  },
  {
    id: 'logout.sign-out',
    title: 'Signing out ends the session.',
    says: 'The answer to "Sign out?"',
    fix: 'End the session of the host and that of the engine, and expire their cookies.',
    async run(trial) {
      const { browser, confirm } = await question(trial);
      outcome(await browser.logoutSubmit(confirm.logout, 'sign_out'), 'signed_out', 'redirect');
      expect(!(await isSignedIn(trial, browser)), 'After `sign_out` the account is still signed in.');
    },
  },
  {
    id: 'logout.repeat',
    title: 'The same decision again gets the same answer.',
    says: REPEATED,
    fix: 'Keep the answer for a minute under the id of the question.',
    async run(trial) {
      const { browser, confirm } = await question(trial);
      const first = await browser.logoutSubmit(confirm.logout, 'stay');
      const again = await browser.logoutSubmit(confirm.logout, 'stay');
      expect(again.status === 200 && same(first.answer, again.answer), `The second answer must be the first; ${shown(again)}`);
    },
  },
  {
    id: 'logout.second-decision',
    title: 'Another decision is 409, and says which one counted.',
    says: REPEATED,
    fix: 'Claim the question in one step, and keep which decision counted.',
    async run(trial) {
      const { browser, confirm } = await question(trial);
      outcome(await browser.logoutSubmit(confirm.logout, 'stay'), 'stayed');
      const { decision } = problem(await browser.logoutSubmit(confirm.logout, 'sign_out'), 409, 'already_answered');
      expect(decision === 'stay', `The decision was stay, and the answer says ${decision}.`);
    },
  },
  {
    id: 'logout.race',
    title: 'Of two different decisions at once exactly one counts.',
    says: REPEATED,
    fix: 'Claim the question in one atomic step that all processes share.',
    async run(trial) {
      for (let round = 0; round < 3; round += 1) {
        const { browser, confirm } = await question(trial);
        const decisions = ['stay', 'sign_out'] as const;
        const results = await Promise.all(decisions.map((decision) => browser.logoutSubmit(confirm.logout, decision)));
        const statuses = results.map(({ status }) => status).sort().join(' ');
        expect(statuses === '200 409', `One of two must be 200 and the other 409; ${results.map(shown).join('; ')}`);
      }
    },
  },
  {
    id: 'logout.other-browser',
    title: 'Another browser cannot answer the question.',
    says: '`expired`: the request has expired, is unknown, or belongs to another browser, which does not learn the client.',
    fix: 'Bind the question to the browser that it was asked in.',
    async run(trial) {
      const { confirm } = await question(trial);
      problem(await (await trial.signedIn()).logoutSubmit(confirm.logout, 'sign_out'), 410, 'expired');
    },
  },
  {
    id: 'logout.other-account',
    title: 'A question to one account does not sign out another.',
    says: 'If another account has signed in meanwhile, `sign_out` is 410.',
    fix: 'Keep the account with the question, and compare it in `submit`.',
    needs: ['second'],
    async run(trial) {
      const { browser, confirm } = await question(trial);
      await trial.signedIn('second', browser);
      problem(await browser.logoutSubmit(confirm.logout, 'sign_out'), 410, 'expired');
    },
  },
  {
    id: 'logout.nobody',
    title: 'It is no error if nobody is signed in.',
    says: 'It is no error if nobody is signed in.',
    fix: 'Answer `signed_out` where there is no session.',
    run: async (trial) => { outcome(await trial.browser().logoutStart(''), 'signed_out', 'redirect'); },
  },
  {
    id: 'logout.unchecked-address',
    title: 'An address that is not registered is not redirected to.',
    says: NOT_USED,
    fix: 'Compare `post_logout_redirect_uri` with the registered ones of the client, and forget it if it is not among them.',
    async run(trial) {
      const { browser, confirm } = await question(trial, query({ client_id: trial.site.client.client_id, post_logout_redirect_uri: EVIL, state: 's' }));
      const answer = outcome(await browser.logoutSubmit(confirm.logout, 'sign_out'), 'signed_out', 'redirect');
      expect(!String(answer.redirect_uri).startsWith('https://evil.example'), `The answer leads to ${answer.redirect_uri}.`);
    },
  },
  {
    id: 'logout.bad-hint',
    title: 'A hint that is no ID token of this server does not sign out.',
    says: NOT_USED,
    fix: 'Verify the signature of `id_token_hint`. Without a good one, ask.',
    async run(trial) {
      const forged = ['{"alg":"none"}', JSON.stringify({ iss: trial.site.issuer, sub: 'x', aud: trial.site.client.client_id }), ''];
      const hint = forged.map((part) => Buffer.from(part).toString('base64url')).join('.');
      await question(trial, query({ id_token_hint: hint }));
    },
  },
  {
    id: 'logout.hint',
    title: 'With an ID token of the account the user is signed out at once, and returns to the client with its state.',
    says: ASKED,
    fix: 'Verify `id_token_hint`, sign out, and answer `redirect` with `post_logout_redirect_uri` and `state`.',
    needs: ['openid', 'tokens', 'post_logout_redirect_uri'],
    async run(trial) {
      const { browser, hint } = await hintOf(trial);
      const answer = outcome(await browser.logoutStart(query({ id_token_hint: hint, post_logout_redirect_uri: after(trial), state: RESERVED })), 'redirect');
      const address = new URL(answer.redirect_uri);
      const [home, state] = [`${address.origin}${address.pathname}`, address.searchParams.get('state')];
      expect(home === after(trial) && state === RESERVED, `The answer leads to ${home} with the state ${state}.`);
    },
  },
  answersOf('logout'),
];

export const logout: readonly Check[] = checks.map((check) => ({ ...check, needs: ['sign_in', ...check.needs ?? []] }));

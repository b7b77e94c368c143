/** The client's side: what was shown is what it gets. */
import { readAnswer } from '../../answer.ts';
import { chosenOf, expect } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { ClientState } from '../../config.ts';
import type { Any } from '../../contract.ts';
import { Failed, NotApplicable } from '../../errors.ts';
import type { Trial } from '../../trial.ts';

const EVERYTHING = 'The card. It shows everything that an `allow` would grant.';
const ADDRESS = 'An absolute address. The client\'s verified address with the answer, or a one-time page of the server that posts it.';

export const scopesOf = (tokens: { scope?: string }, asked: string): string[] => (tokens.scope ?? asked).split(' ').sort();

/** An allow of everything, up to the client's address. */
async function allowed(trial: Trial) {
  const { browser, card, request } = await trial.card();
  return { card, request, address: await trial.codeAt(browser, await browser.allow(card), request) };
}

/** The subject of an ID token. Its signature is the engine's matter. */
function subjectOf(token: string): Any {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub;
}

/** Whose account the tokens are of, by everything that says it. */
async function subjectsOf(trial: Trial, client: ClientState, { id_token: token, access_token: access }: Any): Promise<(readonly [string, unknown])[]> {
  const { openid, token_subject: resource } = trial.site;
  expect(!openid || token, 'There is no ID token, although the scope has `openid`.');
  const found: (readonly [string, unknown])[] = openid ? [['ID token', subjectOf(token)]] : [];
  if (resource !== undefined) {
    const { path, member } = resource;
    const response = await trial.outlet.send(path, { headers: { authorization: `Bearer ${access}`, accept: 'application/json' } });
    const read = readAnswer(await response.text());
    expect(response.ok && 'value' in read, `\`token_subject\` of the config: GET ${path} answered ${response.status}${response.ok ? ' without JSON' : ''}.`);
    found.push([`resource ${path}`, read.value?.[member]]);
  }
  const introspected = await trial.tokens.introspect(client, access);
  return introspected === undefined ? found : [...found, ['introspection', introspected]];
}

export const tokens: readonly Check[] = [
  {
    id: 'core.answer-parameters',
    title: 'The answer has a code and the state, and the issuer if the metadata promise it.',
    says: ADDRESS,
    fix: 'Build the answer in one place: `code`, `state` as it was, and `iss` (RFC 9207) if `authorization_response_iss_parameter_supported` is true.',
    needs: ['tokens'],
    async run(trial) {
      const { address, request } = await allowed(trial);
      try {
        trial.tokens.validate(address, request);
      } catch (error) {
        throw new Failed(`A client refuses the answer: ${(error as Error).message}`);
      }
    },
  },
  {
    id: 'core.denial-parameters',
    title: 'A denial has the state, and the issuer if the metadata promise it.',
    says: ADDRESS,
    fix: 'Add `state` and `iss` to errors, too, and to those that the server makes without the engine.',
    needs: ['tokens'],
    async run(trial) {
      const { browser, card, request } = await trial.card();
      const { searchParams } = await trial.ending(browser, await browser.deny(card.transaction), request);
      const issuer = searchParams.get('iss');
      expect(searchParams.get('state') === request.state, 'The state of the denial is not that of the request.');
      expect(issuer === null ? !trial.tokens.namesIssuer : issuer === trial.tokens.server.issuer, `The issuer of the denial is ${issuer}.`);
    },
  },
  {
    id: 'core.token-scopes',
    title: 'The token has the scopes that were allowed, and no others.',
    says: EVERYTHING,
    fix: 'Hand the engine exactly the scopes of the decision. Some engines add what was granted before, or grant what was never asked.',
    needs: ['tokens'],
    async run(trial) {
      const { address, card, request } = await allowed(trial);
      const granted = scopesOf(await trial.tokens.redeem(address, request), request.parameters['scope'] ?? '');
      const wanted = [...new Set(chosenOf(card).map(({ scope }) => scope))].sort();
      expect(granted.join(' ') === wanted.join(' '), `Allowed was "${wanted.join(' ')}", granted is "${granted.join(' ')}".`);
    },
  },
  {
    id: 'core.token-account',
    title: 'The token is of the account on the card.',
    says: EVERYTHING,
    fix: 'Check that the session of the decision is that of the card before the engine makes a code.',
    needs: ['tokens'],
    unchecked: 'Whose account the token is of. Give `token_subject`: a resource of yours that says it.',
    async run(trial) {
      const { address, card, request } = await allowed(trial);
      const tokens = await trial.tokens.redeem(address, request);
      const told = await subjectsOf(trial, request.client, tokens);
      if (told.length === 0) throw new NotApplicable('Nothing says whose token it is: no ID token, no introspection by this client, and no `token_subject`.');
      for (const [by, sub] of told) expect(sub === card.account.sub, `The card says ${card.account.sub}, the ${by} ${sub}.`);
    },
  },
  {
    id: 'core.code-once',
    title: 'A code is redeemed once.',
    says: EVERYTHING,
    fix: 'Delete the code when it is redeemed, in the same step (RFC 6749 section 4.1.2).',
    needs: ['tokens'],
    async run(trial) {
      const { address, request } = await allowed(trial);
      await trial.tokens.redeem(address, request);
      await trial.tokens.refuses(address, request);
    },
  },
  {
    id: 'core.code-verifier',
    title: 'A code is redeemed by whoever asked for it.',
    says: EVERYTHING,
    fix: 'Keep `code_challenge` with the code, and compare the verifier (RFC 7636 section 4.6).',
    needs: ['tokens'],
    async run(trial) {
      const { address, request } = await allowed(trial);
      await trial.tokens.refuses(address, request, { verifier: 'x'.repeat(64) });
    },
  },
];

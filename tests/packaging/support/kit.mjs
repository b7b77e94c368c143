// The check for the site of fixtures/kit, wherever it runs: from a request to tokens.
import assert from 'node:assert/strict';
import { checkServer } from '../../../server/node/src/check/index.ts';

const account = (at, email) => ({ sign_in: { path: `${at}/login`, form: { email } }, sub: email });
const configOf = (at) => ({
  ...(at && { issuer: at }),
  api: `${at}/countersign`,
  client: { client_id: 'photo-printer', redirect_uri: 'https://photo-printer.example/callback' },
  scope: 'profile photos.read photos.write',
  optional_scope: 'photos.write',
  accounts: { first: account(at, 'ada@example.com'), second: account(at, 'grace@example.com') },
  token_subject: { path: `${at}/oauth/me` },
  page: { path: `${at}/oauth/authorize` },
});

/** How many checks of each profile have something to check. */
const CHECKED = { core: 75, narrowing: 4, page: 15 };

/** @param at the path that the site is below */
export async function passesEveryCheck(origin, at = '') {
  const { ended } = await checkServer({ origin, config: configOf(at) });
  assert.deepEqual(ended.filter(({ state }) => state === 'failed').map(({ check, message }) => `${check.id}: ${message}`), []);
  const passed = Object.groupBy(ended.filter(({ state }) => state === 'passed'), ({ check: { id } }) => id.split('.')[0]);
  assert.deepEqual(Object.fromEntries(Object.entries(passed).map(([profile, all]) => [profile, all.length])), CHECKED);
}

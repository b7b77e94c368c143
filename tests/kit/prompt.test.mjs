// Whether a request needs a sign-in, by its `prompt` and `max_age`.
import assert from 'node:assert/strict';
import test from 'node:test';
import { isChosen, isFresh, loginReason } from '../../server/node/src/prompt.ts';

const HANDED_OFF = Date.now() - 60_000;
const BEFORE = HANDED_OFF - 60_000;
const AFTER = HANDED_OFF + 1;
const context = (account, handedOffAt) => ({ account: account && { sub: 'ada', ...account }, handedOffAt });
const reason = (query, ...state) => loginReason(new URLSearchParams(query), context(...state));

test('nobody who is signed in is the first reason, whatever the request asks', () => {
  for (const query of ['', 'prompt=login', 'prompt=none', 'prompt=select_account', 'max_age=0']) assert.equal(reason(query, null, HANDED_OFF), 'no_session', query);
});

test('a request that forces nothing needs no other sign-in', () => {
  for (const query of ['', 'prompt=consent', 'prompt=none', 'prompt=loginx', 'max_age=']) assert.equal(reason(query, { signed_in_at: BEFORE }), undefined, query);
});

test('a forced sign-in counts if it came after the page was first sent there', () => {
  for (const [query, expected] of [['prompt=login', 'prompt_login'], ['prompt=consent+login', 'prompt_login'], ['prompt=create', 'create'], ['prompt=select_account', 'select_account']]) {
    for (const [account, handedOffAt] of [[{ signed_in_at: BEFORE }, undefined], [{ signed_in_at: BEFORE }, HANDED_OFF], [{ signed_in_at: HANDED_OFF }, HANDED_OFF], [{}, HANDED_OFF], [{ signed_in_at: AFTER }, undefined]]) {
      assert.equal(reason(query, account, handedOffAt), expected, `${query} ${JSON.stringify(account)} ${handedOffAt}`);
    }
    assert.equal(reason(query, { signed_in_at: AFTER }, HANDED_OFF), undefined, query);
  }
});

test('to choose the account is enough for select_account alone', () => {
  const chosen = { signed_in_at: BEFORE, chosen_at: AFTER };
  assert.equal(reason('prompt=select_account', chosen, HANDED_OFF), undefined);
  assert.equal(reason('prompt=login', chosen, HANDED_OFF), 'prompt_login');
  // The order of the values says nothing (OpenID Connect Core section 3.1.2.1).
  for (const [query, expected] of [['select_account+login', 'prompt_login'], ['login+select_account', 'prompt_login'], ['select_account+create', 'create'], ['create+login', 'prompt_login']]) {
    assert.equal(reason(`prompt=${query}`, chosen, HANDED_OFF), expected, query);
  }
  assert.equal(reason('prompt=select_account', { signed_in_at: BEFORE, chosen_at: BEFORE }, HANDED_OFF), 'select_account');
  assert.deepEqual([isChosen(context(chosen, HANDED_OFF)), isFresh(context(chosen, HANDED_OFF))], [true, false]);
});

test('a sign-in that is older than max_age is asked for again, once', () => {
  assert.equal(reason('max_age=60', { signed_in_at: Date.now() - 120_000 }), 'max_age');
  assert.equal(reason('max_age=600', { signed_in_at: Date.now() - 120_000 }), undefined);
  assert.equal(reason('max_age=60', {}), 'max_age');
  assert.equal(reason('max_age=soon', { signed_in_at: Date.now() }), 'max_age');
  assert.equal(reason('max_age=0', { signed_in_at: AFTER }, HANDED_OFF), undefined);
});

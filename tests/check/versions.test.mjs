// What servers get wrong about pages of the version before.
import assert from 'node:assert/strict';
import test from 'node:test';
import { check, startFaulty } from './harness.mjs';
import { START, SUBMIT, answering, cards, changing } from './mutations/tools.mjs';

const isBefore = ({ headers: { accept } }) => !accept.includes('v=2');
const WRONG = {
  'a choice that is false': [changing(START, 'consent', (answer, call) => (isBefore(call) ? void (answer.remember = false) : false)), /so it must be true in version 1/],
  'a member less': [changing(START, 'consent', (answer, call) => (isBefore(call) ? delete answer.resources && undefined : false)), /must have the same members besides/],
  'a form': [changing(SUBMIT, 'redirect', (answer, call) => (isBefore(call) ? void Object.assign(answer, { outcome: 'post' }) : false)), /The outcome must be `redirect`/],
  'no sign-out, by an outcome that it does not know': [
    { answer: (answer, call) => (call.name === 'logout/start' ? answering(answer, 200, { outcome: 'unsupported' }) : undefined) }, /must be error in version 1/,
  ],
};

test('a page of the version before that gets what it does not know fails the check', async (t) => {
  const server = await startFaulty(t);
  for (const [name, [mutation, message]] of Object.entries(WRONG)) {
    server.proxy.mutate(mutation);
    const { ended: [one] } = await check(server.origin, { only: ['core.version-before'] });
    assert.equal(one.state, 'failed', name);
    assert.match(one.message, message, name);
  }
});

test('a card with a way to another account has none for a page of version 1, and a card that has one fails the check', async (t) => {
  const server = await startFaulty(t);
  const switching = (applies) => cards((card, call) => {
    if (!applies(call)) return false;
    return void (card.switch_account = { redirect_uri: `${server.origin}/continue` });
  });
  for (const [applies, state] of [[(call) => !isBefore(call), 'passed'], [() => true, 'failed']]) {
    server.proxy.mutate(switching(applies));
    const { ended: [one] } = await check(server.origin, { only: ['core.version-before'] });
    assert.equal(one.state, state, one.message);
  }
});

// Signing out without script.
import assert from 'node:assert/strict';
import test from 'node:test';
import { faultOf } from '../support/openapi.mjs';
import { createForms, ORIGIN } from './support/forms.mjs';
import { GRACE } from './support/site.mjs';

const HOME = 'https://app.example/bye';
const ASK = { kind: 'ask', client: { client_id: 'app', client_name: 'The App' }, resume: 'r' };

function createLogout({ opened = ASK, ending = { kind: 'signed_out' } } = {}, account) {
  const made = createForms({ script: { logout: { open: async () => opened, signOut: async () => ending } } }, account);
  const open = async (query = 'id_token_hint=x') => made.read(await made.browser.send(`/oauth/logout?${query}`));
  const count = () => made.site.engine.named('logout.signOut').length;
  return { ...made, open, count };
}

test('the question is a form, and its answer signs out', async () => {
  const { open, send, count } = createLogout();
  const page = await open();
  assert.match(page.html, /<h1>confirm The App<\/h1>/);
  assert.equal(page.form.action, '/countersign/logout/form');
  assert.equal(faultOf({ ...Object.fromEntries(page.form.fields), press: 'stay' }, 'components', 'schemas', 'LogoutForm'), undefined);
  assert.match(page.response.headers.get('content-security-policy'), /script-src 'none'.*form-action 'self'/);
  const done = await send(page, 'sign-out');
  assert.match(done.html, /<h1>signed_out/);
  assert.equal(count(), 1);
});

test('an answer within 600 ms asks again, and "stay" counts at once', async () => {
  const { open, send, count } = createLogout();
  const early = await send(await open(), 'sign-out', { after: 599 });
  assert.match(early.html, /That was too soon[^]*<h1>confirm The App/);
  assert.match((await send(early, 'stay', { after: 0 })).html, /<h1>stayed/);
  assert.equal((await send(early, 'sign-out')).status, 409);
  assert.equal(count(), 0);
});

test('where the engine leads on, a page does', async () => {
  const { open, send } = createLogout({ ending: { kind: 'done', to: HOME } });
  assert.equal((await send(await open(), 'sign-out')).to, HOME);
  const { browser } = createLogout({ opened: { kind: 'done', to: HOME } });
  assert.equal((await browser.send('/oauth/logout?x=1')).headers.get('location'), HOME);
});

test('a form of another site, of another request or for another account signs nobody out', async () => {
  const { browser, open, send, count } = createLogout();
  const page = await open();
  const other = await open();
  assert.equal((await send(page, 'sign-out', { headers: { Origin: 'https://evil.example' } })).status, 403);
  assert.equal((await send(page, 'allow')).status, 400);
  assert.equal((await send({ form: { ...page.form, fields: [page.form.fields[0], other.form.fields[1]] } }, 'sign-out')).status, 400);
  browser.account = GRACE;
  assert.equal((await send(page, 'sign-out')).status, 410);
  assert.equal(count(), 0);
});

test('a token of a card is none of a sign-out, whatever its id', async () => {
  const { browser, get, read, count } = createLogout();
  const card = await read(await get());
  const { transaction, token } = Object.fromEntries(card.form.fields);
  const body = new URLSearchParams({ logout: transaction, token, press: 'sign-out' });
  assert.equal((await browser.send('/countersign/logout/form', { method: 'POST', body, headers: { Origin: ORIGIN } })).status, 410);
  assert.equal(count(), 0);
});

test('a site without sign-out says so', async () => {
  const { browser } = createForms();
  assert.match(await (await browser.send('/oauth/logout?x=1')).text(), /<h1>unsupported/);
});

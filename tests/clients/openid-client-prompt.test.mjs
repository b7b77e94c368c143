// Every `prompt` (OpenID Connect Core 3.1.2.1) and `max_age`, as the library `openid-client` sends it.
import assert from 'node:assert/strict';
import * as oauth from 'openid-client';
import { journeys } from '../e2e/support/journey.mjs';
import { startApp, tokensOf } from './support/openid-client.mjs';
import { allow } from './support/person.mjs';

const { journey } = journeys();

/** Opens a request of the app in a tab. */
async function open(app, tab, parameters) {
  const request = await app.request(parameters);
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  return request;
}

/** Tokens after an Allow, with what the library checks `auth_time` by. */
async function connect(app, tab, parameters = {}) {
  const request = await open(app, tab, parameters);
  await allow(tab, app.name);
  return tokensOf(app, tab, request);
}

journey('none: login_required if nobody is signed in', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const app = await startApp(site, ada);
  const request = await open(app, tab, { prompt: 'none' });
  await assert.rejects(tokensOf(app, tab, request), { error: 'login_required' });
});

journey('none: consent_required if the user has allowed nothing', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const request = await open(app, tab, { prompt: 'none' });
  await assert.rejects(tokensOf(app, tab, request), { error: 'consent_required' });
});

journey('none: tokens without a page after an Allow in this session, for no more than was allowed', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const first = await connect(app, tab);
  const again = await tokensOf(app, tab, await open(app, tab, { prompt: 'none', id_token_hint: first.id_token }));
  assert.equal(again.claims().sub, first.claims().sub);
  const more = await open(app, tab, { prompt: 'none', scope: 'openid profile email photos.read' });
  await assert.rejects(tokensOf(app, tab, more), { error: 'consent_required' });
  assert.equal(ada.requests('/authorize/submit').length, 1);
});

journey('none: never without a page for a native app, which any program can imitate', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada, { metadata: { application_type: 'native' } });
  await connect(app, tab);
  const request = await open(app, tab, { prompt: 'none' });
  await assert.rejects(tokensOf(app, tab, request), { error: 'interaction_required' });
});

journey('login: the password is asked in spite of the session, and auth_time moves', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const first = await connect(app, tab, { max_age: '10000' });
  site.pass(5_000);
  const request = await open(app, tab, { prompt: 'login', max_age: '10000' });
  await tab.login.signIn('ada@example.com');
  await allow(tab, app.name);
  const second = await tokensOf(app, tab, request);
  assert.ok(second.claims().auth_time > first.claims().auth_time);
});

journey('login: another account may sign in, and gets its own tokens', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const request = await open(app, tab, { prompt: 'login' });
  await tab.login.signIn('grace@example.com');
  await allow(tab, app.name);
  assert.equal((await tokensOf(app, tab, request)).claims().sub, 'account-grace');
});

journey('consent: the card is shown again for what was allowed before', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  await connect(app, tab);
  assert.ok((await connect(app, tab, { prompt: 'consent' })).access_token);
});

journey('select_account: the user chooses, the same account or another', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  const request = await open(app, tab, { prompt: 'select_account' });
  await tab.login.continueAs('Ada Lovelace');
  await allow(tab, app.name);
  assert.equal((await tokensOf(app, tab, request)).claims().sub, 'account-ada');

  const again = await open(app, tab, { prompt: 'select_account' });
  await tab.login.signIn('grace@example.com');
  await allow(tab, app.name);
  assert.equal((await tokensOf(app, tab, again)).claims().sub, 'account-grace');
});

journey('login and consent together: both are asked', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  await connect(app, tab);
  const request = await open(app, tab, { prompt: 'login consent' });
  await tab.login.signIn('ada@example.com');
  await allow(tab, app.name);
  assert.ok((await tokensOf(app, tab, request)).access_token);
});

journey('create is not announced, and the client hears so', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  assert.ok(!app.config.serverMetadata().prompt_values_supported.includes('create'));
  const request = await app.request({ prompt: 'create' });
  await tab.page.goto(oauth.buildAuthorizationUrl(app.config, request.parameters).href);
  await assert.rejects(tokensOf(app, tab, request), { error: 'invalid_request' });
});

journey('max_age: an old login has to be repeated, a new one not', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const app = await startApp(site, ada);
  await connect(app, tab, { max_age: '600' });
  site.pass(1_200_000);
  const request = await open(app, tab, { max_age: '600' });
  await tab.login.signIn('ada@example.com');
  await allow(tab, app.name);
  assert.ok((await tokensOf(app, tab, request)).access_token);
});

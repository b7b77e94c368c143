// A backend of the page's own: an object with methods.
import assert from 'node:assert/strict';
import { pages } from './support/bare.mjs';

const inPage = pages();

inPage('the decision gets to "submit" with what was ticked, its key, and the organization', async ({ page, card }) => {
  await page.evaluate(async () => {
    const acme = { organization_id: 'acme', name: 'Acme', status: 'allowed' };
    const backend = kit.scripted(kit.consent({ organization: acme, organizations: [acme] }));
    globalThis.element = kit.put({ backend }, 'countersign-b2b-identity-provider');
    await kit.state(element, 'consent');
  });
  await card.tick('photos.write', false);
  await card.allow.click();
  const { method, request, context } = await page.evaluate(async () => {
    const call = await kit.until(() => element.backend.calls[1]);
    return { ...call, context: { key: call.context.idempotencyKey, aborted: call.context.signal.aborted } };
  });
  assert.equal(method, 'submit');
  assert.deepEqual(request, { transaction: 'T1', version: 'V1', decision: 'allow', scopes: [{ scope: 'openid' }, { scope: 'photos.read' }], organization_id: 'acme' });
  assert.match(context.key, /^[0-9a-f]{32}$/);
  assert.equal(context.aborted, false);
});

inPage('what the user wants remembered, and a question to the administrators, get to "submit"', async ({ page, card }) => {
  const submitted = () => page.evaluate(async () => {
    const { request: { decision, scopes, remember } } = await kit.until(() => element.backend.calls[1]);
    return [decision, scopes.length, remember];
  });
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent({ remember: 'choice' })) });
    await kit.state(element, 'consent');
  });
  await page.getByRole('checkbox', { name: 'If I allow this, don’t ask me again' }).check();
  await card.allow.click();
  assert.deepEqual(await submitted(), ['allow', 3, true]);
  await page.evaluate(async () => {
    element.remove();
    const acme = { organization_id: 'acme', name: 'Acme', status: 'needs_approval', approval: 'offered' };
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent({ organization: acme, organizations: [acme] })) }, 'countersign-b2b-identity-provider');
    await kit.state(element, 'consent');
  });
  await page.getByRole('button', { name: 'Ask for approval' }).click();
  assert.deepEqual(await submitted(), ['request_approval', 0, undefined]);
});

inPage('an answer of a wrong shape is an error that names the field, and the user can try again', async ({ page, card }) => {
  const errors = await page.evaluate(async () => {
    const wrong = [kit.consent({ client: { name: 'X' } }), { outcome: 'maybe' }, 'text', undefined, kit.consent({ scopes: [{ scope: 'a' }] })];
    const element = kit.put({ backend: kit.scripted(() => wrong[0], () => wrong[1], () => wrong[2], () => wrong[3], () => wrong[4], kit.consent()) });
    globalThis.element = element;
    await kit.state(element, 'failed');
    return element.told.filter(({ code }) => code);
  });
  assert.deepEqual(errors, [{ code: 'answer_malformed', status: 200, path: 'client.client_id', error: 'client.client_id: missing' }]);
  const next = ['outcome: of an unknown value', 'outcome: missing', 'outcome: missing', 'scopes[0].grantable: missing'];
  for (const [index, expected] of next.entries()) {
    await page.getByRole('button', { name: 'Try again' }).click();
    const error = await page.evaluate(async (count) => (await kit.until(() => element.told.filter(({ code }) => code)[count])).error, index + 1);
    assert.equal(error, expected);
  }
  await page.getByRole('button', { name: 'Try again' }).click();
  await card.asks('Photo Printer');
});

inPage('what a method throws says what is wrong, a TypeError is no network, and anything else a failure of the backend', async ({ page }) => {
  const told = await page.evaluate(async () => {
    const fail = (error) => async () => { throw error; };
    const said = [];
    const errors = [
      new kit.BackendError({ status: 410, client: { name: 'Printer', client_uri: 'https://printer.example/' } }),
      new kit.BackendError({ status: 503, retryAfter: 7, requestId: 'R1' }),
      new TypeError('x is not a function'),
      'a text',
    ];
    for (const error of errors) {
      const element = kit.put({ backend: kit.scripted(fail(error)) });
      await kit.until(() => element.told.some(({ code }) => code));
      const { code, requestId, cause } = element.told.find((it) => it.code);
      await kit.until(() => element.shadowRoot.querySelector('h1'));
      said.push([code, requestId ?? '', cause === error, element.shadowRoot.querySelector('.countersign').dataset.state]);
      element.remove();
    }
    return said;
  });
  assert.deepEqual(told, [
    ['expired', '', true, 'expired'],
    ['busy', 'R1', true, 'failed'],
    ['unreachable', '', true, 'failed'],
    ['server_error', '', true, 'failed'],
  ]);
});

inPage('a call that nobody waits for any more is aborted', async ({ page }) => {
  const aborted = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted() });
    const { context: { signal } } = await kit.until(() => element.backend.calls[0]);
    const before = signal.aborted;
    element.remove();
    await kit.until(() => signal.aborted);
    return [before, signal.aborted];
  });
  assert.deepEqual(aborted, [false, true]);
});

inPage('another object of the same kind starts nothing anew, and gets the next call', async ({ page }) => {
  const calls = await page.evaluate(async () => {
    const [one, other] = [kit.scripted(kit.consent()), kit.scripted()];
    const element = kit.put({ backend: one });
    await kit.state(element, 'consent');
    element.backend = other;
    await new Promise(requestAnimationFrame);
    globalThis.element = element;
    return [one.calls.length, other.calls.length];
  });
  assert.deepEqual(calls, [1, 0]);
  await page.getByRole('button', { name: 'Deny', exact: true }).click();
  assert.equal(await page.evaluate(async () => (await kit.until(() => element.backend.calls[0])).request.decision), 'deny');
});

inPage('the host\'s own words reword and hide nothing, and those that fail leave ours', async ({ page, card }) => {
  const asked = await page.evaluate(async () => {
    const asked = [];
    const getConsentManifest = (input) => { asked.push(input); return [{ text: 'Look at your photos', scopes: ['photos.read'] }]; };
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent({ can_narrow: false })), getConsentManifest });
    await kit.state(element, 'consent');
    return asked[0];
  });
  assert.deepEqual(asked, { scopes: ['openid', 'photos.read', 'photos.write'], clientName: 'Photo Printer', locale: 'en' });
  await card.says('Look at your photos');
  await card.says('photos.write');
  const error = await page.evaluate(async () => {
    const broken = kit.put({ backend: kit.scripted(kit.consent()), getConsentManifest: () => [{ text: 5 }] });
    await kit.state(broken, 'consent');
    return broken.told.find(({ code }) => code).error;
  });
  assert.equal(error, 'getConsentManifest');
});

inPage('the host\'s own words get the language of the card', async ({ page }) => {
  const locale = await page.evaluate(async () => {
    const asked = [];
    const element = kit.put({ backend: kit.scripted(kit.consent()), locale: 'pt', getConsentManifest: ({ locale: it }) => { asked.push(it); return []; } });
    await kit.state(element, 'consent');
    return asked.at(-1);
  });
  assert.equal(locale, 'pt-BR');
});

inPage('a detail is shown in the host\'s words, with all of it below them, and by its members where these fail or are none', async ({ page }) => {
  const details = [
    { type: 'payment', amount: '12.50', to: { name: 'Ada' } },
    { type: 'account', iban: 'DE02' },
    { type: 'constructor', text: 'none' },
    { type: 'broken', text: 'one' },
    { type: 'numbers', text: 'two' },
  ];
  const seen = await page.evaluate(async (asked) => {
    const got = [];
    const detailRenderers = {
      payment: (detail, context) => { got.push(detail, context); return { title: `Pay ${detail.amount}`, lines: [['To', detail.to.name], ['', 'once']] }; },
      broken: () => { throw new RangeError('x'); },
      numbers: () => ({ title: 5, lines: [] }),
    };
    const element = kit.put({ backend: kit.scripted(kit.consent({ authorization_details: asked })), detailRenderers, locale: 'de' });
    await kit.state(element, 'consent');
    const rows = [...kit.inside(element).querySelectorAll('[part=details] li')].map((it) => it.querySelector('.countersign-sum').textContent);
    const errors = element.told.filter(({ code }) => code).map(({ code, error, cause }) => `${code} ${error} ${cause.name}`);
    const words = kit.inside(element).querySelector('[part=details] li').textContent;
    return { got: got.slice(0, 2), rows, errors: [...new Set(errors)].sort(), words };
  }, details);
  assert.deepEqual(seen.got, [details[0], { locale: 'de' }]);
  assert.deepEqual(seen.rows, ['Pay 12.50 Sensibel', 'Account Sensibel', 'Constructor', 'Broken', 'Numbers']);
  assert.deepEqual(seen.errors, ['setting_invalid detailRenderers.broken RangeError', 'setting_invalid detailRenderers.numbers TypeError']);
  for (const word of ['To: Ada', 'once', '"payment"', '"12.50"', '"name":"Ada"']) assert.ok(seen.words.includes(word), `${word} in ${seen.words}`);
});

inPage('the hand-off to the login page can be taken over', async ({ page }) => {
  const { handOff, path } = await page.evaluate(async () => {
    const login = { outcome: 'login', reason: 'no_session', transaction: 'T 1', attempt: 1, login_hint: 'ada@example.com' };
    const handOff = await new Promise((onLogin) => { kit.put({ backend: kit.scripted(login), onLogin, loginUrl: '/sign-in?a=b', returnToParam: 'back' }); });
    return { handOff, path: location.pathname };
  });
  assert.equal(path, '/oauth/authorize');
  assert.equal(handOff.returnTo, '/oauth/authorize?transaction=T+1');
  assert.equal(handOff.reason, 'no_session');
  assert.equal(handOff.loginHint, 'ada@example.com');
  assert.equal(new URL(handOff.url).searchParams.get('back'), handOff.returnTo);
  assert.match(handOff.url, /\/sign-in\?a=b&back=/);
});

inPage('a logout page asks the backend\'s own methods, and a missing one is an error', async ({ page }) => {
  const shown = await page.evaluate(async () => {
    const account = { sub: 'ada', name: 'Ada Lovelace' };
    const backend = kit.scripted({ outcome: 'confirm', logout: 'L1', account, expires_at: Date.now() }, { outcome: 'signed_out' });
    const element = kit.put({ backend, flow: 'logout' });
    globalThis.element = element;
    await kit.state(element, 'confirm-logout');
    const { start, submit } = kit.scripted();
    const without = kit.put({ backend: { start, submit }, flow: 'logout' });
    await kit.state(without, 'failed');
    const { code, cause } = without.told.find((it) => it.code);
    without.remove();
    return [backend.calls[0].request.realm, code, cause.message];
  });
  assert.deepEqual(shown, ['consumer', 'server_error', 'backend.logoutStart: missing']);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'You’re signed out' }).waitFor();
});

inPage('a form of the backend is posted with exactly its fields, whatever they are called', async ({ page, card, site, open }) => {
  // The page allows the form, which is all that its headers change.
  await page.route('**/oauth/authorize?**', async (route) => {
    const response = await route.fetch();
    const headers = response.headers();
    assert.match(headers['content-security-policy'], /form-action 'none'.*require-trusted-types-for/);
    await route.fulfill({ response, headers: { ...headers, 'content-security-policy': headers['content-security-policy'].replace("form-action 'none'", "form-action 'self'") } });
  });
  await open();
  const fields = { ticket: 's3cret "<&>', submit: 'yes', action: 'é', method: 'get', appendChild: '', _charset: 'a=b&c' };
  await page.evaluate(async (given) => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent(), { outcome: 'post', action: `${location.origin}/posted`, fields: given }) });
    await kit.state(element, 'consent');
  }, fields);
  const [request] = await Promise.all([page.waitForRequest(`${site.issuer}/posted`), card.allow.click()]);
  assert.equal(request.method(), 'POST');
  assert.equal(request.headers()['content-type'], 'application/x-www-form-urlencoded');
  assert.deepEqual([...new URLSearchParams(request.postData())], Object.entries(fields));
});

inPage('a form for another host is not posted', async ({ page }) => {
  const error = await page.evaluate(async () => {
    const element = kit.put({ backend: kit.scripted({ outcome: 'post', action: 'https://printer.example/callback', fields: { code: '1' } }) });
    await kit.state(element, 'unsafe-address');
    return element.told.find(({ code }) => code);
  });
  assert.deepEqual(error, { code: 'address_elsewhere', status: 200 });
});

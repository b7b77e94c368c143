// The promises about the pages themselves: headers, framing, foreign callers, and what is said when a part is missing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { journeys } from './support/journey.mjs';
import { listen } from './support/listener.mjs';

const { journey } = journeys();

const PAGES = ['/oauth/authorize', '/b2b/oauth/authorize', '/oauth/logout', '/b2b/oauth/logout', '/login', '/gallery'];
const { policy: PAGE_POLICY, headers: PAGE_HEADERS } = JSON.parse(await readFile(new URL('../../api/page-headers.json', import.meta.url), 'utf8'));

function policyOf(response) {
  const header = response.headers.get?.('content-security-policy') ?? response.headers()['content-security-policy'];
  return Object.fromEntries(header.split(';').map((directive) => {
    const [name, ...values] = directive.trim().split(/\s+/);
    return [name, values.join(' ')];
  }).filter(([name]) => name));
}

journey('every page that carries the widget has the strict headers', async ({ site }) => {
  for (const path of PAGES) {
    const response = await fetch(site.issuer + path);
    assert.equal(response.status, 200, path);
    assert.deepEqual(policyOf(response), PAGE_POLICY, path);
    for (const [name, value] of Object.entries(PAGE_HEADERS)) assert.equal(response.headers.get(name), value, `${path} ${name}`);
    assert.equal(response.headers.has('cross-origin-opener-policy'), false, path);
    assert.equal(response.headers.has('access-control-allow-origin'), false, path);
  }
});

journey('the start page and the client’s pages are strict too', async ({ site }) => {
  for (const address of [`${site.issuer}/`, `${site.client}/`, `${site.client}/callback`, `${site.client}/signed-out`]) {
    const response = await fetch(address);
    const policy = policyOf(response);
    assert.equal(policy['default-src'], "'none'", address);
    assert.equal(policy['base-uri'], "'none'", address);
    assert.equal(policy['frame-ancestors'], address.endsWith('/callback') ? "'self'" : "'none'", address);
    assert.doesNotMatch(JSON.stringify(policy), /'unsafe-inline'|'unsafe-eval'|\*/, address);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', address);
    assert.equal(response.headers.has('cross-origin-opener-policy'), false, address);
  }
});

journey('the finish page of form_post posts to the client only, once, and for this browser only', async ({ site, visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await client.connect({ answerBy: 'form_post' });
  await card.asks('Photo Printer');
  const finish = page.waitForResponse((response) => response.url().includes('/countersign/finish/'));
  await card.allow.click();
  const response = await finish;
  await client.connected();
  const policy = policyOf({ headers: () => response.headers() });
  assert.equal(policy['default-src'], "'none'");
  assert.equal(policy['form-action'], site.client);
  assert.equal(policy['frame-ancestors'], "'none'");
  assert.match(policy['script-src'], /^'sha256-[^']+'$/);
  assert.match(response.headers()['cache-control'], /no-store/);
  assert.ok((await page.goto(response.url())).status() >= 400);
  assert.ok((await fetch(response.url())).status >= 400);
});

journey('the page in a foreign frame is not shown', async ({ site, visitor }) => {
  const foreign = await listen({ host: 'localhost', page: `<!doctype html><title>Foreign</title><iframe src="${site.issuer}/oauth/authorize?client_id=third-party-public"></iframe>` });
  const ada = await visitor({ quiet: false });
  const { page } = await ada.signedIn();
  await page.goto(foreign.origin);
  assert.match(page.frames()[1].url(), /^chrome-error:/);
  await foreign.close();
});

journey('where a host lost its framing headers, the page in a frame says so and offers nothing', async ({ site, visitor }) => {
  const foreign = await listen({ host: 'localhost', page: `<!doctype html><title>Foreign</title><iframe src="${site.issuer}/oauth/authorize?client_id=third-party-public"></iframe>` });
  const ada = await visitor({ quiet: false });
  const { page } = await ada.signedIn();
  await page.route(`${site.issuer}/oauth/authorize*`, async (route) => {
    const response = await route.fetch();
    const { 'content-security-policy': policy, 'x-frame-options': frame, ...headers } = response.headers();
    await route.fulfill({ response, headers });
  });
  await page.goto(foreign.origin);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('heading', { name: 'This page can’t be shown inside another page' }).waitFor();
  assert.equal(await frame.getByRole('button', { name: 'Allow' }).count(), 0);
  assert.equal(ada.requests('/countersign/authorize/').length, 0);
  await foreign.close();
});

/** Low enough that Allow is below the fold. */
const LOW = { viewport: { width: 800, height: 420 } };

/** Follows a foreign page's link to the text of a card's Allow, by a click: Chromium goes to a text for a user alone. */
async function followToAllow(person, { client, card, page }, headersFrom = (headers) => headers) {
  await client.connect({ scopes: ['photos.read', 'photos.write'] });
  await card.allow.waitFor();
  const address = `${await card.transactionAddress()}#:~:text=Allow`;
  await page.route(`${person.site.issuer}/oauth/authorize*`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: headersFrom(response.headers()) });
  });
  const foreign = await listen({ host: 'localhost', page: `<!doctype html><title>Foreign</title><a href="${address}">Go</a>` });
  person.origins.add(foreign.origin);
  await page.goto(foreign.origin);
  await page.getByRole('link', { name: 'Go' }).click();
  await card.allow.waitFor();
  return foreign;
}

journey('a link to the text of Allow opens the page at its top, and does not where that header is lost', async ({ visitor }) => {
  const [ada, grace] = [await visitor(LOW), await visitor(LOW)];
  const [strict, lost] = [await ada.signedIn(), await grace.signedIn('grace@example.com')];
  const foreign = [
    await followToAllow(ada, strict),
    await followToAllow(grace, lost, ({ 'document-policy': policy, ...headers }) => headers),
  ];
  // This page was opened after the other one: once it is at Allow, the other one would be too.
  await lost.page.waitForFunction(() => window.scrollY > 0);
  assert.equal(await strict.page.evaluate(() => window.scrollY), 0);
  await Promise.all(foreign.map(({ close }) => close()));
});

journey('a foreign page can neither fetch from the API nor post a form to it', async ({ site, visitor }) => {
  const foreign = await listen({ host: 'localhost' });
  const ada = await visitor({ quiet: false });
  const { page, client, card } = await ada.signedIn();
  await client.connect();
  await card.asks('Photo Printer');
  const transaction = new URL(await card.transactionAddress()).searchParams.get('transaction');
  const submit = `${site.issuer}/countersign/authorize/submit`;
  const decision = { transaction, decision: 'allow', scopes: [{ scope: 'openid' }] };

  const other = await ada.tab();
  await other.page.goto(foreign.origin);
  const outcomes = await other.page.evaluate(async ([url, body]) => {
    const tries = [
      { headers: { 'content-type': 'application/json', 'x-countersign': '1', 'idempotency-key': 'k' } },
      { headers: { 'content-type': 'text/plain' } },
      { headers: { 'content-type': 'text/plain' }, mode: 'no-cors' },
    ];
    const call = (options) => fetch(url, { method: 'POST', credentials: 'include', body, ...options });
    return Promise.all(tries.map((options) => call(options).then((answer) => answer.type, () => 'blocked')));
  }, [submit, JSON.stringify(decision)]);
  assert.deepEqual(outcomes, ['blocked', 'blocked', 'blocked']);

  const [answer] = await Promise.all([
    other.page.waitForResponse(submit),
    other.page.evaluate(([action, body]) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action, enctype: 'text/plain' });
      const input = document.createElement('input');
      Object.assign(input, { name: `${body.slice(0, -1)},"x":"`, value: '"}' });
      form.append(input);
      document.body.append(form);
      form.submit();
    }, [submit, JSON.stringify(decision)]),
  ]);
  assert.ok([400, 403].includes(answer.status()));

  await card.allow.click();
  await client.connected();
  await foreign.close();
});

journey('the API refuses every call without its header or its own origin', async ({ site }) => {
  const own = { 'content-type': 'application/json', 'x-countersign': '1', origin: site.issuer };
  const variants = {
    'no header': { ...own, 'x-countersign': undefined },
    'no origin': { ...own, origin: undefined },
    'an opaque origin': { ...own, origin: 'null' },
    'the client’s origin': { ...own, origin: site.client },
    'another name of this machine': { ...own, origin: site.issuer.replace('localhost', '127.0.0.1') },
  };
  const paths = [
    '/countersign/authorize/start', '/countersign/authorize/submit', '/countersign/logout/start', '/countersign/logout/submit',
    '/account/login', '/account/continue', '/account/logout', '/account/session',
  ];
  for (const path of paths) {
    for (const [what, headers] of Object.entries(variants)) {
      const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
      const response = await fetch(site.issuer + path, { method: 'POST', headers: sent, body: '{}' });
      assert.equal(response.status, 403, `${path} with ${what}`);
      assert.equal(response.headers.has('access-control-allow-origin'), false, `${path} with ${what}`);
    }
  }
});

for (const [what, breakIt, reported] of [
  ['missing', (route) => route.fulfill({ status: 404 }), /404/],
  ['damaged', (route) => route.fulfill({ contentType: 'application/wasm', body: 'no module' }), /WebAssembly/],
]) {
  journey(`with the WebAssembly ${what}, both pages say so`, async ({ site, visitor }) => {
    const ada = await visitor();
    const { page, client } = await ada.signedIn();
    ada.expects(reported); // the loader reports why, for those who look
    await page.route('**/*.wasm', breakIt);
    await client.connect();
    await page.getByRole('alert').filter({ hasText: 'This page couldn’t be loaded.' }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Allow' }).count(), 0);
    await page.goto(`${site.issuer}/login`);
    await page.getByRole('alert').filter({ hasText: 'This page couldn’t be loaded.' }).waitFor();
  });
}

journey('the API being down is said, and trying again works', async ({ visitor }) => {
  const { page, client, card } = await (await visitor()).signedIn();
  await page.route('**/countersign/authorize/start', (route) => route.fulfill({ status: 503, contentType: 'text/html', body: '<h1>Down</h1>' }));
  await client.connect();
  await card.heading(`${new URL(page.url()).host} is busy right now`);
  await page.unroute('**/countersign/authorize/start');
  await page.getByRole('button', { name: 'Try again' }).click();
  await card.asks('Photo Printer');
});

// The program `countersign-hydra` as whoever runs it sees it: its settings, what it says of itself, and how it ends.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { registerClient } from './support/client.mjs';
import { createSite } from '../../examples/engines/hydra/server.mjs';
import { registered } from '../../examples/engines/site/main.mjs';
import { measure } from '../../scripts/compatibility.mjs';
import { SCRIPT, startHydra } from './support/hydra.mjs';
import { buildProgram } from './support/program.mjs';

process.env.COUNTERSIGN_KIT = 'rust';
const LONGEST = { timeout: 120_000 };
const SECRET = 'the secret of a test that nobody can guess';
let host;
before(async () => { host = await startHydra({ kit: 'rust', secret: SECRET }); }, { timeout: 600_000 });
after(() => host?.close(), LONGEST);

const get = (address) => fetch(address, { signal: AbortSignal.timeout(15_000) });

/** A decision of a person, whose call the program answers. */
async function decide(on = host) {
  const browser = await on.newBrowser().signIn();
  const client = await registerClient(on);
  const request = await client.request();
  const { body } = await browser.submit(await browser.card(request));
  assert.equal(body.outcome, 'redirect');
  return { browser, request };
}

/** Runs the program to its end, with settings of a file or none. */
async function run(args, { file, name = 'settings.toml', env = {} } = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-settings-'));
  try {
    const more = file === undefined ? [] : ['--config', path.join(folder, name)];
    if (file !== undefined) writeFileSync(path.join(folder, name), file);
    const { promise, resolve } = Promise.withResolvers();
    execFile(buildProgram(), [...args, ...more], { env, timeout: 30_000 }, (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }));
    return await promise;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const settings = (more) => JSON.stringify({
  origin: 'http://localhost:9', secrets: [SECRET], sign_in: { url: '/login', account: `${host.origin}/sign-in/account` }, hydra: { admin: host.admin, issuer: host.issuer }, ...more,
});

test('it says how it is used, and its version', async () => {
  assert.match((await run(['--help'])).stdout, /Usage: countersign-hydra/);
  assert.match((await run(['--version'])).stdout, /^countersign-hydra \d+\.\d+\.\d+\n$/);
  const wrong = await run(['begin']);
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
  assert.match(wrong.stderr, /there is no command or option "begin"/);
});

test('check-config says that all is well, or everything that is wrong at once', LONGEST, async () => {
  const well = await run(['check-config'], { file: settings(), name: 'settings.json' });
  assert.deepEqual([well.status, well.stderr], [0, '']);
  assert.deepEqual(well.stdout.match(/^\w+/gm), ['ok', 'ok', 'ok', 'ok', 'ok', 'note']);
  const wrong = await run(['check-config'], { file: 'origin = "x"\ncolour = 1\n[hydra]\nadmin = "y"' });
  assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
  for (const member of ['origin', 'colour', 'secrets', 'hydra.admin', 'hydra.issuer', 'sign_in.url', 'sign_in.account']) {
    assert.match(wrong.stderr, new RegExp(`^countersign-hydra: ${member}: `, 'm'));
  }
  const store = await run(['check-config'], { file: settings({ store: 'nowhere:' }), name: 'settings.json' });
  assert.equal(store.status, 2);
  assert.match(store.stderr, /store: must be /);
});

test('check-config says who does not answer, and who answers something else', LONGEST, async () => {
  const file = settings({ hydra: { admin: 'http://127.0.0.1:9', issuer: host.origin }, sign_in: { url: '/login', account: `${host.origin}/nothing` } });
  const { status, stdout } = await run(['check-config'], { file, name: 'settings.json' });
  assert.equal(status, 1);
  assert.deepEqual(stdout.match(/^(\w+)/gm), ['ok', 'FAIL', 'FAIL', 'FAIL', 'ok', 'note']);
  assert.match(stdout, /sign_in\.account answers for a browser without cookies: answers 404/);
});

test('the page has the headers of the project, its files are in the program, and their addresses have a hash', async () => {
  const page = await get(`${host.kit.own}/oauth/logout`);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-security-policy'), /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';/);
  const html = await page.text();
  const [script] = SCRIPT.exec(html) ?? /src="[^"]+register\.js"/.exec(html);
  const [, files] = /"(\/countersign\/files\/[\w-]{16}\/)register\.js/.exec(script);
  for (const [name, type] of [['register.js', /^text\/javascript/], ['widget.wasm', /^application\/wasm$/], ['styles/page.css', /^text\/css/], ['messages/de.json', /^application\/json$/]]) {
    const answer = await get(host.kit.own + files + name);
    assert.deepEqual([answer.status, answer.headers.get('cache-control')], [200, 'public, max-age=31536000, immutable'], name);
    assert.match(answer.headers.get('content-type'), type);
  }
  for (const other of [`${files}../../x`, `${files}nothing.js`, '/countersign/files/0000000000000000/register.js', `${files}server/index.js`]) {
    assert.equal((await get(host.kit.own + other)).status, 404, other);
  }
});

test('a request by POST leads to the page, and what is no form is refused in the visitor’s language', async () => {
  const post = (body, headers) => fetch(`${host.kit.own}/oauth/logout`, { method: 'POST', redirect: 'manual', body, headers });
  const sent = await post(new URLSearchParams({ id_token_hint: 'x', ui_locales: 'de' }));
  assert.equal(sent.status, 303);
  assert.match(sent.headers.get('location'), /^\/oauth\/logout\?logout=[\w-]+&ui_locales=de$/);
  const json = await post('{}', { 'content-type': 'application/json', 'accept-language': 'de' });
  assert.deepEqual([json.status, json.headers.get('content-language')], [415, 'de']);
  assert.match(await json.text(), /<html lang="de" dir="ltr">/);
  assert.equal((await post(`a=${'x'.repeat(40_000)}`, { 'content-type': 'application/x-www-form-urlencoded' })).status, 413);
  assert.equal((await fetch(`${host.kit.own}/oauth/authorize`, { method: 'PUT' })).headers.get('allow'), 'GET, HEAD, POST');
});

test('it is alive, and ready only while Hydra answers', LONGEST, async () => {
  const { own, monitor } = host.kit;
  const ready = async (at) => {
    const answer = await get(`${at}/readyz`);
    return [answer.status, await answer.json()];
  };
  for (const at of [own, monitor]) {
    assert.equal((await get(`${at}/healthz`)).status, 200);
    assert.deepEqual(await ready(at), [200, { hydra: 'ok', store: 'ok' }]);
  }
  host.setDown(true);
  try {
    // An answer is used again for a second.
    const until = Date.now() + 10_000;
    let [status, body] = await ready(own);
    while (status === 200 && Date.now() < until) [status, body] = await ready(own);
    assert.deepEqual([status, body], [503, { hydra: 'down', store: 'ok' }]);
    assert.equal((await get(`${own}/healthz`)).status, 200);
  } finally {
    host.setDown(false);
  }
});

test('what is counted is told to the site’s own network alone', LONGEST, async () => {
  await decide();
  assert.equal((await get(`${host.kit.own}/metrics`)).status, 404);
  assert.equal((await get(`${host.kit.monitor}/oauth/authorize`)).status, 404);
  const answer = await get(`${host.kit.monitor}/metrics`);
  assert.match(answer.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await answer.text();
  for (const line of [
    /^countersign_calls_total\{path="authorize\/submit",status="200",outcome="redirect"\} [1-9]/m,
    /^countersign_call_seconds_count\{path="authorize\/start"\} [1-9]/m,
    /^countersign_requests_total\{target="hydra",status="200"\} [1-9]/m,
    /^countersign_request_seconds_bucket\{target="host",le="\+Inf"\} [1-9]/m,
    /^countersign_build_info\{version="[\d.]+"\} 1$/m,
  ]) assert.match(text, line);
});

test('an engine that fails is counted by the name of what happened', LONGEST, async () => {
  const { browser, request } = await decide();
  host.setDown(true);
  try {
    assert.equal((await browser.startWith('login_challenge=x')).status, 503);
  } finally {
    host.setDown(false);
  }
  assert.ok(request);
  assert.match(await (await get(`${host.kit.monitor}/metrics`)).text(), /^countersign_errors_total\{path="authorize\/start",error="engine_unavailable"\} [1-9]/m);
});

test('a log is lines of JSON that have no secret, no query, no address and nobody’s name', LONGEST, async () => {
  const { request } = await decide();
  const { lines } = host.kit;
  const [first] = lines;
  assert.deepEqual([first.event, first.level], ['listening', 'info']);
  const calls = lines.filter(({ event }) => event === 'call');
  assert.ok(calls.some(({ path: called, outcome }) => called === 'authorize/submit' && outcome === 'redirect'));
  for (const line of calls) assert.deepEqual(Object.keys(line).filter((name) => !['time', 'level', 'event', 'path', 'request_id', 'status', 'outcome', 'code', 'took', 'error'].includes(name)), []);
  const text = JSON.stringify(lines);
  const { state } = Object.fromEntries(new URLSearchParams(request.query));
  for (const secret of [SECRET, 'account-ada', 'ada@example.com', 'challenge', 'client_id', 'redirect_uri=', host.admin, state, 'harbor_session']) assert.ok(!text.includes(secret), secret);
});

test('when it is told to stop, it answers what is open, takes nothing more, and ends well', LONGEST, async () => {
  const own = await startHydra({ kit: 'rust', program: { limits: { stop_seconds: 10 } } });
  try {
    const browser = await own.newBrowser().signIn();
    const client = await registerClient(own);
    const card = await browser.card(await client.request());
    // Hydra takes its time for the decision, and the signal comes meanwhile.
    const [held, release] = own.hold();
    const answer = browser.submitOnly(card);
    await held;
    own.kit.child.kill('SIGTERM');
    await own.kit.said('stopping');
    await assert.rejects(get(`${own.kit.own}/healthz`));
    release();
    assert.equal((await answer).body.outcome, 'redirect');
    const [code] = own.kit.child.exitCode === null ? await once(own.kit.child, 'exit') : [own.kit.child.exitCode];
    assert.equal(code, 0);
    const { event, broken_off: brokenOff } = own.kit.lines.at(-1);
    assert.deepEqual([event, brokenOff], ['stopped', undefined]);
  } finally {
    await own.close();
  }
});

test('what takes longer than it may is broken off when it is told to stop, and the program says so', LONGEST, async () => {
  const own = await startHydra({ kit: 'rust', program: { limits: { stop_seconds: 1, timeout_seconds: 60 } } });
  try {
    const browser = await own.newBrowser().signIn();
    const client = await registerClient(own);
    const card = await browser.card(await client.request());
    const [held, release] = own.hold();
    const answer = browser.submitOnly(card).catch(() => undefined);
    await held;
    own.kit.child.kill('SIGTERM');
    const [code] = await once(own.kit.child, 'exit');
    release();
    await answer;
    assert.equal(code, 1);
    assert.equal(own.kit.lines.at(-1).broken_off, true);
  } finally {
    await own.close();
  }
});

test('it passes countersign-check as the kit in TypeScript does, but for the same gaps', { timeout: 300_000 }, async () => {
  const start = () => createSite({ kit: 'rust', clients: registered('http://localhost:4401'), registers: true, program: { limits: { per_browser: 10_000 } } });
  const { ended } = await measure({ folder: 'engines/hydra', start });
  const wrong = ended.filter(({ state }) => state === 'failed' || state === 'unexpected');
  assert.deepEqual(wrong.map(({ check, message }) => `${check.id}: ${message}`), []);
  assert.equal(ended.filter(({ state }) => state === 'passed').length, 97);
});

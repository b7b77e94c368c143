import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { CHECKS } from '../../server/node/src/check/checks/index.ts';
import { main } from '../../server/node/src/check/command.ts';
import { CONFIG, startDemo, startFaulty } from './harness.mjs';
import { core } from './mutations/core.mjs';

const MAIN = fileURLToPath(new URL('../../server/node/src/check/main.ts', import.meta.url));

const REST = '; not run: narrowing, remember, b2b, details, logout, page';

/** Runs the command as a process of its own. */
const run = (...args) => new Promise((resolve) => {
  const options = { timeout: 60_000, env: { ...process.env, NODE_OPTIONS: '--disable-warning=ExperimentalWarning' } };
  execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, lines: stdout.trimEnd().split('\n'), stderr: stderr.trim() }));
});

/** Runs the command in this process. */
async function runHere(...args) {
  const [lines, warnings] = [[], []];
  const code = await main(args, (line) => lines.push(...line.split('\n')), (line) => warnings.push(line));
  return { code, lines, stderr: warnings.join('\n') };
}

/** A file of a test. */
async function file(t, name, text) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'countersign-check-'));
  t.after(() => rm(folder, { recursive: true }));
  await writeFile(path.join(folder, name), text);
  return path.join(folder, name);
}

test('a server that passes is 0, and the last line says how many checks of each profile passed', async (t) => {
  const { origin } = await startDemo(t);
  const { code, lines, stderr } = await run(origin, '--config', CONFIG, '--profile', 'core,details');
  assert.deepEqual([code, stderr], [0, '']);
  const applicable = CHECKS.core.length - 2;
  assert.equal(lines.at(-1), `countersign core: ${applicable} of ${applicable}, 2 not applicable; details: 7 of 7; not run: narrowing, remember, b2b, logout, page`);
  assert.ok(lines.includes('ok   core.login: Without a session the user is sent to sign in, and the first time is counted as one.'));
  const { code: trailing } = await runHere(`${origin}/`, '--config', CONFIG, '--only', 'core.login');
  assert.equal(trailing, 0, 'a slash at the end is the same origin');
});

test('a server that fails is 1, with what it answered, the sentence and the fix', async (t) => {
  const server = await startFaulty(t);
  server.proxy.mutate(core['core.login']);
  const { code, lines } = await runHere(server.origin, '--config', CONFIG, '--only', 'core.login,core.expires');
  assert.equal(code, 1);
  const at = lines.findIndex((line) => line.startsWith('FAIL core.login: '));
  assert.deepEqual(lines.slice(at + 1, at + 4), [
    '       The attempt must be 1, and is 2.',
    '       api/openapi.yaml says: "How many times this transaction was sent to the login page, this time included."',
    '       Fix: Answer `login` with reason `no_session` and `attempt: 1` where the host\'s session is missing.',
  ]);
  assert.equal(lines.at(-1), `countersign core: 1 of 2${REST}`);
});

test('a failure that is listed is a gap; one that is listed and passes is 1', async (t) => {
  const server = await startFaulty(t);
  server.proxy.mutate(core['core.login']);
  const listed = await file(t, 'gaps', '# What this server cannot do.\ncore.login: the engine counts from two # since 1.2\n');
  const gap = await runHere(server.origin, '--config', CONFIG, '--only', 'core.login,core.expires', '--expected-failures', listed);
  assert.deepEqual([gap.code, gap.lines.at(-1)], [0, `countersign core: 1 of 2${REST}`]);
  assert.ok(gap.lines.includes('       the engine counts from two (The attempt must be 1, and is 2.)'));
  server.proxy.mutate({});
  const mended = await runHere(server.origin, '--config', CONFIG, '--only', 'core.login', '--expected-failures', listed);
  assert.equal(mended.code, 1);
  assert.ok(mended.lines.includes('       It is listed as an expected failure, and passes: take it off the list.'));
});

test('a config can be a module, whose functions sign in', async (t) => {
  const { origin } = await startDemo(t);
  const config = await file(t, 'check.mjs', `export default {
    client: { client_id: 'third-party-public', redirect_uri: 'https://photo-printer.example/callback' },
    scope: 'openid profile',
    parameters: { prompt: 'consent' },
    accounts: { first: { sign_in: (browser) => browser.fetch('/account/login', {
      method: 'POST', headers: { origin: '${origin}', 'x-countersign': '1', 'content-type': 'application/json' }, body: '{"email":"ada@example.com","password":"demo"}',
    }) } },
  };`);
  const { code, lines } = await runHere(origin, '--config', config, '--only', 'core.card-client,core.token-scopes');
  assert.deepEqual([code, lines.at(-1)], [0, `countersign core: 2 of 2${REST}`]);
});

test('the list names every check, and --help every option', async () => {
  const { code, lines } = await runHere('--list');
  assert.equal(code, 0);
  for (const { id, title } of Object.values(CHECKS).flat()) assert.ok(lines.includes(`  ${id}: ${title}`), id);
  const help = await runHere('--help');
  for (const option of ['--config', '--profile', '--only', '--expected-failures', '--report', '--max-requests', '--timeout', '--list']) assert.ok(help.lines.some((line) => line.includes(option)), option);
});

test('what cannot be run is 2, with one sentence', async (t) => {
  const { origin } = await startDemo(t);
  const broken = await file(t, 'check.json', '{ "client": ');
  const gaps = await file(t, 'gaps', 'core.login\ncore.none\n');
  const missing = await file(t, 'gaps', 'logout: there is none\n');
  const config = ['--config', CONFIG];
  for (const [args, message] of [
    [[], /^countersign-check: Name one address/],
    [[origin, origin, ...config], /^countersign-check: Name one address/],
    [['id.example.com', ...config], /must be an origin/],
    [['https://id.example.com/oauth', ...config], /must be an origin/],
    [['ftp://id.example.com', ...config], /must be an origin/],
    [[origin], /--config: is missing/],
    [[origin, '--config', 'nowhere.json'], /--config: ENOENT/],
    [[origin, '--config', broken], /--config: .*check\.json cannot be read: /],
    [[origin, ...config, '--profile', 'core,device'], /--profile: there is no "device"/],
    [[origin, ...config, '--only', 'core.none'], /--only: there is no "core\.none"/],
    [[origin, ...config, '--only', ','], /--only: there is no ","/],
    [[origin, ...config, '--report', 'html'], /--report: must be text, json, junit or md, and is "html"/],
    [[origin, ...config, '--max-requests', '0'], /--max-requests: must be a whole number/],
    [[origin, ...config, '--max-requests', '3'], /The limit of 3 requests is reached/],
    [[origin, ...config, '--expected-failures', gaps], /line 2: there is no check "core\.none"/],
    [[origin, ...config, '--expected-failures', missing], /--expected-failures: logout is listed as missing, and the config has states for it/],
    [[origin, ...config, '--verbose'], /Unknown option '--verbose'/],
    [['http://localhost:1', ...config], /The metadata of http:\/\/localhost:1 cannot be read, at http:\/\/localhost:1\/\.well-known\/openid-configuration: GET \/\.well-known\/openid-configuration failed: bad port\.$/],
  ]) {
    const { code, stderr } = await runHere(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, message);
    assert.equal(stderr.split('\n').length, 1, stderr);
  }
});

test('a profile that the config has no states for is 2, and an account that cannot sign in', async (t) => {
  const { origin } = await startDemo(t);
  const small = await file(t, 'small.json', JSON.stringify({
    client: { client_id: 'third-party-public', redirect_uri: 'https://photo-printer.example/callback' }, scope: 'openid',
    accounts: { first: { sign_in: { path: '/account/login', headers: { 'x-countersign': '1' }, json: { email: 'ada@example.com', password: 'wrong' } } } },
  }));
  const lacking = await runHere(origin, '--config', small, '--profile', 'logout');
  assert.deepEqual([lacking.code, lacking.stderr], [2, 'countersign-check: /logout: is missing, and the profile logout needs it.']);
  const refused = await run(origin, '--config', small);
  assert.deepEqual([refused.code, refused.stderr], [2, 'countersign-check: The first account cannot sign in: "accounts.first.sign_in" of the config: POST /account/login answered 401.']);
});

test('a config that does not fit the server is 2, and the sentence says what does not fit', async (t) => {
  const { origin } = await startDemo(t);
  const sign_in = { path: '/account/login', headers: { 'x-countersign': '1' }, json: { email: 'ada@example.com', password: 'demo' } };
  const base = {
    client: { client_id: 'third-party-public', redirect_uri: 'https://photo-printer.example/callback' }, scope: 'openid profile', accounts: { first: { sign_in } },
  };
  for (const [more, message] of [
    [{ client: { ...base.client, client_id: 'nobody' } }, /The server refuses the request of the config: invalid_client.* Does it know the client nobody/],
    [{ client: { ...base.client, redirect_uri: 'https://elsewhere.example/' } }, /Does it know the client third-party-public, its address https:\/\/elsewhere\.example\//],
    [{ parameters: { response_mode: 'none_such' } }, /The server refuses the request of the config: .* and "openid profile"\?/],
    [{ accounts: { first: { sign_in: { method: 'GET', path: '/login' } } } }, /`accounts\.first\.sign_in` of the config signs nobody in/],
    [{ accounts: { first: { cookie: 'countersign_login=unknown' } } }, /`accounts\.first\.cookie` of the config signs nobody in/],
    [{ optional_scope: 'openid' }, /`optional_scope` of the config is openid, and the card says that it is required/],
    [{ issuer: '/elsewhere' }, /cannot be read, at .*\/elsewhere\/\.well-known\/openid-configuration: it answered 404\. Set "issuer"/],
    [{ issuer: origin.replace('localhost', '127.0.0.1') }, /Only http:\/\/localhost:\d+ is called/],
  ]) {
    const config = await file(t, 'check.json', JSON.stringify({ ...base, ...more }));
    const { code, stderr } = await runHere(origin, '--config', config);
    assert.equal(code, 2, JSON.stringify(more));
    assert.match(stderr, message);
    assert.equal(stderr.split('\n').length, 1, stderr);
  }
});

test('a request that ends at the client without a card is said once', async (t) => {
  const server = await startFaulty(t);
  for (const [parameters, message] of [
    ['code=C&state=S', /^countersign-check: The request of the config gets a code without a card\. Give `parameters` with which/],
    ['error_description=Failed&state=S', /^countersign-check: The request of the config ends at the client with neither a code nor an error, and with error_description, state\./],
  ]) {
    const json = { outcome: 'redirect', redirect_uri: `https://photo-printer.example/callback?${parameters}` };
    server.proxy.mutate({ answer: (answer, { name }) => (name === 'authorize/start' ? { ...answer, json } : undefined) });
    const { code, lines, stderr } = await runHere(server.origin, '--config', CONFIG);
    assert.deepEqual([code, lines.filter((line) => line.startsWith('FAIL'))], [2, []], parameters);
    assert.match(stderr, message);
  }
});

test('an issuer that is not that of the metadata is named beside it', async (t) => {
  const server = await startFaulty(t);
  server.proxy.mutate({ answer: (answer, { url }) => (url.includes('/.well-known/') ? { ...answer, json: { ...answer.json, issuer: 'https://other.example' } } : undefined) });
  const { code, stderr } = await runHere(server.origin, '--config', CONFIG);
  assert.deepEqual([code, stderr.replaceAll(server.origin, 'ORIGIN')], [2, 'countersign-check: The metadata of ORIGIN cannot be read, at ORIGIN/.well-known/openid-configuration: '
    + 'their issuer is "https://other.example", and the config\'s is "ORIGIN". Set "issuer" or "openid" in the config, or "tokens": false.']);
});

test('a server that fails itself is said once, with the id of its log, and the run stops after three', async (t) => {
  const server = await startFaulty(t);
  let calls = 0;
  server.proxy.mutate({ answer: (answer, { name }) => (name && (calls += 1) > 1 ? { ...answer, status: 500, headers: { ...answer.headers, 'x-request-id': 'R1' } } : undefined) });
  const { code, lines, stderr } = await runHere(server.origin, '--config', CONFIG, '--profile', 'core');
  assert.deepEqual([code, stderr], [2, 'countersign-check: The server itself failed in 3 checks, one after the other. Mend that first: its log has the reason.']);
  assert.equal(lines.filter((line) => line.startsWith('FAIL')).length, 3);
  assert.equal(lines.filter((line) => line.includes('Your server failed: POST /countersign/authorize/start answered 500, request_id R1.')).length, 3);
  assert.equal(lines.filter((line) => line.includes('in its log')).length, 1);
  assert.ok(!lines.some((line) => line.includes('Fix:')));
});

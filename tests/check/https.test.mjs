// A server at https, whose certificate Node has to be told of when it starts.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:https';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { certificateFor } from '../clients/support/tls.mjs';
import { CONFIG, startDemo } from './harness.mjs';

const MAIN = fileURLToPath(new URL('../../server/node/src/check/main.ts', import.meta.url));

/** A server that ends TLS in front of the demo's, and may change its headers. */
async function startTls(t, change = () => {}, identity = undefined) {
  identity ??= await certificateFor(['localhost']);
  let port;
  const front = createServer(identity, (req, res) => {
    const passed = request({ host: '127.0.0.1', port, method: req.method, path: req.url, headers: req.headers }, (answer) => {
      const headers = { ...answer.headers };
      change(headers);
      res.writeHead(answer.statusCode, headers);
      answer.pipe(res);
    });
    passed.on('error', () => res.destroy());
    req.pipe(passed);
  }).listen(0, 'localhost');
  await once(front, 'listening');
  t.after(() => {
    front.closeAllConnections();
    front.close();
  });
  const origin = `https://localhost:${front.address().port}`;
  ({ server: { port } } = await startDemo(t, { origin }));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'countersign-check-'));
  t.after(() => rm(folder, { recursive: true }));
  const ca = path.join(folder, 'ca.pem');
  await writeFile(ca, identity.cert);
  return { origin, ca };
}

function run({ origin, ca }, ...args) {
  const env = { ...process.env, ...(ca && { NODE_EXTRA_CA_CERTS: ca }) };
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, origin, '--config', CONFIG, ...args], { env, timeout: 60_000 }, (error, stdout, stderr) => resolve({ code: error?.code ?? 0, stdout, stderr }));
  });
}

test('a server at https passes, with cookies and headers that only https has', async (t) => {
  const server = await startTls(t);
  const { code, stdout, stderr } = await run(server, '--profile', 'page,details');
  assert.equal(code, 0, stdout + stderr);
  const { code: untrusted, stderr: reason } = await run({ origin: server.origin }, '--profile', 'page');
  assert.equal(untrusted, 2);
  assert.match(reason, /nobody that this machine trusts has signed its certificate\. NODE_EXTRA_CA_CERTS names/);
});

test('at https, cookies without Secure and a page without Strict-Transport-Security fail', async (t) => {
  const server = await startTls(t, (headers) => {
    delete headers['strict-transport-security'];
    if (headers['set-cookie']) headers['set-cookie'] = headers['set-cookie'].map((line) => line.replace('; Secure', ''));
  });
  const { code, stdout } = await run(server, '--profile', 'page');
  assert.equal(code, 1);
  const failed = [...stdout.matchAll(/^FAIL (\S+):/gm)].map(([, id]) => id);
  assert.deepEqual(failed, ['page.headers', 'page.cookies']);
});

test('a certificate that is for another host, or has ended, stops the run with one sentence', async (t) => {
  const past = { notBeforeDate: new Date('2020-01-01'), notAfterDate: new Date('2020-02-01') };
  for (const [identity, message] of [[await certificateFor(['other.example']), /does not match certificate's altnames/], [await certificateFor(['localhost'], past), /certificate has expired/]]) {
    const { code, stdout, stderr } = await run(await startTls(t, undefined, identity), '--profile', 'core');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, message);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});

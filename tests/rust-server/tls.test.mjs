// The stores in Rust over TLS, to a Redis and a PostgreSQL that take nothing else, with certificates that are made here.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startPostgres, startRedis } from '../stores/support/programs.mjs';
import { openRust } from './support/store.mjs';

const LONGEST = { timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'countersign-tls-'));
const at = (name) => path.join(folder, name);
const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** An authority of its own. */
function authority(name) {
  openssl('req', '-x509', ...KEY, '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`), '-days', '2', '-subj', `/CN=${name}`, '-addext', 'basicConstraints=critical,CA:TRUE');
  return at(`${name}.crt`);
}

/** A certificate for a name, by an authority. */
function certificate(name, by) {
  openssl('req', ...KEY, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`), '-subj', `/CN=${name}`);
  writeFileSync(at(`${name}.ext`), `subjectAltName=DNS:${name}\n`);
  openssl('x509', '-req', '-in', at(`${name}.csr`), '-CA', at(`${by}.crt`), '-CAkey', at(`${by}.key`), '-CAcreateserial', '-days', '2', '-extfile', at(`${name}.ext`), '-out', at(`${name}.crt`));
  return { certificate: at(`${name}.crt`), key: at(`${name}.key`) };
}

const [trusted, other] = [authority('trusted'), authority('other')];
const STORES = {
  Redis: {
    start: startRedis, plain: (host, port) => `redis://${host}:${port}`, modes: [(host, port) => `rediss://${host}:${port}`],
  },
  PostgreSQL: {
    start: startPostgres, plain: (host, port) => `postgres://postgres@${host}:${port}/postgres`,
    modes: ['require', 'verify-ca', 'verify-full'].map((mode) => (host, port) => `postgres://postgres@${host}:${port}/postgres?sslmode=${mode}`),
  },
};

/** Uses the store at an address. */
async function use(address, roots = trusted) {
  const { store, migrate, close } = openRust(address, { SSL_CERT_FILE: roots });
  try {
    await migrate();
    await store.set('key', 'value', 60);
    return await store.get('key');
  } finally {
    await close();
  }
}

after(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, { start, plain, modes }] of Object.entries(STORES)) {
  describe(name, () => {
    let program;
    before(async () => { program = await start({ tls: certificate('localhost', 'trusted') }); }, LONGEST);
    after(() => program?.close(), LONGEST);

    test(`${name}: a store is reached over TLS, if its certificate is by an authority that the machine trusts`, LONGEST, async () => {
      for (const address of modes) assert.equal(await use(address('localhost', program.port)), 'value');
    });

    test(`${name}: a certificate of another authority or for another name is refused in every mode`, LONGEST, async () => {
      for (const address of modes) {
        await assert.rejects(use(address('localhost', program.port), other), /certificate|tls/i);
        await assert.rejects(use(address('127.0.0.1', program.port)), /certificate|tls/i);
      }
    });

    test(`${name}: without TLS there is no answer`, LONGEST, async () => {
      await assert.rejects(use(plain('localhost', program.port)));
    });
  });
}

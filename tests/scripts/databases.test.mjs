// Redis and PostgreSQL for the tests of the stores.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { databasesFor } from '../../scripts/bootstrap/databases.mjs';
import { folder } from './support.mjs';

test('programs that are named are used, wherever they are', async (t) => {
  const bin = path.join(folder(t), 'bin');
  mkdirSync(bin);
  for (const name of ['initdb', 'postgres']) writeFileSync(path.join(bin, name), '');
  const { REDIS_SERVER, POSTGRES_BIN, KEPT } = await databasesFor({ PATH: '', REDIS_SERVER: '/opt/redis/redis-server', POSTGRES_BIN: bin, KEPT: 'yes' });
  assert.deepEqual([REDIS_SERVER, POSTGRES_BIN, KEPT], ['/opt/redis/redis-server', bin, 'yes']);
});

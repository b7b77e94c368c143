// A process that claims keys in a SQLite file as fast as it can: `node claims.mjs FILE ID COUNT`.
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { sqliteStore } from '../../../server/node/src/stores/sqlite.ts';

const [file, id, count] = process.argv.slice(2);
const store = sqliteStore(new DatabaseSync(file));
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const results = [];
for (let key = 0; key < Number(count); key += 1) results.push(await store.claim(`race:${key}`, id, 60));
process.stdout.write(JSON.stringify(results));
process.stdin.destroy();

// A process that claims keys of a store as fast as it can: `node claims.mjs OPENER ADDRESS ID COUNT`. The opener is a module with
// `open(address)`, which resolves to `{ store, close }`.
import { once } from 'node:events';

const [opener, address, id, count] = process.argv.slice(2);
const { store, close } = await (await import(opener)).open(address);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
const results = [];
for (let key = 0; key < Number(count); key += 1) results.push(await store.claim(`race:${key}`, id, 60));
process.stdout.write(JSON.stringify(results));
process.stdin.destroy();
await close();

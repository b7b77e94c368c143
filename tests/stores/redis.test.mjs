// The store in a real Redis, by both clients.
import { after, before, test } from 'node:test';
import { raceProcesses } from '../kit/support/race.mjs';
import { storeSuite } from '../kit/support/store-suite.mjs';
import { open, openIo } from './support/open-redis.mjs';
import { outages } from './support/outages.mjs';
import { startRedis } from './support/programs.mjs';

const LONGEST = { timeout: 60_000 };
const CLIENTS = { 'Redis, by redis': open, 'Redis, by ioredis': openIo };
/** Redis has a clock of its own: time passes for each key. */
const PASS = "for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('PEXPIRE', key, redis.call('PTTL', key) - ARGV[1]) end";

let redis;
before(async () => { redis = await startRedis(); }, LONGEST);
after(() => redis?.close(), LONGEST);

for (const [name, connect] of Object.entries(CLIENTS)) {
  const opened = async (t) => {
    const client = await connect(redis.port);
    t.after(client.close);
    return client;
  };
  let last;
  const stores = async (t) => {
    const clients = await Promise.all([opened(t), opened(t), opened(t)]);
    last = clients[0];
    return clients.map(({ store }) => store);
  };
  storeSuite(name, stores, (seconds) => last.send('EVAL', PASS, '0', String(seconds * 1000)));
  outages(name, opened, () => redis);
}

test('Redis: processes that claim at once get one winner for each key', LONGEST, (t) =>
  raceProcesses(t, new URL('support/open-redis.mjs', import.meta.url).href, String(redis.port), { keys: 500 }));

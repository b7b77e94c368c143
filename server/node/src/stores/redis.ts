/** `countersign/server/stores/redis`: a store in Redis 7 or newer, or Valkey. */
import type { Store } from '../store.ts';

/** Sends a command: `(...args) => client.call(...args)` with ioredis, `(...args) => client.sendCommand(args)` with node-redis. */
export type SendCommand = (...args: [string, ...string[]]) => Promise<unknown>;

export interface RedisStoreOptions {
  /** What keys begin with (`countersign:`). */
  readonly prefix?: string;
}

/** A count begins its time with its first call. */
const COUNT = "local count = redis.call('INCR', KEYS[1]) if count == 1 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end return count";

export function redisStore(send: SendCommand, { prefix = 'countersign:' }: RedisStoreOptions = {}): Store {
  const ttl = (seconds: number): string => String(Math.max(1, Math.ceil(seconds)));
  const text = (reply: unknown): string | null => (reply === null || reply === undefined ? null : String(reply));

  return {
    claim: async (key, value, seconds) => text(await send('SET', prefix + key, value, 'NX', 'GET', 'EX', ttl(seconds))),
    get: async (key) => text(await send('GET', prefix + key)),
    async set(key, value, seconds) { await send('SET', prefix + key, value, 'EX', ttl(seconds)); },
    async delete(key) { await send('DEL', prefix + key); },
    count: async (key, seconds) => Number(await send('EVAL', COUNT, '1', prefix + key, ttl(seconds))),
  };
}

// The store in Redis by each of its well-kept clients, set up as the README says.
import { once } from 'node:events';
import { Redis } from 'ioredis';
import { createClient } from 'redis';
import { redisStore } from '../../../server/node/src/stores/redis.ts';

const RECONNECT = 20;

/** By npm `redis`. `port` is a number or a text. */
export async function open(port) {
  const client = createClient({ socket: { host: '127.0.0.1', port: Number(port), reconnectStrategy: () => RECONNECT }, disableOfflineQueue: true });
  client.on('error', () => {});
  await client.connect();
  return {
    store: redisStore((...args) => client.sendCommand(args)),
    send: (...args) => client.sendCommand(args),
    back: () => (client.isReady ? undefined : once(client, 'ready')),
    close: async () => client.destroy(),
  };
}

/** By npm `ioredis`. */
export async function openIo(port) {
  const client = new Redis({ host: '127.0.0.1', port: Number(port), enableOfflineQueue: false, maxRetriesPerRequest: 0, retryStrategy: () => RECONNECT });
  client.on('error', () => {});
  await once(client, 'ready');
  return {
    store: redisStore((...args) => client.call(...args)),
    send: (...args) => client.call(...args),
    back: () => (client.status === 'ready' ? undefined : once(client, 'ready')),
    close: async () => client.disconnect(),
  };
}

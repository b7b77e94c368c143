// workers-oauth-provider as a host of the checks. Its storage can stop to work.
import { fileURLToPath } from 'node:url';
import { createSite } from '../../../examples/engines/workers/server.mjs';

export async function startWorkers(options) {
  const site = await createSite({ worker: fileURLToPath(new URL('./worker.mjs', import.meta.url)), ...options });
  return { ...site, name: 'workers-oauth-provider', openid: false, headers: {}, setDown(value) { this.headers = value ? { 'x-storage': 'down' } : {}; } };
}

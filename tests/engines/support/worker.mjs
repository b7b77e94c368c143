// The Worker of the example, with a storage that fails for a request that says so.
import worker from '../../../examples/engines/workers/worker.mjs';

const down = new Proxy({}, { get: () => () => Promise.reject(new Error('KV is down.')) });

export default {
  fetch: (request, env, context) => worker.fetch(request, request.headers.get('x-storage') === 'down' ? { ...env, OAUTH_KV: down } : env, context),
};

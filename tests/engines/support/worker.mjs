// The Worker of the example, with a storage that fails for a request that says so.
import worker from '../../../examples/engines/workers/worker.mjs';

const down = new Proxy({}, { get: () => () => Promise.reject(new Error('KV is down.')) });

export default {
  fetch(request, env, context) {
    // Without the engine's helpers, which hold the storage of the request before.
    const { OAUTH_PROVIDER: helpers, ...bindings } = env;
    const isDown = request.headers.get('x-storage') === 'down';
    return worker.fetch(request, isDown ? { ...bindings, OAUTH_KV: down } : env, context);
  },
};

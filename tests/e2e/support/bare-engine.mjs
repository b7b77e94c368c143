// The certified engine on a listener of its own, with the demo's configuration and nothing of ours around it.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createKeys } from '../../../examples/authorization-server/engine/keys.mjs';
import { createRealm } from '../../../examples/authorization-server/realm.mjs';

/** Starts it; `ask(query)` gives what it makes of an authorization request. */
export async function startBareEngine(clientOrigin) {
  const listener = createServer({ maxHeaderSize: 65_536 }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const origin = `http://localhost:${listener.address().port}`;
  const realm = createRealm({ name: 'consumer', prefix: '', origin, clientOrigin, keys: await createKeys(), clock: Date.now });
  listener.on('request', realm.handler);

  async function ask(query) {
    const response = await fetch(`${origin}/oauth/authorize?${query}`, { redirect: 'manual' });
    const location = response.headers.get('location');
    if (location?.startsWith('/interaction/')) return { outcome: 'interaction' };
    if (location) return heardByClient(location);
    assert.equal(response.status, 400);
    const text = await response.text();
    return text.includes('<form') ? heardByForm(text) : { outcome: 'page' };
  }

  return { origin, ask, close: () => { listener.close(); listener.closeAllConnections(); } };
}

const unescape = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code)).replaceAll('&quot;', '"').replaceAll('&amp;', '&');

function heardByForm(html) {
  const fields = [...html.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name, value]) => [name, unescape(value)]);
  return heardByClient(unescape(/action="([^"]*)"/.exec(html)[1]), new URLSearchParams(fields));
}

/** What an error answer tells the client: which error, where, with which state; `posted` where it came by form_post. */
export function heardByClient(address, posted) {
  const url = new URL(address);
  const parameters = posted ?? (url.hash ? new URLSearchParams(url.hash.slice(1)) : url.searchParams);
  return {
    outcome: `redirect ${parameters.get('error')}`,
    to: url.protocol + (url.host && `//${url.host}`) + url.pathname,
    state: parameters.get('state'),
    iss: parameters.has('iss'),
  };
}

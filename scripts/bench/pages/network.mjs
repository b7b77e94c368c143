// What came over the network until a moment, from the events of Chromium's DevTools.

/**
 * Keeps the events of a DevTools session that tell of the network.
 *
 * @returns {{ kind: string, id: string, at: number, bytes?: number, url?: string, wall?: number }[]} `at` in seconds of a steady
 *   clock, `wall` in seconds of the calendar's
 */
export function recordNetwork(session) {
  const events = [];
  const on = (name, read) => session.on(`Network.${name}`, (event) => events.push({ kind: name, id: event.requestId, at: event.timestamp, ...read(event) }));
  on('requestWillBeSent', ({ request, wallTime }) => ({ url: request.url, wall: wallTime }));
  on('requestServedFromCache', () => ({}));
  on('responseReceived', ({ response }) => ({ bytes: response.encodedDataLength, isCached: response.fromDiskCache || response.fromPrefetchCache }));
  on('dataReceived', ({ encodedDataLength }) => ({ bytes: encodedDataLength }));
  on('loadingFinished', ({ encodedDataLength }) => ({ bytes: encodedDataLength }));
  return events;
}

/** The moment on the steady clock of the events that is `milliseconds` after `origin`, a time of the calendar in milliseconds. */
export function steady(events, origin, milliseconds) {
  const { at, wall } = events.find(({ kind, url }) => kind === 'requestWillBeSent' && /^https?:/.test(url));
  return at + (origin + milliseconds) / 1000 - wall;
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The bytes of one response, headers included: all of them if it has ended, else what has come so far. A preflight ends with none. */
function bytesOf(events) {
  const { bytes: all = 0 } = events.find(({ kind }) => kind === 'loadingFinished') ?? {};
  const parts = events.filter(({ kind }) => kind !== 'loadingFinished').map(({ bytes = 0 }) => bytes);
  return Math.max(all, sum(parts));
}

/** Bytes and requests until a moment. What the browser had already is neither; a preflight is a request. */
export function until(events, moment) {
  const cached = new Set(events.filter(({ kind, isCached }) => kind === 'requestServedFromCache' || isCached).map(({ id }) => id));
  const requests = new Map();
  for (const event of events) {
    if (event.at > moment || cached.has(event.id)) continue;
    if (event.kind === 'requestWillBeSent' && /^https?:/.test(event.url)) requests.set(event.id, []);
    requests.get(event.id)?.push(event);
  }
  return { bytes: sum([...requests.values()].map(bytesOf)), requests: requests.size };
}

/**
 * The engine's state in memory: a Map with times to live, behind the engine's adapter interface.
 *
 * An entry is removed only when it expires or when the engine deletes it, so that no number of
 * anonymous requests can evict a registered client. Entries are JSON text, as in a database, so
 * that no caller can change a stored entry through a reference. To use a database, give the engine
 * another adapter with these seven functions.
 */

const SWEEP_EVERY = 60_000;

/**
 * Creates the store of one realm. In a shared store, a code of one realm could be redeemed at the
 * other.
 *
 * @param unusedClient how many seconds a registration is kept without `keepClient`
 */
export function createStore(clock, { unusedClient } = {}) {
  const entries = new Map();
  const grants = new Map();
  const uids = new Map();
  const keptClients = new Set();
  let nextSweep = clock() + SWEEP_EVERY;

  const alive = (entry) => entry !== undefined && entry.expires > clock();

  function remove(key) {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    keptClients.delete(key);
    if (entry.uid !== undefined && uids.get(entry.uid) === key) uids.delete(entry.uid);
    const members = grants.get(entry.grantId);
    members?.delete(key);
    if (members?.size === 0) grants.delete(entry.grantId);
  }

  function sweep() {
    if (clock() < nextSweep) return;
    nextSweep = clock() + SWEEP_EVERY;
    for (const [key, entry] of entries) if (!alive(entry)) remove(key);
  }

  /** A registration that no user has allowed anything yet ends by itself. */
  function lifetimeOf(key, seconds) {
    return seconds === undefined && key.startsWith('Client:') && !keptClients.has(key) ? unusedClient : seconds;
  }

  function put(key, payload, given) {
    sweep();
    const kept = keptClients.has(key);
    const seconds = lifetimeOf(key, given);
    remove(key);
    if (kept) keptClients.add(key);
    const { grantId, uid } = payload;
    const expires = seconds === undefined ? Infinity : clock() + seconds * 1000;
    entries.set(key, { json: JSON.stringify(payload), expires, grantId, uid });
    if (uid !== undefined) uids.set(uid, key);
    if (grantId !== undefined) {
      if (!grants.has(grantId)) grants.set(grantId, new Set());
      grants.get(grantId).add(key);
    }
  }

  function get(key) {
    const entry = entries.get(key);
    return alive(entry) ? JSON.parse(entry.json) : undefined;
  }

  function consume(key) {
    const entry = entries.get(key);
    if (!alive(entry)) return;
    entry.json = JSON.stringify({ ...JSON.parse(entry.json), consumed: Math.floor(clock() / 1000) });
  }

  /** The engine's adapter for one model. */
  function adapter(model) {
    const key = (id) => `${model}:${id}`;
    return {
      upsert: async (id, payload, seconds) => put(key(id), payload, seconds),
      find: async (id) => get(key(id)),
      findByUid: async (uid) => (uids.has(uid) ? get(uids.get(uid)) : undefined),
      findByUserCode: async () => undefined,
      consume: async (id) => consume(key(id)),
      destroy: async (id) => remove(key(id)),
      // The interaction that led to a grant also names it, and must stay.
      revokeByGrantId: async (grantId) => {
        for (const member of [...(grants.get(grantId) ?? [])]) {
          if (!member.startsWith('Interaction:')) remove(member);
        }
      },
    };
  }

  /** Keeps a registration, whatever becomes of its grants. */
  function keepClient(id) {
    const key = `Client:${id}`;
    const entry = entries.get(key);
    if (!alive(entry) || keptClients.has(key)) return;
    keptClients.add(key);
    entry.expires = Infinity;
  }

  return { adapter, keepClient, get size() { return entries.size; } };
}

/**
 * Our own record of consent: the scopes that an account has granted to a client in an organization,
 * and which of them are remembered for a redirect address. It outlives the engine's grants, which a
 * logout destroys.
 */
export function createConsents() {
  const records = new Map();
  const key = (account, client, organization = '') => JSON.stringify([account, client, organization]);
  const name = ({ scope, resource = '' }) => JSON.stringify([scope, resource]);

  function recordOf(id) {
    if (!records.has(id)) records.set(id, { granted: new Set(), remembered: new Map() });
    return records.get(id);
  }

  return {
    /** A function that answers whether an entry was granted before. */
    granted(account, client, organization) {
      const record = records.get(key(account, client, organization));
      return (entry) => record?.granted.has(name(entry)) ?? false;
    },

    /** Whether all entries are remembered for exactly this redirect address. */
    covers(account, client, organization, redirectUri, entries) {
      const remembered = records.get(key(account, client, organization))?.remembered.get(redirectUri);
      return remembered !== undefined && entries.every((entry) => remembered.has(name(entry)));
    },

    /**
     * Records a decision. Scopes that were shown and not ticked are withdrawn for every redirect
     * address; scopes that were not shown stay.
     *
     * @param remember whether the ticked scopes are remembered for this redirect address
     */
    decide(account, client, organization, redirectUri, { shown, ticked, remember }) {
      const { granted, remembered } = recordOf(key(account, client, organization));
      const allowed = ticked.map(name);
      const withdrawn = shown.map(name).filter((entry) => !allowed.includes(entry));
      for (const set of [granted, ...remembered.values()]) withdrawn.forEach((entry) => set.delete(entry));
      allowed.forEach((entry) => granted.add(entry));
      if (remember) remembered.set(redirectUri, new Set([...(remembered.get(redirectUri) ?? []), ...allowed]));
    },
  };
}

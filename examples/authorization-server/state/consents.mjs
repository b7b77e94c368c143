/**
 * Consent, our own record: what an account granted a client in an organization, and what of that it
 * does not want to be asked again, by redirect address. It outlives the engine's grants, which a
 * logout destroys.
 */
export function createConsents() {
  const records = new Map();
  const key = (account, client, organization = '') => JSON.stringify([account, client, organization]);
  const name = ({ scope, resource = '' }) => JSON.stringify([scope, resource]);

  function recordOf(at) {
    if (!records.has(at)) records.set(at, { granted: new Set(), remembered: new Map() });
    return records.get(at);
  }

  return {
    /** What was granted before, as a test for one entry. */
    granted(account, client, organization) {
      const record = records.get(key(account, client, organization));
      return (entry) => record?.granted.has(name(entry)) ?? false;
    },

    /** Whether none of it has to be asked again, for this very redirect address. */
    covers(account, client, organization, redirectUri, entries) {
      const remembered = records.get(key(account, client, organization))?.remembered.get(redirectUri);
      return remembered !== undefined && entries.every((entry) => remembered.has(name(entry)));
    },

    /**
     * Keeps a decision. What was shown and not ticked is taken back, wherever it was remembered; what
     * was not shown stays as it was.
     *
     * @param remember whether what is ticked need not be asked again for this redirect address
     */
    decide(account, client, organization, redirectUri, { shown, ticked, remember }) {
      const { granted, remembered } = recordOf(key(account, client, organization));
      const taken = ticked.map(name);
      const back = shown.map(name).filter((entry) => !taken.includes(entry));
      for (const set of [granted, ...remembered.values()]) back.forEach((entry) => set.delete(entry));
      taken.forEach((entry) => granted.add(entry));
      if (remember) remembered.set(redirectUri, new Set([...(remembered.get(redirectUri) ?? []), ...taken]));
    },
  };
}

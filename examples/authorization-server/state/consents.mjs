/**
 * Remembered consent, our own record: what an account granted a client, in an organization, at a
 * redirect address. It outlives the engine's grants, which a logout destroys.
 */
export function createConsents() {
  const records = new Map();
  const key = (account, client, organization = '') => JSON.stringify([account, client, organization]);
  const name = ({ scope, resource = '' }) => JSON.stringify([scope, resource]);

  return {
    /** What was granted before, as a test for one entry. */
    granted(account, client, organization) {
      const record = records.get(key(account, client, organization));
      return (entry) => record?.granted.has(name(entry)) ?? false;
    },

    /** Whether all of it was granted before, for this very redirect address. */
    covers(account, client, organization, redirectUri, entries) {
      const record = records.get(key(account, client, organization));
      return record !== undefined && record.redirectUris.has(redirectUri) && entries.every((entry) => record.granted.has(name(entry)));
    },

    /** What was shown and not ticked is forgotten; what was not shown stays as it was. */
    remember(account, client, organization, redirectUri, shown, ticked) {
      const record = records.get(key(account, client, organization)) ?? { granted: new Set(), redirectUris: new Set() };
      for (const entry of shown) record.granted.delete(name(entry));
      for (const entry of ticked) record.granted.add(name(entry));
      record.redirectUris.add(redirectUri);
      records.set(key(account, client, organization), record);
    },
  };
}

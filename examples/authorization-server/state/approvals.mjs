/**
 * What an organization's administrators were asked: whether a client may act in it, and who wants it.
 * A real server tells them, and has a page where they answer.
 */
export function createApprovals() {
  const requests = new Map();
  const key = (organization, client) => JSON.stringify([organization, client]);

  return {
    /** Notes a request; the same again changes nothing. */
    request(organization, client, account) {
      const at = key(organization, client);
      if (!requests.has(at)) requests.set(at, new Set());
      requests.get(at).add(account);
    },

    /** Who asked for a client in an organization, as account ids. */
    askedBy: (organization, client) => [...(requests.get(key(organization, client)) ?? [])],
  };
}

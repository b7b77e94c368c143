/**
 * Requests to an organization's administrators to approve a client. A real server notifies them and
 * has a page for their answer.
 */
export function createApprovals() {
  const requests = new Map();
  const key = (organization, client) => JSON.stringify([organization, client]);

  return {
    /** Records a request. Repeating it changes nothing. */
    request(organization, client, account) {
      const id = key(organization, client);
      if (!requests.has(id)) requests.set(id, new Set());
      requests.get(id).add(account);
    },

    /** The ids of the accounts that requested a client in an organization. */
    requestedBy: (organization, client) => [...(requests.get(key(organization, client)) ?? [])],
  };
}

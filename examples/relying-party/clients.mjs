// Who this application can be, and what it can ask for. A real application is one client; the demo is all four types.

/** The client types, as registered at the authorization server under the same ids in both realms. */
export const clients = [
  { id: 'third-party-public', name: 'Photo Printer', type: 'Third party, public (no secret)' },
  { id: 'third-party-confidential', name: 'Trip Planner', type: 'Third party, confidential', confidential: true },
  { id: 'first-party-public', name: 'Harbor Console', type: 'First party, public (no secret)' },
  { id: 'first-party-confidential', name: 'Harbor Billing', type: 'First party, confidential', confidential: true },
].map((client) => ({ ...client, secret: client.confidential && `demo-secret-${client.id}-not-for-production` }));

/** The two issuers: where each lives below the server's address, and this application's callback for it. */
export const realms = {
  consumer: { path: '', callback: '/callback' },
  b2b: { path: '/b2b', callback: '/b2b/callback' },
};

/** Scopes on offer beside `openid`, which every request has. */
export const scopes = [
  { name: 'profile', checked: true },
  { name: 'email', checked: true },
  { name: 'photos.read' },
  { name: 'photos.write' },
  { name: 'calendar.read' },
  { name: 'contacts.read' },
  { name: 'members.read', note: 'organizations only', realm: 'b2b' },
  { name: 'offline_access', note: 'given only with “Ask again”' },
];

/** How the answer can travel; one redirect address of this application takes all of them. */
export const responseModes = ['query', 'fragment', 'form_post', 'jwt'];

export const clientById = (id) => clients.find((client) => client.id === id);

/** The scope parameter for a realm, from the names the form sent; unknown names are left out. */
export function scopeParameter(names, realm) {
  const offered = scopes.filter((scope) => !scope.realm || scope.realm === realm);
  return ['openid', ...offered.map(({ name }) => name).filter((name) => names.includes(name))].join(' ');
}

// The clients that this application can act as, and the requests that it can make. A real
// application is one client.

/** The clients, registered at the authorization server under the same ids in both realms. */
export const clients = [
  { id: 'third-party-public', name: 'Photo Printer', type: 'Third party, public (no secret)' },
  { id: 'third-party-confidential', name: 'Trip Planner', type: 'Third party, confidential', confidential: true },
  { id: 'third-party-unverified', name: 'Postcard Club', type: 'Third party, public, not verified; needs all it asks for' },
  { id: 'first-party-public', name: 'Harbor Console', type: 'First party, public (no secret)' },
  { id: 'first-party-confidential', name: 'Harbor Billing', type: 'First party, confidential', confidential: true },
].map((client) => ({ ...client, secret: client.confidential && `demo-secret-${client.id}-not-for-production` }));

/** The two issuers: the path of each at the server, and this application's callback for it. */
export const realms = {
  consumer: { path: '', callback: '/callback' },
  b2b: { path: '/b2b', callback: '/b2b/callback' },
};

/** The scopes on offer. Every request has `openid` in addition. */
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

/** A payment: authorization details (RFC 9396) for an API of its own (RFC 8707). */
export const payment = {
  resource: 'https://payments.example/api',
  details: [{
    type: 'payment_initiation',
    instructedAmount: { currency: 'EUR', amount: '45.00' },
    creditorName: 'Photo Printer',
    creditorAccount: { iban: 'DE02100100109307118603' },
    remittanceInformationUnstructured: 'Order 20260711',
  }],
};

/** The response modes. One redirect address takes all of them. */
export const responseModes = ['query', 'fragment', 'form_post', 'jwt'];

export const clientById = (id) => clients.find((client) => client.id === id);

/** The scope parameter for a realm, from the names in the form. Unknown names are left out. */
export function scopeParameter(names, realm) {
  const offered = scopes.filter((scope) => !scope.realm || scope.realm === realm);
  return ['openid', ...offered.map(({ name }) => name).filter((name) => names.includes(name))].join(' ');
}

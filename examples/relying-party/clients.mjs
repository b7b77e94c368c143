// The clients that this application can act as, and the requests that it can make. A real
// application is one client.

/**
 * The clients, the calmest card first. `about` says what each of them shows. The first five are
 * registered at the authorization server under the same ids in both realms; `registers` has no id
 * until it registers itself, and `document` is known by the address of its metadata.
 */
export const clients = [
  { id: 'third-party-public', name: 'Photo Printer', about: 'Another company’s app, verified by the site.', best: true },
  { id: 'third-party-confidential', name: 'Trip Planner', about: 'Also verified. It keeps a secret on its server.', confidential: true },
  { id: 'first-party-public', name: 'Harbor Console', about: 'The site’s own app. You’re asked once.' },
  { id: 'first-party-confidential', name: 'Harbor Billing', about: 'The site’s own, with a secret. It skips the card.', confidential: true },
  { id: 'third-party-unverified', name: 'Postcard Club', about: 'Not verified, and it takes all or nothing.' },
  { id: 'registered', name: 'Helpful Assistant', about: 'It registered itself a moment ago, as AI tools do.', registers: { client_name: 'Helpful Assistant' } },
  { id: 'document', name: 'Tool Runner', about: 'Identified only by the address of its metadata.', document: '/client.json' },
  // The first "a" of the name is Cyrillic.
  { id: 'imitation', name: 'Imitation', about: 'Its name mixes scripts to look like another.', registers: { client_name: 'H\u0430rbor Console' } },
].map((client) => ({ ...client, secret: client.confidential && `demo-secret-${client.id}-not-for-production` }));

/** The two issuers: the path of each at the server, and this application's callback for it. */
export const realms = {
  consumer: { path: '', callback: '/callback' },
  b2b: { path: '/b2b', callback: '/b2b/callback' },
};

/** The scopes on offer. Every request has `openid` in addition. */
export const scopes = [
  { name: 'profile', checked: true, note: 'your name' },
  { name: 'email', checked: true, note: 'your email address' },
  { name: 'photos.read', checked: true, note: 'see your photos' },
  { name: 'photos.write', note: 'add and delete them' },
  { name: 'calendar.read', note: 'see your calendar' },
  { name: 'contacts.read', note: 'see your contacts' },
  { name: 'members.read', note: 'organizations only', realm: 'b2b' },
  { name: 'offline_access', note: 'only with “Ask again”' },
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

/** The metadata of a client that registers itself, or whose id is the address of this document. */
export const publicMetadata = (url) => ({
  redirect_uris: Object.values(realms).map(({ callback }) => url + callback),
  post_logout_redirect_uris: [`${url}/signed-out`],
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
});

// Two projects at Stytch, one of each kind. Plain data, so that a test can change it before it
// starts.

const scopes = [
  { scope: 'photos.read', description: 'See your photos' },
  { scope: 'photos.write', description: 'Add and delete your photos' },
  { scope: 'calendar.read', description: 'See your calendar' },
  { scope: 'contacts.read', description: 'See your contacts' },
  { scope: 'members.read', description: 'See the members of your organization' },
  { scope: 'notes.read', description: '' },
];

const clients = (addresses) => [
  { client_id: 'third-party-public', client_name: 'Photo Printer', client_type: 'third_party_public' },
  { client_id: 'third-party-confidential', client_name: 'Trip Planner', client_type: 'third_party', secret: true },
  { client_id: 'third-party-unverified', client_name: 'Postcard Club', client_type: 'third_party_public' },
  { client_id: 'first-party-public', client_name: 'Harbor Console', client_type: 'first_party_public', full_access_allowed: true },
  { client_id: 'first-party-confidential', client_name: 'Harbor Billing', client_type: 'first_party', secret: true },
].map((client) => ({
  client_description: `${client.client_name} by Example Ltd.`,
  redirect_urls: [...addresses.redirect, 'app.countersign.client://cb'],
  post_logout_redirect_urls: addresses.logout,
  logo_url: '',
  ...client,
  secret: client.secret && `demo-secret-${client.client_id}-not-for-production`,
}));

const policies = (resource) => scopes.map((scope) => ({ ...scope, permissions: [{ resource_id: resource, actions: ['read'] }] }));

/** Profiles for trusted auth tokens (HS256, so that tests can sign them). */
const profiles = () => [{
  profile_id: 'trusted-auth-token-profile-test-1',
  issuer: 'https://auth.example',
  audience: 'countersign',
  secret: 'a secret that only tests know, thirty-two bytes long',
}];

const everything = ['openid', 'email', 'profile', 'phone', 'offline_access', 'full_access'];

/** The consumer project. */
export const consumerProject = (addresses) => ({
  realm: 'consumer',
  publicTokens: ['public-token-test-11111111-1111-4111-8111-111111111111', 'public-token-live-11111111-1111-4111-8111-111111111111'],
  name: 'Harbor',
  policy: policies('photos'),
  clients: clients(addresses),
  profiles: profiles(),
  builtIn: everything,
  people: [
    { id: 'user-test-ada', first: 'Ada', last: 'Lovelace', email: 'ada@example.com', withheld: [] },
    { id: 'user-test-grace', first: 'Grace', last: 'Hopper', email: 'grace@example.com', withheld: ['photos.write', 'notes.read'] },
  ],
});

const acme = { organization_id: 'organization-test-acme', organization_name: 'Acme', organization_slug: 'acme', organization_logo_url: '' };
const globex = { organization_id: 'organization-test-globex', organization_name: 'Globex', organization_slug: 'globex', organization_logo_url: '' };

/** The B2B project. */
export const b2bProject = (addresses) => ({
  realm: 'b2b',
  publicTokens: ['public-token-test-22222222-2222-4222-8222-222222222222', 'public-token-live-22222222-2222-4222-8222-222222222222'],
  name: 'Harbor Teams',
  policy: policies('photos'),
  clients: clients(addresses),
  profiles: profiles(),
  builtIn: everything,
  organizations: [acme, globex],
  people: [
    { id: 'member-test-ada', first: 'Ada', last: 'Lovelace', email: 'ada@example.com', organization: acme.organization_id, withheld: [] },
    { id: 'member-test-ada-globex', first: 'Ada', last: 'Lovelace', email: 'ada@example.com', organization: globex.organization_id, withheld: [] },
    { id: 'member-test-grace', first: 'Grace', last: 'Hopper', email: 'grace@example.com', organization: globex.organization_id, withheld: ['photos.write', 'notes.read'] },
  ],
});

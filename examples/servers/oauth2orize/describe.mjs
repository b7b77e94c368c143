// The site's own words about clients and scopes.
const TEXTS = { profile: { title: 'See your name' }, email: { title: 'See your email address' }, 'photos.read': { title: 'See your photos', required: true, reason: 'Without them there is nothing to print.' } };

export const SCOPES = Object.keys(TEXTS);

export const describe = {
  site_name: 'Harbor',
  // Without a word here, a client is a third party that nobody has verified.
  client: ({ client_id: id }) => (id === 'third-party-public' ? { verified: true, registration: 'managed' } : {}),
  scope: ({ scope }) => TEXTS[scope] ?? null,
};

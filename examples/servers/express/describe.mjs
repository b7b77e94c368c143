// The site's own words about clients and scopes.
const TEXTS = {
  openid: { title: 'Know who you are', required: true },
  profile: { title: 'See your name' },
  email: { title: 'See your email address' },
  offline_access: { title: 'Stay connected when you’re away', description: 'Until you remove the app.' },
  'photos.read': { title: 'See your photos' },
};

export const SCOPES = Object.keys(TEXTS);

export const describe = {
  site_name: 'Harbor',
  // Without a word here, a client is a third party that nobody has verified.
  client: ({ client_id: id }) => (id === 'third-party-public' ? { verified: true, registration: 'managed' } : {}),
  scope: ({ scope }) => TEXTS[scope] ?? null,
};

// What is asked in every load: the same client, account and scopes of the countersign API as of Stytch's.
export const REDIRECT = 'https://client.example/cb';

export const QUERY = new URLSearchParams({
  client_id: 'third-party-public', redirect_uri: REDIRECT, response_type: 'code', scope: 'openid email profile', state: 's',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
});

/** The answer of the countersign API. */
export const CONSENT = () => ({
  outcome: 'consent',
  transaction: 'T1',
  version: 'V1',
  expires_at: Math.floor(Date.now() / 1000) + 600,
  client: { client_id: 'third-party-public', name: 'Photo Printer', party: 'third', registration: 'managed', verified: true, native: false },
  account: { sub: 'ada', name: 'Ada Lovelace', email: 'ada@example.com' },
  organizations: [],
  scopes: ['openid', 'email', 'profile'].map((scope) => ({ scope, grantable: true, required: scope === 'openid', granted: false, sensitive: false })),
  resources: [],
  authorization_details: [],
  redirect_uri: REDIRECT,
  can_narrow: false,
  remember: false,
});

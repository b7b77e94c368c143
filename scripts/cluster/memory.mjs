// The engine and the words of the host in Rust (`server/rust/host`), for the kit in TypeScript: a card of one is that of the other.
// Its codes are for nobody: no client redeems them.
import { randomBytes, randomUUID } from 'node:crypto';

export const CALLBACK = 'https://photo-printer.example/callback';
/** The query of a new request: its challenge is its own, as that of each request of a client (RFC 7636 section 7.1). */
export const newQuery = () => new URLSearchParams({
  client_id: 'photo-printer', redirect_uri: CALLBACK, response_type: 'code', scope: 'profile email photos.read photos.write', state: 's',
  code_challenge: randomBytes(32).toString('base64url'), code_challenge_method: 'S256',
}).toString();

/** @param {string} issuer */
export const memoryEngine = (issuer) => ({
  name: 'memory',
  narrows: true,
  remembers: 'choice',
  issuer,
  async open(query, { account }) {
    const asked = new URLSearchParams(query);
    if (asked.get('client_id') !== 'photo-printer' || asked.get('redirect_uri') !== CALLBACK) return { kind: 'refused', error: 'invalid_client' };
    const scopes = asked.get('scope').split(' ');
    const resume = { client_id: 'photo-printer', redirect_uri: CALLBACK, state: asked.get('state'), code_challenge: asked.get('code_challenge'), scopes };
    if (account === null) return { kind: 'login', reason: 'no_session', resume };
    return { kind: 'ask', client: { client_id: 'photo-printer', client_name: 'Photo Printer' }, scopes: scopes.map((scope) => ({ scope })), redirect_uri: CALLBACK, resume };
  },
  allow: async ({ state }) => ({ to: `${CALLBACK}?${new URLSearchParams({ code: randomUUID(), state, iss: issuer })}` }),
  deny: async ({ state }) => ({ to: `${CALLBACK}?${new URLSearchParams({ error: 'access_denied', state, iss: issuer })}` }),
});

const WORDS = {
  profile: { title: 'See your name', required: true },
  email: { title: 'See your address' },
  'photos.read': { title: 'See your photos' },
  'photos.write': { title: 'Change your photos', implies: ['photos.read'] },
};

export const describe = {
  site_name: 'Harbor',
  client: () => ({ verified: true }),
  scope: ({ scope }) => WORDS[scope] ?? null,
  registrable_domain: (host) => host.split('.').slice(-2).join('.'),
};

// Sessions. A login by the team's backend or a trusted token starts them; the page checks and ends
// them.
import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { Refusal } from './shapes.mjs';

const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const iso = (seconds) => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');

/** Sessions by token. `now` answers seconds since the Unix epoch. */
export class Sessions {
  #byToken = new Map();

  constructor(now) {
    this.now = now;
  }

  /** Starts a session; `at` is the time of the person's authentication. */
  open(project, person, { minutes = 60, at = this.now() } = {}) {
    const id = `${project.realm === 'b2b' ? 'member-' : ''}session-test-${randomUUID()}`;
    const session = {
      project,
      person,
      token: randomBytes(24).toString('base64url'),
      jwt: ['e30', part({ sub: person.id, jti: randomUUID(), 'https://stytch.com/session': { id } }), 'c2ln'].join('.'),
      id,
      startedAt: at,
      authenticatedAt: at,
      expiresAt: this.now() + minutes * 60,
    };
    this.#byToken.set(session.token, session);
    return session;
  }

  /** The session of a token, if it belongs to the project and has not expired. */
  live(token, project) {
    const session = this.#byToken.get(token);
    return session && session.project === project && session.expiresAt > this.now() ? session : undefined;
  }

  end(session) {
    this.#byToken.delete(session.token);
  }

  /** The answer of authenticate and attest. `readable`: whether scripts may see the tokens. */
  describe(session, readable) {
    const { project, person } = session;
    const times = {
      started_at: iso(session.startedAt),
      last_accessed_at: iso(this.now()),
      expires_at: iso(session.expiresAt),
      authentication_factors: [{ type: 'magic_link', delivery_method: 'email', last_authenticated_at: iso(session.authenticatedAt) }],
      attributes: { ip_address: '', user_agent: '' },
      custom_claims: null,
    };
    const tokens = readable ? { session_token: session.token, session_jwt: session.jwt } : { session_token: '', session_jwt: '' };
    if (project.realm === 'consumer') return { session: { session_id: session.id, user_id: person.id, ...times }, user: user(person), ...tokens };
    const organization = project.organizations.find(({ organization_id }) => organization_id === person.organization);
    const of = { member_id: person.id, organization_id: organization.organization_id };
    return { member_session: { member_session_id: session.id, ...of, roles: [], ...times }, member: member(person), organization, ...tokens };
  }
}

/** The user of a consumer project. */
export const user = (person) => ({
  user_id: person.id,
  name: { first_name: person.first, middle_name: '', last_name: person.last },
  emails: [{ email: person.email, email_id: `email-${person.id}`, verified: true }],
  phone_numbers: [],
  status: 'active',
  roles: [],
  created_at: '2026-01-01T00:00:00Z',
});

const member = (person) => ({
  member_id: person.id,
  organization_id: person.organization,
  name: `${person.first} ${person.last}`,
  email_address: person.email,
  email_address_verified: true,
  status: 'active',
  roles: [],
});

const signature = (text, secret) => createHmac('sha256', secret).update(text).digest();

/** A trusted auth token, signed as by the team's other auth system. */
export function trustedToken(profile, claims, now = Math.floor(Date.now() / 1000)) {
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: profile.issuer, aud: profile.audience, iat: now, exp: now + 3600, ...claims })}`;
  return `${text}.${signature(text, profile.secret).toString('base64url')}`;
}

/** The claims of a trusted auth token after checking it against its profile. */
export function checkTrusted(project, { token, profile_id }, now) {
  const profile = project.profiles.find((one) => one.profile_id === profile_id);
  if (!profile) throw new Refusal(404, 'trusted_token_profile_not_found');
  const refuse = () => new Refusal(401, 'invalid_trusted_auth_token', 'The trusted auth token is invalid.');
  const [head, body, sign] = token.split('.');
  const given = Buffer.from(sign ?? '', 'base64url');
  const right = signature(`${head}.${body}`, profile.secret);
  if (given.length !== right.length || !timingSafeEqual(given, right)) throw refuse();
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8'));
  if (claims.iss !== profile.issuer || claims.aud !== profile.audience || !(claims.exp > now)) throw refuse();
  return claims;
}

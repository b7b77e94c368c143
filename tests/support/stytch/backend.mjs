// The one call of Stytch's backend API that a team's backend makes here: sign in with a password.
const PASSWORD = 'demo';

const json = (status, body) => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const refused = (status, error_type) => json(status, { status_code: status, request_id: 'request-id-test-backend', error_type, error_message: error_type, error_url: '' });

/** The credentials of the team's backend (project id and secret), for the demo only. */
export const backendCredentials = (realm) => [`project-test-${realm}`, `secret-test-${realm}-not-for-production`];

/** Whose address and password these are. */
export const personWith = (project, { email, password, organization_id }) => (
  password === PASSWORD ? project.people.find((one) => one.email === email && (!organization_id || one.organization === organization_id)) : undefined
);

/**
 * `POST /v1/passwords/authenticate` and its B2B twin: `{ email, password, organization_id?,
 * session_duration_minutes? }`.
 */
export function passwords(standIn, realm, { headers, body }) {
  const expected = `Basic ${Buffer.from(backendCredentials(realm).join(':')).toString('base64')}`;
  if (headers.authorization !== expected) return refused(401, 'unauthorized_credentials');
  const { email, password, organization_id, session_duration_minutes } = JSON.parse(body);
  const project = standIn.projects[realm];
  const person = personWith(project, { email, password, organization_id });
  if (!person) return refused(401, 'unauthorized_credentials');
  const session = standIn.sessions.open(project, person, { minutes: session_duration_minutes });
  return json(200, { ...standIn.sessions.describe(session, true), request_id: 'request-id-test-backend', status_code: 200 });
}

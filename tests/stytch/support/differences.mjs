// Where ours differs from the original, each with its reason. Whatever is not listed here must be the same.
//
// `apply` turns the record of theirs (`{ calls, end, cookies }`) into what ours has to be. A scenario names the differences that
// apply to it, in order; one that is named and changes nothing fails, like one that happens and is not named.

const every = (change) => (record) => ({ ...record, calls: record.calls.map(change) });
const withoutAll = (path) => (record) => ({ ...record, calls: record.calls.filter((call) => !call.path.includes(path)) });
const ending = (end) => (record) => ({ ...record, end });

function without(path) {
  return (record) => {
    const place = record.calls.findIndex((call) => call.path.endsWith(path));
    return { ...record, calls: record.calls.filter((_, index) => index !== place) };
  };
}

/** Without what was called on a path before the token's exchange. */
const beforeToken = (path) => (record) => {
  const exchange = record.calls.findIndex((call) => call.path.endsWith('sessions/attest'));
  return { ...record, calls: record.calls.filter((call, index) => index > exchange || !call.path.endsWith(path)) };
};

/** The start that ours has sent already when the session check fails. */
const withStart = (auth) => (record, { startPath, request }) => ({
  ...record,
  calls: [...record.calls, { method: 'POST', path: startPath, auth, body: request }],
});

const clearing = (record) => ({ ...record, cookies: {} });

export const differences = {
  'no bootstrap': {
    reason: 'Consent does not need the project’s settings: its texts come with the answers, and one call less is one wait less.',
    apply: withoutAll('/projects/bootstrap/'),
  },
  'login hand-off': {
    reason: 'Where nobody is signed in, the original shows an error and stops. Ours goes to the login page and comes back.',
    apply: ending('login'),
  },
  'start beside the check, by cookies': {
    reason: 'A session in HttpOnly cookies cannot be seen, so start leaves together with the session check, and its 401 is the login answer. The original waits for the check.',
    apply: withStart('public'),
  },
  'start beside the check, by token': {
    reason: 'The same with a token that turns out to be over, or whose check fails: start has left already.',
    apply: withStart('session'),
  },
  'no start for the old session before a token': {
    reason: 'With a trusted token, the original asks about the request under the session that it is about to end. Ours exchanges the token first.',
    apply: beforeToken('oauth/authorize/start'),
  },
  'the session before a token is ended': {
    reason: 'With a token, the original ends only a session that it remembers from an earlier visit. Ours asks whether there is one, ends it, and in B2B keeps its organization, as the original does then.',
    apply: endedFirst,
  },
  'a token counts when it comes': {
    reason: 'The original takes a token only at its first render. Ours waits for one that is announced, and exchanges it.',
    apply: (record, { withToken }) => withToken(record),
  },
  'a token counts though the old session cannot be ended': {
    reason: 'Where ending the old session fails, the original stays behind its spinner. In ours the new session takes the place of the old one.',
    apply: (record, { withToken }) => withToken(record),
  },
  'a bad request needs no session': {
    reason: 'A request without a client or an address can never be answered, whoever is signed in: ours says so without asking.',
    apply: withoutAll('sessions/authenticate'),
  },
  'repeated client or address': {
    reason: 'A request with two clients or two addresses is refused (RFC 6749 section 3.1): the original takes the first, another reader may take the second.',
    apply: (record) => ({ ...record, calls: [], end: 'stays' }),
  },
  'an empty resource is none': {
    reason: 'An empty parameter counts as absent (RFC 6749 section 3.1); the original sends it as a target.',
    apply: every(withoutEmptyResources),
  },
  'silent requests end at the client': {
    reason: 'The same: the client gets its answer, and the user is not left on a page.',
    apply: (record, { silent }) => silent(record),
  },
  'asked to sign in again': {
    reason: 'prompt=login, prompt=select_account and max_age want the login page first. The original ignores them.',
    apply: ending('login'),
  },
  'dangerous addresses are not opened': {
    reason: 'The original opens whatever address it gets. Ours opens https, http on this device and registered app schemes.',
    apply: ending('stays'),
  },
  'an answer leads where the card said': {
    reason: 'The original opens whatever address a decision is answered with. Ours opens none but the host that was on the card, the page’s and the API’s own.',
    apply: ending('stays'),
  },
  'a dangerous address gets no decision': {
    reason: 'Ours checks the address before Allow is offered, so that no code is made for one it would refuse.',
    apply: without('authorize/submit'),
  },
  'no address is no way': {
    reason: 'Where an answer has no address, the original opens a page named “undefined”. Ours says that it failed, and stays.',
    apply: ending('stays'),
  },
  'one sign-out': {
    reason: 'A second press on Yes ends the session twice in the original. Ours ends it once.',
    apply: without('sessions/revoke'),
  },
  'a session that is over is cleared': {
    reason: 'The original keeps the cookies of a session that start or submit calls over, and offers the same dead session again. Ours clears them, as the original does after a session check.',
    apply: clearing,
  },
};

function endedFirst(record) {
  const [check, attest, ...rest] = record.calls;
  const organization = check.path.startsWith('/b2b/') ? { organization_id: 'organization-test-acme' } : {};
  const revoke = { method: 'POST', path: check.path.replace('authenticate', 'revoke'), auth: check.auth };
  const exchange = { ...attest, auth: 'public', body: { ...attest.body, ...organization } };
  return { ...record, calls: [check, revoke, exchange, ...rest] };
}

function withoutEmptyResources(call) {
  if (!call.body?.resources) return call;
  const { resources, ...body } = call.body;
  const left = resources.filter(Boolean);
  return { ...call, body: left.length ? { ...body, resources: left } : body };
}

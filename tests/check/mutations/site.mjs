/** For each check of the profiles logout and page, a fault of a server that it, and no other of its profile, must find. */
import { START, answering, changing, fault, isSignedIn, pages, statuses } from './tools.mjs';

const ASK = 'logout/start';
const ANSWER = 'logout/submit';
const signedOut = (answer) => answering(answer, 200, { outcome: 'signed_out' });
const isOpener = (call, memory) => memory.question(call.json.logout).browser === memory.browserOf(call);
const isParallel = (call, memory) => memory.question(call.json.logout).parallel === true;
const withCookies = (answer, lines) => ({ ...answer, headers: { ...answer.headers, 'set-cookie': lines } });
const signingIn = (call) => ({
  ...call, url: '/account/login', name: undefined, body: Buffer.from('{"email":"ada@example.com","password":"demo"}'),
});

/** The decision that a 409 does not name. */
const otherOf = ({ json }) => (json.decision === 'stay' ? 'sign_out' : 'stay');

export const logout = {
  'logout.asked': changing(ASK, 'confirm', (answer) => { answer.account.sub = 'somebody-else'; }),
  // After `stay` the session has ended all the same.
  'logout.stay': statuses(ANSWER, 200, (answer, call) => (call.json.decision === 'stay' ? withCookies(answer, ['countersign_login=; Path=/; Max-Age=0']) : undefined)),
  'logout.sign-out': statuses(ANSWER, 200, async (answer, call, memory, forward) => {
    if (call.json.decision !== 'sign_out') return undefined;
    const { headers } = await forward(signingIn(call));
    return withCookies(answer, headers['set-cookie']);
  }),
  'logout.repeat': statuses(ANSWER, 200, (answer, call, memory) => {
    const one = memory.question(call.json.logout);
    if (one.decided && !one.parallel) return fault(answer, 409, 'already_answered', { decision: call.json.decision });
    one.decided = true;
    return undefined;
  }),
  'logout.second-decision': statuses(ANSWER, 409, (answer) => ({ ...answer, json: { ...answer.json, decision: otherOf(answer) } })),
  'logout.race': statuses(ANSWER, 409, (answer, call, memory) => (isParallel(call, memory) ? answering(answer, 200, { outcome: 'stayed' }) : undefined)),
  'logout.other-browser': statuses(ANSWER, 410, (answer, call, memory) => (isOpener(call, memory) ? undefined : signedOut(answer))),
  'logout.other-account': statuses(ANSWER, 410, (answer, call, memory) => (isOpener(call, memory) ? signedOut(answer) : undefined)),
  'logout.nobody': statuses(ASK, 200, (answer, call) => (
    isSignedIn(call) ? undefined : answering(answer, 200, { outcome: 'error', error: 'no_session', request_id: answer.headers['x-request-id'] })
  )),
  'logout.unchecked-address': statuses(ANSWER, 200, (answer, call, memory) => {
    const wanted = new URLSearchParams(memory.question(call.json.logout).query).get('post_logout_redirect_uri');
    return wanted && answer.json.outcome === 'signed_out' ? answering(answer, 200, { outcome: 'redirect', redirect_uri: wanted }) : undefined;
  }),
  'logout.bad-hint': statuses(ASK, 200, (answer, call) => (/id_token_hint=[^&]*\.(&|$)/.test(call.json.query) ? signedOut(answer) : undefined)),
  'logout.hint': changing(ASK, 'redirect', (answer) => { answer.redirect_uri = answer.redirect_uri.split('?')[0]; }),
  'logout.answers': changing(ASK, 'confirm', (answer) => { answer.more = true; }),
};

const withHeader = (name, value) => pages('GET', (answer) => (answer.status === 200 ? { ...answer, headers: { ...answer.headers, [name]: value } } : undefined));
const isSilent = (query) => query.get('prompt') === 'none';

export const page = {
  'page.html': withHeader('content-type', 'text/plain'),
  'page.files': pages('GET', (answer) => (answer.status === 200 ? { ...answer, body: Buffer.from('<!doctype html><title>countersign</title>') } : undefined)),
  'page.endpoint': {
    answer: (answer, { url }) => (url.includes('/.well-known/') && answer.json ? { ...answer, json: { ...answer.json, authorization_endpoint: `${answer.json.authorization_endpoint}/old` } } : undefined),
  },
  'page.framing': pages('GET', (answer) => {
    const { 'x-frame-options': dropped, ...headers } = answer.headers;
    return { ...answer, headers };
  }),
  'page.policy': pages('GET', (answer) => ({
    ...answer, headers: { ...answer.headers, 'content-security-policy': answer.headers['content-security-policy'].replace("script-src 'self'", "script-src 'self' 'unsafe-inline'") },
  })),
  'page.headers': withHeader('referrer-policy', 'origin'),
  'page.opener': withHeader('cross-origin-opener-policy', 'same-origin'),
  'page.cookies': {
    answer: (answer) => (answer.headers['set-cookie'] ? withCookies(answer, answer.headers['set-cookie'].map((line) => line.replace(/; HttpOnly/i, ''))) : undefined),
  },
  'page.silent': pages('GET', (answer) => (answer.status === 303 ? { ...answer, headers: { ...answer.headers, location: answer.headers.location.replace('login_required', 'interaction_required') } } : undefined)),
  'page.silent-signed-in': pages('GET', (answer, query, call) => (isSilent(query) && isSignedIn(call) ? { ...answer, status: 200 } : undefined)),
  'page.silent-nowhere': pages('GET', (answer, query) => (
    isSilent(query) && answer.status === 400 ? { ...answer, status: 303, headers: { ...answer.headers, location: `${query.get('redirect_uri')}?error=invalid_request` } } : undefined
  )),
  'page.post': pages('POST', (answer) => ({ ...answer, status: 302 })),
  'page.post-resume': statuses(START, 410, (answer, call, memory, forward) => (
    forward({ ...call, headers: { ...call.headers, cookie: memory.of(call.json.transaction).cookie } })
  )),
  'page.head': pages('HEAD', async (answer, query, call, memory, forward) => {
    const body = Buffer.from(JSON.stringify({ realm: 'consumer', transaction: query.get('transaction') }));
    const { host, cookie } = call.headers;
    await forward({ method: 'POST', url: '/countersign/authorize/start', body, headers: { host, cookie, origin: `http://${host}`, 'x-countersign': '1', 'content-type': 'application/json' } });
  }),
  'page.answers': changing(START, 'consent', (answer) => { answer.more = true; }),
};

// A stand-in for Stytch's frontend API: strict about every call, with Stytch's own shapes of
// answers and errors.
//
// It implements what Stytch documents and what its SDK does, and refuses the rest. `handle` works
// without a socket; listen.mjs opens one.
import { EventEmitter, once } from 'node:events';
import { logoutStart, start, submit } from './authorize.mjs';
import { personWith } from './backend.mjs';
import { basic, caller, cors, preflight } from './callers.mjs';
import { b2bProject, consumerProject } from './fixtures.mjs';
import { oauth } from './oauth.mjs';
import { checkBody, schemas } from './schemas.mjs';
import { checkTrusted, Sessions } from './sessions.mjs';
import { errorAnswer, failure, Misuse, Refusal, success } from './shapes.mjs';

const SDK = '/sdk/v1';

/** The realm and operation of each path. */
const routes = {
  'POST /sessions/authenticate': ['consumer', 'authenticate'],
  'POST /b2b/sessions/authenticate': ['b2b', 'authenticate'],
  'POST /sessions/attest': ['consumer', 'attest'],
  'POST /b2b/sessions/attest': ['b2b', 'attest'],
  'POST /sessions/revoke': ['consumer', 'revoke'],
  'POST /b2b/sessions/revoke': ['b2b', 'revoke'],
  'POST /passwords/authenticate': ['consumer', 'password'],
  'POST /b2b/passwords/authenticate': ['b2b', 'password'],
  'POST /idp/oauth/authorize/start': ['consumer', 'start'],
  'POST /idp/b2b/oauth/authorize/start': ['b2b', 'start'],
  'POST /idp/oauth/authorize/submit': ['consumer', 'submit'],
  'POST /idp/b2b/oauth/authorize/submit': ['b2b', 'submit'],
  'POST /oauth/logout/start': ['consumer', 'logout'],
  'POST /b2b/oauth/logout/start': ['b2b', 'logout'],
};

const nothing = { status: 0, headers: {}, body: '' };

class StandIn extends EventEmitter {
  constructor({ origins, addresses, projects, authorizationUrls, now }) {
    super();
    this.origins = origins;
    this.now = now;
    this.projects = projects ?? { consumer: consumerProject(addresses), b2b: b2bProject(addresses) };
    for (const project of Object.values(this.projects)) project.httpOnlyCookie ??= 'stytch_session';
    this.authorizationUrls = authorizationUrls;
    this.sessions = new Sessions(now);
    this.grants = new Map();
    this.codes = new Map();
    this.idTokens = new Map();
    /** All calls except preflights and telemetry, in the order of arrival. */
    this.calls = [];
    /** Calls that no correct page makes. */
    this.misuses = [];
    this.telemetry = 0;
    this.script = new Map();
    this.edits = new Map();
    this.held = new Map();
    this.oauth = oauth(this);
  }

  /**
   * Signs somebody in as the team's backend does. Answers the session and the cookies for the
   * browser.
   */
  signIn(realm, email, { organization, httpOnly = false, ...more } = {}) {
    const project = this.projects[realm];
    const person = project.people.find((one) => one.email === email && (!organization || one.organization === organization));
    const session = this.sessions.open(project, person, more);
    return { session, cookies: this.cookies(session, httpOnly) };
  }

  cookies(session, httpOnly) {
    const names = [[session.project.httpOnlyCookie, session.token], [`${session.project.httpOnlyCookie}_jwt`, session.jwt]];
    return names.map(([name, value]) => ({ name, value, httpOnly, secure: true, sameSite: 'Lax', path: '/' }));
  }

  /**
   * Answers the next calls whose path ends with `path` with an error, cuts the connection (`drop`)
   * or never answers (`never`).
   */
  fail(path, answer, times = Infinity) {
    this.script.set(path, { answer, times });
  }

  /** Changes the data of a success before it is sent. */
  edit(path, change) {
    this.edits.set(path, change);
  }

  /** Holds the answers of a path until the returned function is called. */
  hold(path) {
    const { promise, resolve } = Promise.withResolvers?.() ?? withResolvers();
    this.held.set(path, promise);
    return () => { this.held.delete(path); resolve(); };
  }

  /** Resolves to the next call whose path ends with `path`. */
  arrived(path) {
    return this.#next('call', path);
  }

  /** Resolves to the next call whose path ends with `path`, once it is answered. */
  answered(path) {
    return this.#next('answer', path);
  }

  async #next(event, path) {
    for (;;) {
      const [call] = await once(this, event);
      if (call.path.endsWith(path)) return call;
    }
  }

  /**
   * Answers a request `{ method, url, headers, body }` with `{ status, headers, body }`; status 0
   * means no answer.
   */
  async handle(request) {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(`${SDK}/`)) return this.oauth(request);
    if (request.method === 'OPTIONS') return preflight(this.origins, request);
    if (pathname === `${SDK}/events`) {
      this.telemetry += 1;
      return { status: 200, headers: { 'content-type': 'application/json', ...cors(this.origins, request) }, body: '{"data":{}}' };
    }
    const path = pathname.slice(SDK.length);
    const call = { method: request.method, path, basic: basic(request.headers), body: parsed(request.body) };
    this.calls.push(call);
    this.emit('call', call);
    const answer = await this.#answer(path, call, request);
    call.status = answer.status;
    this.emit('answer', call);
    if (answer.status === 0) return answer;
    return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store', ...cors(this.origins, request) } };
  }

  async #answer(path, call, request) {
    let answer;
    try {
      answer = this.#carryOut(path, call, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error instanceof Misuse) this.misuses.push(`${call.method} ${path}: ${error.message}`);
      answer = failure(error);
    }
    const held = [...this.held].find(([end]) => path.endsWith(end));
    if (held) await held[1];
    return answer;
  }

  #carryOut(path, call, request) {
    if (call.method === 'GET' && path.startsWith('/projects/bootstrap/')) {
      this.#scripted(path);
      return this.#bootstrap(path, request);
    }
    const [realm, what] = routes[`${call.method} ${path}`] ?? [];
    if (!what) throw new Misuse(404, 'route_not_found', 'The requested route does not exist.');
    const who = caller(this, request, realm);
    checkBody(schemas[what]?.[realm] ?? schemas[what], call.body);
    const scripted = this.#scripted(path);
    if (scripted) return scripted;
    const [data, headers] = this.#data(what, who, call.body);
    const change = [...this.edits].find(([end]) => path.endsWith(end));
    change?.[1](data);
    const answer = success(data);
    return { ...answer, headers: { ...answer.headers, ...headers } };
  }

  #scripted(path) {
    const [, script] = [...this.script].find(([end]) => path.endsWith(end)) ?? [];
    if (!script || script.times <= 0) return undefined;
    script.times -= 1;
    if (script.answer === 'drop') return nothing;
    return script.answer === 'never' ? { ...nothing, never: true } : errorAnswer(script.answer);
  }

  #data(what, who, body) {
    switch (what) {
      case 'start': return [start(this, who, body)];
      case 'submit': return [submit(this, who, body)];
      case 'logout': return [logoutStart(this, who, body)];
      case 'attest': return this.#attest(who, body);
      case 'password': return [this.#signedIn(who, body)];
      default: return this.#session(what, who);
    }
  }

  #session(what, { project, session }) {
    if (!session) throw new Refusal(404, 'session_not_found', 'Session could not be found.');
    if (what === 'authenticate') return [this.sessions.describe(session, !project.httpOnly)];
    this.sessions.end(session);
    return [{}, project.httpOnly ? { 'set-cookie': this.cookies(session, true).map(({ name }) => `${name}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`) } : {}];
  }

  /** A login page with Stytch's SDK. */
  #signedIn({ project }, { email, email_address = email, password, organization_id, session_duration_minutes: minutes }) {
    const person = personWith(project, { email: email_address, password, organization_id });
    if (!person) throw new Refusal(401, 'unauthorized_credentials', 'Unauthorized credentials.');
    return { ...this.sessions.describe(this.sessions.open(project, person, { minutes }), !project.httpOnly), user_id: person.id, method_id: `password-${person.id}` };
  }

  #attest({ project, kind }, body) {
    const claims = checkTrusted(project, body, this.now());
    const fits = (one) => one.email === claims.email && (!body.organization_id || one.organization === body.organization_id);
    const person = project.people.find(fits);
    if (!person) throw new Refusal(404, 'trusted_token_profile_invalid_request', 'Nobody has this address.');
    const session = this.sessions.open(project, person, { minutes: body.session_duration_minutes });
    const hidden = project.httpOnly && kind === 'own';
    const set = this.cookies(session, true).map(({ name, value }) => `${name}=${value}; Path=/; HttpOnly; Secure; SameSite=Lax`);
    return [this.sessions.describe(session, !hidden), hidden ? { 'set-cookie': set } : {}];
  }

  #bootstrap(path, request) {
    const { project } = caller(this, request);
    if (!project.publicTokens.some((token) => path.endsWith(`/${token}`))) throw new Misuse(400, 'bad_request', 'Another project');
    const [, script] = [...this.script].find(([end]) => path.endsWith(end)) ?? [];
    if (script?.times > 0) return errorAnswer(script.answer);
    return success({
      project_name: project.name, disable_sdk_watermark: true, cname_domain: null, email_domains: [], captcha_settings: { enabled: false },
      pkce_required_for_email_magic_links: false, pkce_required_for_password_resets: false, pkce_required_for_oauth: false, pkce_required_for_sso: false,
      slug_pattern: null, create_organization_enabled: false, password_config: null, siwe_required_for_crypto_wallets: false,
      rbac_policy: project.withoutPolicy ? null : { roles: [], resources: [], scopes: project.policy },
      vertical: project.realm === 'b2b' ? 'B2B' : 'CONSUMER',
    });
  }
}

function withResolvers() {
  let resolve;
  const promise = new Promise((settle) => { resolve = settle; });
  return { promise, resolve };
}

function parsed(body) {
  if (!body) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/**
 * A stand-in with both projects. `origins` may call it; `addresses` (`{ redirect: [], logout: []
 * }`) are the clients' registered addresses; `authorizationUrls` (`{ consumer, b2b }`) are the ones
 * in the metadata.
 */
export function createStandIn({ origins, addresses, projects, authorizationUrls = {}, now = () => Math.floor(Date.now() / 1000) }) {
  return new StandIn({ origins, addresses, projects, authorizationUrls, now });
}

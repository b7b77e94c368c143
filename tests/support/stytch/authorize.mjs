// authorize/start, authorize/submit and logout/start.
import { createHash, randomBytes } from 'node:crypto';
import { Refusal } from './shapes.mjs';
import { user } from './sessions.mjs';

const PROMPTS = ['none', 'login', 'consent', 'select_account'];

function clientOf(project, id) {
  const client = project.clients.find(({ client_id }) => client_id === id);
  if (!client) throw new Refusal(404, 'connected_app_not_found', 'The Connected App could not be found.');
  return client;
}

function checkScopes(project, client, scopes) {
  const known = [...project.builtIn, ...project.policy.map(({ scope }) => scope)];
  const wrong = scopes.find((scope) => !known.includes(scope) || (scope === 'full_access' && !client.full_access_allowed));
  if (wrong) throw new Refusal(400, 'oauth_invalid_scope_requested', `The scope ${wrong} is not valid.`);
}

function checkPrompt(prompt) {
  const prompts = (prompt ?? '').split(' ').filter(Boolean);
  if (prompts.includes('none') && prompts.length > 1) throw new Refusal(400, 'oidc_prompt_none_must_be_exclusive');
  if (prompts.some((one) => !PROMPTS.includes(one))) throw new Refusal(400, 'invalid_prompt', 'The prompt is not supported.');
  return prompts;
}

/** Validates an authorization request, and answers client, person and scopes. */
function validate(standIn, { project, session }, body) {
  if (!session) throw new Refusal(401, 'user_unauthenticated', 'Nobody is signed in.');
  const client = clientOf(project, body.client_id);
  if (!client.redirect_urls.includes(body.redirect_uri)) throw new Refusal(400, 'connected_app_supplied_redirect_url_not_found_in_client');
  if (body.response_type !== 'code') throw new Refusal(400, 'unsupported_response_type');
  checkScopes(project, client, body.scopes);
  const { person } = session;
  if (client.blockedIn?.includes(person.organization)) throw new Refusal(403, 'connected_app_not_allowed_for_org');
  const prompts = checkPrompt(body.prompt);
  const results = body.scopes.map((scope) => ({
    scope,
    is_grantable: !person.withheld.includes(scope),
    description: project.policy.find((one) => one.scope === scope)?.description ?? '',
  }));
  const grantable = results.filter(({ is_grantable }) => is_grantable).map(({ scope }) => scope);
  const before = standIn.grants.get(`${client.client_id} ${person.id}`) ?? [];
  const first = client.client_type.startsWith('first_party');
  const remembered = first || (grantable.length > 0 && grantable.every((scope) => before.includes(scope)));
  const offline = grantable.includes('offline_access') && !client.bypass_consent_for_offline_access;
  const consent_required = prompts.includes('consent') || offline || !remembered;
  return { client, person, results, grantable, consent_required };
}

/** The client as a page sees it. */
function publicClient({ client_id, client_name, client_type, client_description, logo_url, extra }) {
  return { client_id, client_name, client_type, client_description, client_logo_url: logo_url, ...extra };
}

export function start(standIn, call, body) {
  const { client, person, results, consent_required } = validate(standIn, call, body);
  const owner = call.project.realm === 'consumer' ? { user_id: person.id, user: user(person) } : {};
  return { client: publicClient(client), consent_required, scope_results: results, ...owner };
}

function answerAddress(body, parameters) {
  const address = new URL(body.redirect_uri);
  for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, value);
  if (body.state !== undefined) address.searchParams.set('state', body.state);
  return address.href;
}

export function submit(standIn, call, body) {
  const { client, person, grantable, consent_required } = validate(standIn, call, body);
  if (client.client_type.endsWith('_public') && !body.code_challenge) throw new Refusal(400, 'pkce_required_for_idp_authorization_flow');
  if (consent_required && !body.consent_granted) return { redirect_uri: answerAddress(body, { error: 'access_denied' }) };
  const code = randomBytes(18).toString('base64url');
  if (consent_required) standIn.grants.set(`${client.client_id} ${person.id}`, [...new Set([...(standIn.grants.get(`${client.client_id} ${person.id}`) ?? []), ...grantable])]);
  const { redirect_uri, nonce, code_challenge, resources } = body;
  standIn.codes.set(code, { project: call.project, client, session: call.session, scopes: grantable, redirect_uri, nonce, code_challenge, resources });
  return { redirect_uri: answerAddress(body, { code }), authorization_code: code };
}

/** Whether a verifier matches a code's challenge (RFC 7636 section 4.6). */
export const verifies = (verifier, challenge) => createHash('sha256').update(verifier ?? '').digest('base64url') === challenge;

export function logoutStart(standIn, { project, session }, body) {
  const client = clientOf(project, body.client_id);
  if (!client.post_logout_redirect_urls.includes(body.post_logout_redirect_uri)) throw new Refusal(400, 'connected_app_invalid_redirect_url');
  const address = new URL(body.post_logout_redirect_uri);
  if (body.state !== undefined) address.searchParams.set('state', body.state);
  const hinted = standIn.idTokens.get(body.id_token_hint);
  return { redirect_uri: address.href, consent_required: !hinted || (session !== undefined && hinted !== session.person.id) };
}

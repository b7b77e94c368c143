// The members that request bodies may have, with their types.
import { SchemaError } from './shapes.mjs';

const text = (value) => typeof value === 'string' && value !== '';
const flag = (value) => typeof value === 'boolean';
const number = (value) => Number.isInteger(value) && value > 0;
const texts = (value) => Array.isArray(value) && value.every(text);
const optional = (check) => Object.assign((value) => value === undefined || check(value), { optional: true });

const authorize = {
  client_id: text,
  redirect_uri: text,
  response_type: text,
  scopes: (value) => texts(value) && value.length > 0,
  prompt: optional(text),
  state: optional(text),
  nonce: optional(text),
  code_challenge: optional(text),
  resources: optional((value) => texts(value) && value.length > 0),
};

const attest = { token: text, profile_id: text, session_duration_minutes: optional(number) };

const password = { password: text, session_duration_minutes: optional(number), captcha_token: optional(text), dfp_telemetry_id: optional(text) };

/** The schema of each operation. */
export const schemas = {
  start: authorize,
  submit: { ...authorize, consent_granted: flag },
  logout: { client_id: text, post_logout_redirect_uri: text, id_token_hint: optional(text), state: optional(text) },
  authenticate: { session_duration_minutes: optional(number) },
  attest: { consumer: attest, b2b: { ...attest, organization_id: optional(text) } },
  revoke: null,
  password: { consumer: { ...password, email: text }, b2b: { ...password, email_address: text, organization_id: text, locale: optional(text) } },
};

/** Checks a body; `undefined` means that the call has none. */
export function checkBody(schema, body) {
  if (schema === null) {
    if (body !== undefined) throw new SchemaError(['this call takes no body']);
    return;
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw new SchemaError(['the body is no object']);
  const unknown = Object.keys(body).filter((name) => !Object.hasOwn(schema, name)).map((name) => `${name}: unknown field`);
  const wrong = Object.entries(schema).filter(([name, check]) => !check(body[name])).map(([name]) => `${name}: missing or of the wrong type`);
  if (unknown.length || wrong.length) throw new SchemaError([...unknown, ...wrong]);
}

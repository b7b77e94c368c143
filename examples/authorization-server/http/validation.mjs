/** Shapes of the API's requests. Unknown members are refused, as api/openapi.yaml says. */
import { malformed } from './problems.mjs';

const fail = (where, what) => { throw malformed(`${where} ${what}.`); };

const text = (most, pattern) => (value, where) => {
  if (typeof value !== 'string') fail(where, 'must be a string');
  if (value.length > most) fail(where, `must have at most ${most} characters`);
  if (pattern && !pattern.test(value)) fail(where, 'has characters it must not have');
};

const oneOf = (...words) => (value, where) => {
  if (!words.includes(value)) fail(where, `must be one of ${words.join(', ')}`);
};

const flag = (value, where) => {
  if (typeof value !== 'boolean') fail(where, 'must be true or false');
};

const list = (item, most) => (value, where) => {
  if (!Array.isArray(value) || value.length > most) fail(where, `must be a list of at most ${most}`);
  value.forEach((entry, at) => item(entry, `${where}[${at}]`));
};

const object = (required, optional = {}) => (value, where) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) fail(where, 'must be an object');
  for (const name of Object.keys(required)) if (!Object.hasOwn(value, name)) fail(where, `lacks ${name}`);
  for (const [name, member] of Object.entries(value)) {
    const shape = Object.hasOwn(required, name) ? required[name] : Object.hasOwn(optional, name) && optional[name];
    if (!shape) fail(where, 'has a member it must not have');
    shape(member, `${where}.${name}`);
  }
};

const realm = oneOf('consumer', 'b2b');
const id = text(64, /^[\w-]+$/);
/** What can stand behind the `?` of an address; everything else would not reach the engine as it came. */
const query = text(32_768, /^[\x21\x22\x24-\x7e]*$/);
const organization = text(128, /^[\x21-\x7e]+$/);
const detail = (value, where) => {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) fail(where, 'must be an object');
  text(256, /./)(value.type, `${where}.type`);
};
const scope = object({ scope: text(256, /^[\x21\x23-\x5b\x5d-\x7e]+$/) }, { resource: text(2048) });

const begin = object({ realm, query });
const comeBack = object({ realm, transaction: id }, { organization_id: organization });

const shapes = {
  start: (value, where) => (Object.hasOwn(Object(value), 'transaction') ? comeBack : begin)(value, where),
  submit: object(
    { transaction: id, decision: oneOf('allow', 'deny', 'request_approval'), scopes: list(scope, 256) },
    { authorization_details: list(detail, 64), organization_id: organization, remember: flag },
  ),
  startLogout: object({ realm, query }),
  submitLogout: object({ logout: id, decision: oneOf('sign_out', 'stay') }),
  login: object({ email: text(320), password: text(1024) }, { return_to: text(32_768) }),
  continue: object({}, { return_to: text(32_768) }),
  nothing: object({}),
};

const KEY = /^[\x21-\x7e]{1,128}$/;

/** @param name of one of the shapes above */
export function checkShape(name, value) {
  shapes[name](value, 'The body');
  return value;
}

/** The `Idempotency-Key` header of a decision. */
export function checkKey(value) {
  if (value === undefined || !KEY.test(value)) throw malformed('The Idempotency-Key header is missing or not 1 to 128 visible characters.');
  return value;
}

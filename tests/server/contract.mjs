/** api/openapi.yaml as a judge: every request and every answer of the tests goes through it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

export const document = parse(readFileSync(new URL('../../api/openapi.yaml', import.meta.url), 'utf8'));

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(document, 'api');
const validators = new Map();

const escape = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (...parts) => parts.map((part) => `/${escape(part)}`).join('');

function validator(...parts) {
  const at = pointer(...parts);
  if (!validators.has(at)) validators.set(at, ajv.compile({ $ref: `api#${at}` }));
  return validators.get(at);
}

function check(validate, value, what) {
  assert.ok(validate(value), `${what} is not as api/openapi.yaml says: ${ajv.errorsText(validate.errors)}\n${JSON.stringify(value)}`);
}

/** `/countersign/authorize/start` → `/authorize/start`: the countersign paths stand under the server's base. */
const documented = (path) => path.replace(/^\/countersign/, '');

/** Follows the reference a response may be. */
function locate(path, status) {
  const { responses } = document.paths[path].post;
  const response = responses[status];
  assert.ok(response, `${path} answered ${status}, which api/openapi.yaml does not know`);
  return response.$ref === undefined ? ['paths', path, 'post', 'responses', String(status)] : response.$ref.slice(2).split('/');
}

const at = (parts) => parts.reduce((node, part) => node[part], document);

export function checkRequest(path, body) {
  const where = ['paths', documented(path), 'post', 'requestBody', 'content', 'application/json', 'schema'];
  check(validator(...where), body, `The request to ${path}`);
}

export function checkAnswer(path, response, body) {
  const where = locate(documented(path), response.status);
  const { content, headers } = at(where);
  const [type] = Object.keys(content);
  assert.equal(response.headers.get('content-type'), type);
  check(validator(...where, 'content', type, 'schema'), body, `The answer ${response.status} of ${path}`);
  for (const name of Object.keys(headers)) {
    assert.ok(response.headers.get(name), `The answer ${response.status} of ${path} lacks ${name}`);
  }
  assert.equal(response.headers.get('access-control-allow-origin'), null);
}

/** Throws where the document points at something that is not there. */
export function checkReferences(node = document) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') assert.ok(at(node.$ref.slice(2).split('/')), `${node.$ref} leads nowhere`);
  Object.values(node).forEach(checkReferences);
}

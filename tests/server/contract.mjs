/** Checks every request and every answer of the tests against `api/openapi.yaml`. */
import assert from 'node:assert/strict';
import { document, documented, faultOf } from '../support/openapi.mjs';

export { document };

function check(value, place, what) {
  const fault = faultOf(value, ...place);
  assert.equal(fault, undefined, `${what} is not as api/openapi.yaml says: ${fault}\n${JSON.stringify(value)}`);
}

/** The place of a response in the document, behind its reference. */
function locate(path, status) {
  const { responses } = document.paths[path].post;
  const response = responses[status];
  assert.ok(response, `${path} answered ${status}, which api/openapi.yaml does not know`);
  return response.$ref === undefined ? ['paths', path, 'post', 'responses', String(status)] : response.$ref.slice(2).split('/');
}

const at = (parts) => parts.reduce((node, part) => node[part], document);

export function checkRequest(path, body) {
  const where = ['paths', documented(path), 'post', 'requestBody', 'content', 'application/json', 'schema'];
  check(body, where, `The request to ${path}`);
}

export function checkAnswer(path, response, body) {
  const where = locate(documented(path), response.status);
  const { content, headers } = at(where);
  const [type] = Object.keys(content);
  assert.equal(response.headers.get('content-type'), type);
  check(body, [...where, 'content', type, 'schema'], `The answer ${response.status} of ${path}`);
  for (const name of Object.keys(headers)) {
    assert.ok(response.headers.get(name), `The answer ${response.status} of ${path} lacks ${name}`);
  }
  assert.equal(response.headers.get('access-control-allow-origin'), null);
}

/** Throws if the document has a dangling reference. */
export function checkReferences(node = document) {
  if (node === null || typeof node !== 'object') return;
  if (typeof node.$ref === 'string') assert.ok(at(node.$ref.slice(2).split('/')), `${node.$ref} leads nowhere`);
  Object.values(node).forEach(checkReferences);
}

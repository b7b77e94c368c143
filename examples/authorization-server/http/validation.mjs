/** Requests of the API, checked against `api/openapi.yaml`. Unknown members are refused. */
import { documented, faultOf } from './contract.mjs';
import { malformed } from './problems.mjs';

/** The body of a call, if it is as the document says. */
export function checkBody(path, body) {
  const fault = faultOf(body, 'paths', documented(path), 'post', 'requestBody', 'content', 'application/json', 'schema');
  if (fault !== undefined) throw malformed(`The body is not as described: ${fault}.`);
  return body;
}

/** The `Idempotency-Key` header of a decision. */
export function checkKey(key) {
  const fault = faultOf(key, 'components', 'parameters', 'IdempotencyKey', 'schema');
  if (fault !== undefined) throw malformed(`The Idempotency-Key header is missing or not as described: ${fault}.`);
  return key;
}

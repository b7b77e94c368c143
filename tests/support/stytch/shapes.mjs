// The shapes of Stytch's answers: envelope, errors, schema errors.
import { randomUUID } from 'node:crypto';

const requestId = () => `request-id-test-${randomUUID()}`;
const json = (status, body) => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** A refused call. */
export class Refusal extends Error {
  constructor(status, type, message = type) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

/** A call that no correct page makes. Recorded, so that tests can check for it. */
export class Misuse extends Refusal {}

/** A body that does not match the API's schema. */
export class SchemaError extends Misuse {
  constructor(problems) {
    super(400, 'schema', problems.join('; '));
    this.problems = problems;
  }
}

/** A successful answer. */
export const success = (data) => json(200, { data: { ...data, request_id: requestId(), status_code: 200 } });

/** The answer to a refused call, in Stytch's shape. */
export function failure(error) {
  if (error instanceof SchemaError) return json(400, { body: error.problems.map((problem) => ({ problem })) });
  return errorAnswer({ status: error.status, error_type: error.type, error_message: error.message });
}

/** An error answer that a test has scripted. */
export function errorAnswer({ status, error_type, error_message = error_type, body, raw, headers = {} }) {
  if (raw !== undefined) return { status, headers: { 'content-type': 'text/html', ...headers }, body: raw };
  const error_url = `https://stytch.com/docs/api/errors/${status}#${error_type}`;
  const answer = json(status, body ?? { status_code: status, request_id: requestId(), error_type, error_message, error_url });
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** Requests of the login API. Unknown members are refused. */
import { object, text } from '../../../server/node/src/calls.ts';

/** Also an empty text: it is no fault of the body. */
const any = (most) => text(most, /^/);
const returnTo = any(32_768);

/** As `api/openapi.yaml` describes them. */
const BODIES = {
  '/account/login': object({ email: any(320), password: any(1024) }, { return_to: returnTo }),
  '/account/continue': object({}, { return_to: returnTo }),
  '/account/session': object({}),
  '/account/logout': object({}),
};

/** The body of a call, if it is as the document says. */
export function checkBody(path, body) {
  BODIES[path](body, '');
  return body;
}

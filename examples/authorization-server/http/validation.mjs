/** Requests of the API, checked by the kit's rules, and those of the login API by its own. Unknown members are refused. */
import { BODIES, object, text } from '../../../server/node/src/calls.ts';

export { checkKey } from '../../../server/node/src/calls.ts';

const COUNTERSIGN = '/countersign/';
/** Also an empty text: it is no fault of the body. */
const any = (most) => text(most, /^/);
const returnTo = any(32_768);

/** As `api/openapi.yaml` describes them. */
const LOGIN = {
  '/account/login': object({ email: any(320), password: any(1024) }, { return_to: returnTo }),
  '/account/continue': object({}, { return_to: returnTo }),
  '/account/session': object({}),
  '/account/logout': object({}),
};

/** The body of a call, if it is as the document says. */
export function checkBody(path, body) {
  const rule = path.startsWith(COUNTERSIGN) ? BODIES[path.slice(COUNTERSIGN.length)] : LOGIN[path];
  rule(body, '');
  return body;
}

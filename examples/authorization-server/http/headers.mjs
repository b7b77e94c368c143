/** The headers of every answer. */
import { pageHeaders } from '../../../server/node/src/headers.ts';

/** Must be called before anything else is done with an answer. */
export function setStrictHeaders(res, { https = false } = {}) {
  for (const [name, value] of Object.entries(pageHeaders({ https }))) res.setHeader(name, value);
}

/** Calls of the API, with the guards of the kit: only our own pages can make one. */
import { checkCaller, readJson } from '../../../server/node/src/guards.ts';
import { toRequest } from '../../../server/node/src/node.ts';

/** The body of a call of our own pages, or a fault. What is not read of it is not read at all. */
export async function readCall(req, res, origin) {
  const request = toRequest(req, origin);
  try {
    checkCaller(request, origin);
    return await readJson(request);
  } finally {
    if (!req.complete) res.setHeader('Connection', 'close');
  }
}

/** Calls to the engine under a login: they use one session of the engine, and go one after the other. */
import { EngineUnavailable } from '../../../server/node/src/index.ts';

/** A login that ends while a call waits. The call can be made again, without it. */
export class LoginEnded extends EngineUnavailable {
  name = 'LoginEnded';

  constructor() {
    super('The login ended while the call was waiting.', { retryAfter: 1 });
  }
}

/** Runs calls under a login one after the other. */
export function withLoginLock(site, login, work) {
  if (login === undefined) return work();
  return site.exclusively(`login ${login.lock}`, () => {
    if (site.logins.find(login.id) !== login) throw new LoginEnded();
    return work();
  });
}

/** Runs work that reads the visitor's login, and once more if the login ended meanwhile. */
export async function retryIfLoginEnded(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LoginEnded) return work();
    throw error;
  }
}

/**
 * Runs a call to the engine under the login that the kit has read. If that ends meanwhile, the
 * visitor's `loginEnded` says so.
 *
 * @param work gets the kit's context with the `login` and room for a `note` of the engine's answer
 *   (`engine/call.mjs`)
 */
export async function underLogin(site, context, work) {
  const visitor = site.visitorOf(context.request);
  const { login } = visitor;
  const own = { ...context, login, note: {} };
  try {
    if ((context.account === null) !== (login === undefined)) throw new LoginEnded();
    return await withLoginLock(site, login, () => work(own));
  } catch (error) {
    if (error instanceof LoginEnded) visitor.loginEnded = true;
    throw error;
  }
}

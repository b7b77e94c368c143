/**
 * Requests to the engine, by the adapter of the kit: what a call of ours tells it, and what its events
 * say of the answer.
 */
import { contextOf } from '../../../server/node/src/engines/oidc-provider.ts';

/** What is noted of the engine's answer to a call, for the engine's own callbacks and events. */
export const noteOf = (ctx) => contextOf(ctx.req)?.note;
/** The login under which a call is made. */
export const loginOf = (ctx) => contextOf(ctx.req)?.login;

/** Notes on the call that the engine has granted something. Called once for each provider. */
export function recordEvents(provider) {
  provider.on('authorization.success', (ctx) => Object.assign(noteOf(ctx) ?? {}, { granted: true }));
  provider.on('server_error', (ctx, error) => console.error('The engine failed:', error));
}

/** A login as the adapter knows it. */
export const accountOf = ({ account, signedInAt, chosenAt, lock }) => ({ sub: account.sub, signed_in_at: signedInAt, chosen_at: chosenAt, session: lock });

/**
 * Requests to the engine, by the adapter of the kit: what a call of ours tells it, and what its events
 * say of the answer.
 */
import { contextOf } from '../../../server/node/src/engines/oidc-provider.ts';

/** What is noted of the engine's answer to a call, for the engine's own callbacks and events. */
export const noteOf = (ctx) => contextOf(ctx.req)?.note;
/** The login under which a call is made. */
export const loginOf = (ctx) => contextOf(ctx.req)?.login;

/** Records the engine's decisions on the call. Called once for each provider. */
export function recordEvents(provider) {
  const remember = (ctx, more) => {
    const { client, params } = ctx.oidc;
    Object.assign(noteOf(ctx) ?? {}, {
      silent: String(params?.prompt ?? '').split(' ').includes('none'),
      client,
      locales: typeof params?.ui_locales === 'string' ? params.ui_locales : undefined,
      ...more,
    });
  };
  provider.on('authorization.success', (ctx) => remember(ctx, { granted: true, code: ctx.oidc.entities.AuthorizationCode?.jti }));
  provider.on('authorization.error', (ctx, error) => remember(ctx, { failed: error.error }));
  provider.on('server_error', (ctx, error) => console.error('The engine failed:', error));
}

/** A login as the adapter knows it. */
export const accountOf = ({ account, signedInAt, chosenAt, lock }) => ({ sub: account.sub, signed_in_at: signedInAt, chosen_at: chosenAt, session: lock });

/** The kit's context of a call: the login, what is known of the transaction, and room for a note. */
export function contextFor(realm, login, { handoff, resume } = {}) {
  return {
    realm: realm.name,
    account: login === undefined ? null : accountOf(login),
    handedOffAt: handoff,
    resume,
    login,
    note: {},
  };
}

/**
 * One engine session for each login and realm. Its id is stored with the login and not in a cookie.
 */

/** The engine's session of a login, created or updated with the login's account and time. */
export async function engineSession(realm, login) {
  const { Session } = realm.provider;
  const known = login.engine[realm.name];
  const session = (known && await Session.find(known)) ?? new Session();
  if (session.accountId !== login.account.sub || session.loginTs !== login.at) {
    session.loginAccount({ accountId: login.account.sub, loginTs: login.at, acr: login.acr });
    await session.save(realm.sessionTtl);
    login.engine[realm.name] = session.id;
  }
  return session;
}

/** Stores the session's new id, which changes with every resume. */
export function keepSession(realm, login, after) {
  if (login === undefined || after === undefined) return;
  if (after === null) delete login.engine[realm.name];
  else login.engine[realm.name] = after;
}

/** Ends the engine's session of a login in one realm. */
export async function endEngineSession(realm, login) {
  const known = login.engine[realm.name];
  delete login.engine[realm.name];
  const session = known && await realm.provider.Session.find(known);
  await session?.destroy();
}

/** Ends the grants that belong to a login, with all their tokens. */
export async function endGrants(login) {
  for (const { realm, id } of login.grants.splice(0)) {
    const { AccessToken, AuthorizationCode, Grant, RefreshToken } = realm.provider;
    await Promise.all([AccessToken, AuthorizationCode, RefreshToken].map((model) => model.revokeByGrantId(id)));
    await Grant.adapter.destroy(id);
  }
}

/**
 * Whether a code was redeemed or revoked. A client that gets it once more redeems it once more, and
 * loses its tokens (RFC 6749 section 4.1.2).
 */
export async function isSpent(realm, code) {
  const entry = await realm.provider.AuthorizationCode.adapter.find(code);
  return entry === undefined || entry.consumed !== undefined;
}

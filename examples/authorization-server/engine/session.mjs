/** What ends with a login: grants and tokens, beside the session that the adapter keeps for it. */

/** Ends the grants that belong to a login, with all their tokens. */
export async function endGrants(login) {
  for (const { realm, id } of login.grants.splice(0)) {
    const { AccessToken, AuthorizationCode, Grant, RefreshToken } = realm.provider;
    await Promise.all([AccessToken, AuthorizationCode, RefreshToken].map((model) => model.revokeByGrantId(id)));
    await Grant.adapter.destroy(id);
  }
}

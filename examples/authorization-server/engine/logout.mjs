/** What the engine alone can tell about a logout request: its clients, and the tokens it issued. */

/** The client with an id, or `undefined`. */
export async function findClient(realm, id) {
  try {
    return await realm.provider.Client.find(id);
  } catch (error) {
    // A client whose metadata the engine no longer accepts is no client.
    if (error.error === 'invalid_client' || error.error === 'invalid_client_metadata') return undefined;
    throw error;
  }
}

/** The audience that a token names, unverified, or `undefined` if it is no token. */
function audienceIn(token) {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1], 'base64url')).aud;
  } catch {
    return undefined;
  }
}

/**
 * The client and the claims of an ID token hint, or `undefined` if this issuer did not issue it to
 * a client that it knows. Its expiry is not checked here: RP-Initiated Logout 1.0 section 4 takes
 * an expired hint of a session that exists.
 */
export async function readHint(realm, hint) {
  const audience = audienceIn(hint);
  const client = typeof audience === 'string' ? await findClient(realm, audience) : undefined;
  if (client === undefined) return undefined;
  try {
    const { payload } = await realm.provider.IdToken.validate(hint, client);
    return { client, claims: payload };
  } catch {
    return undefined;
  }
}

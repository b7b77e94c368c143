/** A request object (RFC 9101) of a client that registers itself for it. */
import { createHash } from 'node:crypto';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

const ADDRESS = 'https://signed.example/callback';

/** The query of a signed request, which can be used again and again. */
export async function signedRequest(origin) {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...await exportJWK(publicKey), kid: 'key', use: 'sig', alg: 'ES256' };
  const registered = await fetch(`${origin}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uris: [ADDRESS], token_endpoint_auth_method: 'none', jwks: { keys: [jwk] }, request_object_signing_alg: 'ES256' }),
  });
  const { client_id: id } = await registered.json();
  const parameters = {
    client_id: id, redirect_uri: ADDRESS, response_type: 'code', scope: 'openid profile', state: 'signed', prompt: 'consent',
    code_challenge: createHash('sha256').update('v'.repeat(43)).digest('base64url'), code_challenge_method: 'S256',
  };
  const request = await new SignJWT(parameters).setProtectedHeader({ alg: 'ES256', kid: 'key' })
    .setIssuer(id).setAudience(origin).setIssuedAt().setExpirationTime('2h').sign(privateKey);
  return new URLSearchParams({ client_id: id, request }).toString();
}

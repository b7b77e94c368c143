/** Signing keys, new at every start: a demo needs no key on disk. */
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

async function privateJwk(type, options) {
  const { privateKey } = await generate(type, options);
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig' };
}

/** A private JWK set with one key for each family of algorithms that the engine offers. */
export async function createKeys() {
  return {
    keys: await Promise.all([
      privateJwk('rsa', { modulusLength: 2048 }),
      privateJwk('ec', { namedCurve: 'P-256' }),
      privateJwk('ed25519', {}),
    ]),
  };
}

/** Sealed texts: AES-256-GCM by WebCrypto, with a key for each secret (HKDF). The first secret seals, and all open. */

const encoder = new TextEncoder();
const IV = 12;

export function toBase64Url(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

/** A text that nobody can guess. */
export const randomText = (bytes: number): string => toBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));

export async function hash(text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))));
}

async function keyOf(secret: string): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveKey']);
  const salt = encoder.encode('countersign');
  const info = encoder.encode('seal 1');
  return crypto.subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

export interface Seal {
  /** Seals a text for one purpose: with another, it does not open. */
  seal(text: string, purpose: string): Promise<string>;
  /** The text, or `undefined` if it was not sealed here for this purpose. */
  open(sealed: string, purpose: string): Promise<string | undefined>;
}

export function createSeal(secrets: readonly string[]): Seal {
  let keys: Promise<CryptoKey[]> | undefined;
  // Workers allow no cryptography before the first request.
  const all = (): Promise<CryptoKey[]> => (keys ??= Promise.all(secrets.map(keyOf)));
  const by = (iv: Uint8Array<ArrayBuffer>, purpose: string): AesGcmParams => ({ name: 'AES-GCM', iv, additionalData: encoder.encode(purpose) });

  return {
    async seal(text, purpose) {
      const iv = crypto.getRandomValues(new Uint8Array(IV));
      const sealed = new Uint8Array(await crypto.subtle.encrypt(by(iv, purpose), (await all())[0]!, encoder.encode(text)));
      return toBase64Url(new Uint8Array([...iv, ...sealed]));
    },
    async open(sealed, purpose) {
      if (!/^[\w-]+$/.test(sealed)) return undefined;
      for (const key of await all()) {
        try {
          const bytes = fromBase64Url(sealed);
          return new TextDecoder().decode(await crypto.subtle.decrypt(by(bytes.subarray(0, IV), purpose), key, bytes.subarray(IV)));
        } catch {
          // Another key may open it.
        }
      }
      return undefined;
    },
  };
}

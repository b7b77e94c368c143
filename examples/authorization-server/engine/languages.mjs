/**
 * Client metadata in other languages: `client_name#de` (OpenID Connect Dynamic Client Registration
 * 1.0 section 2.1). The engine keeps only metadata whose full names it knows, hence this list of
 * languages.
 */
import { errors } from 'oidc-provider';

const LANGUAGES = [
  'ar', 'cs', 'da', 'de', 'el', 'en', 'es', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nb', 'nl', 'pl', 'pt', 'pt-BR',
  'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh', 'zh-Hans', 'zh-Hant',
];
const MEMBERS = ['client_name', 'client_uri', 'policy_uri', 'tos_uri'];
const MAX_LENGTH = 2048;

/** The names of all translated metadata. None of it establishes trust. */
export const translationNames = MEMBERS.flatMap((member) => LANGUAGES.map((language) => `${member}#${language}`));

export function checkTranslation(name, value) {
  if (value === undefined || (typeof value === 'string' && value.length <= MAX_LENGTH)) return;
  throw new errors.InvalidClientMetadata(`${name} must be a string of at most ${MAX_LENGTH} characters`);
}

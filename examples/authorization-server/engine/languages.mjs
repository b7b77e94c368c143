/**
 * Client metadata in other languages: `client_name#de` (OpenID Connect Dynamic Client Registration 1.0
 * section 2.1). The engine keeps what it is told of by its full name, so the languages are a list.
 */
import { errors } from 'oidc-provider';

const LANGUAGES = [
  'ar', 'cs', 'da', 'de', 'el', 'en', 'es', 'fi', 'fr', 'he', 'hi', 'hu', 'id', 'it', 'ja', 'ko', 'nb', 'nl', 'pl', 'pt', 'pt-BR',
  'ro', 'ru', 'sv', 'th', 'tr', 'uk', 'vi', 'zh', 'zh-Hans', 'zh-Hant',
];
const MEMBERS = ['client_name', 'client_uri', 'policy_uri', 'tos_uri'];
const MOST = 2048;

/** The names of all translated metadata. Nothing of trust is among it. */
export const translationNames = MEMBERS.flatMap((member) => LANGUAGES.map((language) => `${member}#${language}`));

export function checkTranslation(name, value) {
  if (value === undefined || (typeof value === 'string' && value.length <= MOST)) return;
  throw new errors.InvalidClientMetadata(`${name} must be a string of at most ${MOST} characters`);
}

/** What a client says in other languages, as `[member, language, text]`. */
export function translationsOf(client) {
  return translationNames.filter((property) => client[property]).map((property) => [...property.split('#'), client[property]]);
}

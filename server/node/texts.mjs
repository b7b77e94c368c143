// Writes `src/page-texts.json` and `src/form/texts.json`: the texts of the kit's pages, from the project's own in every language.
// Run it after a change in `messages/`. A test compares them.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const messages = new URL('../../messages/', import.meta.url);
const KEYS = [
  'expired_heading', 'expired_text', 'failed_again', 'failed_busy_heading', 'failed_heading', 'invalid_heading', 'invalid_text', 'invalid_silent', 'invalid_too_long', 'outline_status', 'reference',
  'shell_unavailable', 'start_again', 'unsafe_heading', 'unsafe_text',
];
const FORM_KEYS = [
  'answered_heading', 'answered_heading_allow', 'answered_heading_deny', 'answered_text', 'consent_scopes_empty', 'continue_to_login', 'expired_heading', 'expired_text', 'failed_again',
  'failed_busy_heading', 'failed_cookies', 'failed_cookies_heading', 'failed_heading', 'invalid_heading', 'invalid_text', 'login_heading', 'login_stuck_heading', 'login_stuck_text', 'login_text', 'press_too_early', 'press_unseen',
  'redirecting_heading', 'redirecting_heading_unknown', 'redirecting_late', 'redirecting_text', 'reference', 'returned_button', 'start_again', 'start_again_at', 'submit_changed', 'try_again',
];

/** The texts by language. */
export function pageTexts(keys = KEYS) {
  const languages = readdirSync(messages).filter((name) => name.endsWith('.json')).sort();
  return Object.fromEntries(languages.map((name) => {
    const texts = JSON.parse(readFileSync(new URL(name, messages), 'utf8'));
    return [name.slice(0, -5), Object.fromEntries(keys.map((key) => [key, texts[key]]))];
  }));
}

/** The same for the form of the card. */
export const formTexts = () => pageTexts(FORM_KEYS);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [name, texts] of [['page-texts', pageTexts()], ['form/texts', formTexts()]]) {
    writeFileSync(new URL(`src/${name}.json`, import.meta.url), `${JSON.stringify(texts, null, 2)}\n`);
  }
}

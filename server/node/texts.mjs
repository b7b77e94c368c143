// Writes `src/page-texts.json`: the texts of the kit's plain pages, from the project's own in every language.
// Run it after a change in `messages/`. A test compares the two.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const messages = new URL('../../messages/', import.meta.url);
const KEYS = [
  'expired_heading', 'expired_text', 'failed_again', 'failed_busy_heading', 'failed_heading', 'invalid_heading', 'invalid_text', 'invalid_silent', 'invalid_too_long', 'outline_status', 'reference',
  'shell_unavailable', 'start_again', 'unsafe_heading', 'unsafe_text',
];

/** The texts by language. */
export function pageTexts() {
  const languages = readdirSync(messages).filter((name) => name.endsWith('.json')).sort();
  return Object.fromEntries(languages.map((name) => {
    const texts = JSON.parse(readFileSync(new URL(name, messages), 'utf8'));
    return [name.slice(0, -5), Object.fromEntries(KEYS.map((key) => [key, texts[key]]))];
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('src/page-texts.json', import.meta.url), `${JSON.stringify(pageTexts(), null, 2)}\n`);
}

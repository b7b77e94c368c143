// What users read, from the files of `messages/`.
import { readFileSync } from 'node:fs';

const file = (language) => JSON.parse(readFileSync(new URL(`../../../messages/${language}.json`, import.meta.url), 'utf8'));

/** A language's texts: `say(key, values)` gives one, with its values. The demo is called Harbor. */
export function textsIn(language) {
  const texts = file(language);
  return (key, values = {}) => Object.entries({ site: 'Harbor', ...values }).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, value), texts[key]);
}

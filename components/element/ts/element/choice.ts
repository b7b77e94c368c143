/** The choice of the user's language, as in Rust (`src/flow/page_info.rs`, `src/messages/language.rs`). */

export const ENGLISH = 'en';

/** The language for a tag (BCP 47), of these. */
export function match(tag: string, available: string[]): string | undefined {
  const [first = '', ...rest] = tag.toLowerCase().replaceAll('_', '-').split('-');
  const traditional = rest[0] !== 'hans' && rest.some((part) => /^(hant|tw|hk|mo)$/.test(part));
  const start = first === 'iw' ? 'he' : first === 'zh' ? `zh-Han${traditional ? 't' : 's'}` : first;
  return available.find((known) => `${known}-`.startsWith(`${start}-`));
}

/** The first available language of the request, the host and the browser. */
export function choose(locale: unknown, available: string[]): string {
  const requested = new URLSearchParams(location.search).getAll('ui_locales');
  const preferred = [...(requested.length === 1 ? requested[0]!.split(' ') : []), locale, ...navigator.languages];
  return preferred.map((tag) => match(String(tag), available)).find(Boolean) ?? ENGLISH;
}

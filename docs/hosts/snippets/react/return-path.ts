/** `/.//evil.example` is of this origin, but its path alone names another one. */
export function returnPath(text: string | null): string {
  const url = text && URL.canParse(text, location.origin) ? new URL(text, location.origin) : null;
  return url?.origin === location.origin && !url.pathname.startsWith('//') ? url.pathname + url.search : '/';
}

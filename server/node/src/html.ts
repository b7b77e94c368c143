/** Plain pages of the kit. */

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text for content and attributes. */
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);

/** The site's icon, if it has one. */
export const iconLink = (icon: string | undefined): string => (icon === undefined ? '' : `<link rel="icon" href="${escape(icon)}">\n`);

/** A page of the kit. `title` is a text; `head` and `body` are HTML. */
export const htmlPage = ({ lang, dir }: { readonly lang: string; readonly dir: string }, title: string, head: string, body: string): string => `<!doctype html>
<html lang="${lang}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escape(title)}</title>
${head}</head>
<body>
${body}
</body>
</html>
`;

const LONGEST_NAME = 100;

/** A name that a stranger chose: one line, without characters that show nothing or turn text. */
export const cleanName = (name: string): string => name.replace(/[\p{C}\p{Z}]+/gu, ' ').trim().slice(0, LONGEST_NAME);

/** What a user reads of an address: the host name, or an app's address without its parameters. */
export function hostOf(address: string): string {
  const { host, protocol } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? host : address.split(/[?#]/, 1)[0]!;
}

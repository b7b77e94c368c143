// The documents in the npm package, at the paths that they have here, so that their links to each other work there, too.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { addressOf, files } from '../../site/content/nav.mjs';
import { inRoot } from '../lib/root.mjs';

const README = 'components/element/README.md';
/** What a team needs that puts the widget in front of its server. */
export const SHIPPED = [
  'api/openapi.yaml', 'api/page-headers.json', 'server/node/README.md', 'examples/start/server.mjs', 'examples/start/check.json', 'examples/authorization-server/check.json', 'messages/en.json',
  ...['accessibility', 'authorization-details', 'backend', 'check', 'compatibility', 'engines', 'errors', 'events', 'from-stytch', 'glossary', 'languages', 'operate', 'preload', 'scale', 'security-headers', 'server-rendering', 'testing', 'theming', 'write-an-adapter'].map((name) => `docs/${name}.md`),
  ...readdirSync(inRoot('docs', 'hosts')).filter((name) => name.endsWith('.md')).map((name) => `docs/hosts/${name}`),
];

/** The address of a file that is not in the package: its page on the site, if that is published, or in the repository. */
const elsewhere = ({ homepage, repository }, file) => (
  homepage && files.includes(file) ? homepage.replace(/\/$/, '') + addressOf(file) : `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/${file}`
);

/** A document whose links lead to files of the package, or to the repository. `to` is its path in the package. */
export function linked(text, { from, to, homepage, repository }) {
  return text.replace(/\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g, (whole, link, anchor = '') => {
    const file = path.posix.join(path.posix.dirname(from), link);
    const inPackage = file === README ? 'README.md' : SHIPPED.includes(file) || file === 'CHANGELOG.md' ? file : undefined;
    if (inPackage === undefined) return `](${elsewhere({ homepage, repository }, file)}${anchor})`;
    const relative = path.posix.relative(path.posix.dirname(to), inPackage);
    return `](${relative}${anchor})`;
  });
}

/** Writes the README and the documents into the folder of the package. */
export function documents(folder, { homepage, repository }) {
  for (const [from, to] of [[README, 'README.md'], ...SHIPPED.map((name) => [name, name])]) {
    mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
    if (from.endsWith('.md')) writeFileSync(path.join(folder, to), linked(readFileSync(inRoot(from), 'utf8'), { from, to, homepage, repository }));
    else copyFileSync(inRoot(from), path.join(folder, to));
  }
}

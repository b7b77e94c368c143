// Which documents the site has, in the order of its menu. A document of docs/ that no group names stands in the last one, so that
// none is left out.
import { readdirSync, readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';

const folder = (name) => readdirSync(inRoot(...name.split('/'))).filter((file) => file.endsWith('.md') && file !== 'README.md').map((file) => `${name}/${file}`);
const docs = (...names) => names.map((name) => `docs/${name}.md`);

/** Pages that are made of something else than a document. */
const OWN = {
  '/gallery/': 'Gallery',
  '/theme-editor/': 'Theme editor',
  '/api/': 'API reference',
};

const GROUPS = [
  ['Put it on a page', ['components/element/README.md', ...folder('docs/hosts').filter((file) => !file.includes('leptos')), ...docs('leptos', 'hosts/leptos-ssr', 'preload', 'from-stytch', 'testing')]],
  ['Connect a server', [...docs('backend'), '/api/', 'server/node/README.md', 'server/rust/README.md', 'server/hydra/README.md', ...docs('server-rendering', 'check', 'engines', 'write-an-adapter', 'compatibility', 'clients', 'authorization-details')]],
  ['Looks and words', ['/gallery/', ...docs('theming'), '/theme-editor/', ...docs('screens', 'languages', 'accessibility')]],
  ['In production', docs('security-headers', 'operate', 'scale', 'size', 'size-and-speed')],
  ['When something happens', docs('errors', 'events')],
  ['The project', [...docs('demo', 'glossary'), 'ARCHITECTURE.md', 'docs/decisions/README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md']],
];

/** What the menu calls a document whose own title says too little there. */
const CALLED = {
  'components/element/README.md': 'The element',
  'server/node/README.md': 'Kit in TypeScript',
  'server/rust/README.md': 'Kit in Rust',
  'server/hydra/README.md': 'Program for Hydra',
  'docs/from-stytch.md': 'From Stytch',
  'docs/README.md': 'Questions',
  'docs/backend.md': 'Your server',
  'docs/screens.md': 'Every screen',
  'docs/events.md': 'Events',
};

const withoutMarks = (text) => text.replace(/[`*_]/g, '');

/** A document's own title. */
export const titleOf = (file) => withoutMarks(readFileSync(inRoot(...file.split('/')), 'utf8').match(/^# (.+)$/m)[1]);

/** Its title in a menu. */
export const calledOf = (file) => CALLED[file] ?? titleOf(file);

/** Documents with a page, but no line in the menu. */
const UNLISTED = ['docs/README.md', ...folder('docs/decisions')];

const named = new Set(GROUPS.flatMap(([, files]) => files));
const rest = folder('docs').filter((file) => !named.has(file));

/** The groups of the menu as `[title, entries]`. An entry is a document's path, or the address of a page of the site's own. */
export const groups = rest.length ? [...GROUPS, ['More', rest]] : GROUPS;

export const ownTitle = (address) => OWN[address];

/** The paths of all documents. */
export const files = [...groups.flatMap(([, entries]) => entries).filter((entry) => !entry.startsWith('/')), ...UNLISTED];

const ADDRESSES = {
  'docs/README.md': '/docs/',
  'components/element/README.md': '/element/',
  'server/node/README.md': '/kit/node/',
  'server/rust/README.md': '/kit/rust/',
  'server/hydra/README.md': '/kit/hydra/',
};

/** The address of a document's page. */
export const addressOf = (file) => ADDRESSES[file]
  ?? `/${file.replace(/^docs\//, '').replace(/(README)?\.md$/, '').toLowerCase()}/`.replaceAll('//', '/');

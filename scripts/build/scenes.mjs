// The gallery's scenes as TypeScript, for `countersign/testing`: one source, examples/demo/gallery.json, with the texts of the demo.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';

const read = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));

/** The widget has texts of its own for these. */
const STANDARD = ['openid', 'profile', 'email', 'offline_access'];

/** The texts of one language, as far as the scenes use them: those of the demo server, and the gallery's own for the rest. */
function textsOf(language, used) {
  const files = [read('examples', 'authorization-server', 'fixtures', 'texts', language), read('examples', 'demo', 'texts', language)];
  const find = (section, name) => files.map((file) => file[section]?.[name]).find((text) => text !== undefined);
  const pick = (section, names) => Object.fromEntries([...names].map((name) => [name, find(section, name)]).filter(([, text]) => text !== undefined));
  return { scopes: pick('scopes', used.scopes), groups: pick('groups', used.groups), reasons: pick('reasons', used.reasons) };
}

/** The names of all texts that the cards use. */
function usedBy(cards) {
  const scopes = cards.flatMap((card) => card?.scopes ?? []).map((entry) => (typeof entry === 'string' ? { scope: entry } : entry));
  const named = (member) => new Set(scopes.map((scope) => scope[member]).filter(Boolean));
  return { scopes: [...named('scope')].filter((name) => !STANDARD.includes(name)), groups: named('group'), reasons: named('reason') };
}

/** Nobody serves the pictures of the demo, so that the card has initials. */
const withoutLogos = (value) => JSON.parse(JSON.stringify(value, (name, inner) => (name === 'logo_uri' ? undefined : inner)));

/** The data of all scenes. Those in the host's own words need the host. */
export function scenes(gallery = read('examples', 'demo', 'gallery.json')) {
  const lists = {
    few: gallery.few,
    many: gallery.many.map((name, place) => ({ organization_id: `o${place}`, name, status: 'allowed' })),
  };
  const cardOf = (given) => {
    const card = { ...given };
    if (card.organizations === 'many') [card.organization] = lists.many;
    if (typeof card.organizations === 'string') card.organizations = lists[card.organizations];
    return card;
  };
  const known = gallery.scenes.filter(({ words }) => !words);
  const used = usedBy([gallery.consent, ...known.map(({ consent }) => consent)]);
  const languages = readdirSync(inRoot('examples', 'demo', 'texts'));
  return withoutLogos({
    texts: Object.fromEntries(languages.map((file) => [path.basename(file, '.json'), textsOf(file, used)])),
    consent: cardOf(gallery.consent),
    clients: gallery.clients,
    scenes: Object.fromEntries(known.map(({ name, consent, ...scene }) => [name, { name, ...scene, ...(consent && { consent: cardOf(consent) }) }])),
  });
}

const union = (names) => names.map((name) => `'${name}'`).join(' | ');

/** Writes the scenes to a file. */
export function writeScenes(to, data = scenes()) {
  const parts = [
    '/** Generated from examples/demo/gallery.json. */',
    `/** The names of the scenes. */\nexport type SceneName = ${union(Object.keys(data.scenes))};`,
    `/** The names of the clients that a scene can be played with. */\nexport type ClientName = ${union(Object.keys(data.clients))};`,
    `/** The languages of their texts. */\nexport type SceneLanguage = ${union(Object.keys(data.texts))};`,
    `export const data: unknown = ${JSON.stringify(data)};`,
  ];
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, `${parts.join('\n\n')}\n`);
}

// The gallery's scenes as TypeScript, for `countersign/testing`: one source, examples/demo/gallery.json, with the texts of the demo.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';

const read = (...parts) => JSON.parse(readFileSync(inRoot(...parts), 'utf8'));

/** The widget has texts of its own for these. */
const STANDARD = ['openid', 'profile', 'email', 'offline_access'];

/** Completes the scopes of a card like `examples/demo/src/bin/gallery/texts.rs`. */
function scopesOf(scopes, files) {
  const find = (section, name) => files.map((file) => file[section]?.[name]).find((text) => text !== undefined);
  return scopes.map((entry) => {
    const scope = typeof entry === 'string' ? { scope: entry } : entry;
    const texts = STANDARD.includes(scope.scope) ? {} : find('scopes', scope.scope);
    const facts = { grantable: true, required: scope.scope === 'openid', granted: false, sensitive: false };
    const words = Object.entries({ group: 'groups', reason: 'reasons' }).filter(([member]) => scope[member] !== undefined);
    return { ...facts, ...texts, ...scope, ...Object.fromEntries(words.map(([member, section]) => [member, find(section, scope[member]) ?? scope[member]])) };
  });
}

/** Nobody serves the pictures of the demo, so that the card has initials. */
const withoutLogos = (value) => JSON.parse(JSON.stringify(value, (name, inner) => (name === 'logo_uri' ? undefined : inner)));

/** The data of all scenes. Those in the host's own words need the host. */
export function scenes(gallery = read('examples', 'demo', 'gallery.json')) {
  const files = [read('examples', 'authorization-server', 'fixtures', 'texts', 'en.json'), read('examples', 'demo', 'texts', 'en.json')];
  const lists = {
    few: gallery.few,
    many: gallery.many.map((name, place) => ({ organization_id: `o${place}`, name, status: 'allowed' })),
  };
  const cardOf = (given) => {
    const card = { ...given };
    if (card.scopes) card.scopes = scopesOf(card.scopes, files);
    if (card.organizations === 'many') [card.organization] = lists.many;
    if (typeof card.organizations === 'string') card.organizations = lists[card.organizations];
    return card;
  };
  const known = gallery.scenes.filter(({ words }) => !words);
  return withoutLogos({
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
    `export const data: unknown = ${JSON.stringify(data)};`,
  ];
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, `${parts.join('\n\n')}\n`);
}

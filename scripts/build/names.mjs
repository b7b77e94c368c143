// Writes the names that hosts may use as types: of texts, tokens, parts and states, and the attributes of the tags. Their sources
// are messages/en.json and the manifest.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';

const union = (names) => names.map((name) => `\n  | '${name}'`).join('');
const alias = (comment, name, names) => `/** ${comment} */\nexport type ${name} =${union(names)};\n`;

/** In markup, an attribute that is on or off is there or is not: a bundle of frameworks writes it as `true`, or as an empty text. */
const attributeType = (text) => text.replace(/\bboolean\b/, "'' | true");
const attribute = ({ name, type, description }) => `  /** ${description} */\n  '${name}'?: ${attributeType(type.text)} | undefined;\n`;

/** The generated module, from the first element of the manifest: both have the same. */
export function namesOf(english, { modules: [{ declarations: [element] }] }) {
  const named = (list) => list.map(({ name }) => name);
  return [
    '/** Generated from messages/en.json and custom-elements.json. */\n',
    alias('The key of a text.', 'MessageKey', Object.keys(english)),
    alias('A design token.', 'TokenName', named(element.cssProperties)),
    alias('A part of the card, for `::part()`.', 'PartName', named(element.cssParts)),
    alias('A state of the element, for `:state()`.', 'StateName', named(element.cssStates)),
    alias('A slot of the element.', 'SlotName', named(element.slots)),
    alias('A property of the element.', 'PropertyName', named(element.members)),
    `/** The attributes of both elements. */\nexport interface ElementAttributes {\n${element.attributes.map(attribute).join('')}}\n`,
  ].join('\n');
}

/** Writes the module to `to`. */
export function writeNames(made, to) {
  mkdirSync(path.dirname(to), { recursive: true });
  writeFileSync(to, namesOf(JSON.parse(readFileSync(inRoot('messages', 'en.json'), 'utf8')), made));
}

// Writes the tables in the package's README from its manifest. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { manifest } from './build/manifest.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { Stop } from './lib/say.mjs';

const README = inRoot('components', 'element', 'README.md');
const SECTION = /(<!-- manifest:begin -->\n)[\s\S]*(<!-- manifest:end -->)/;

const cell = (text) => String(text ?? '').replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ');
const code = (text) => `\`${cell(text)}\``;

function table(title, heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [`### ${title}`, '', line(heads), line(heads.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** The section for both elements, which differ in their names only. */
export async function tables() {
  const { modules: [{ declarations: [element] }] } = await manifest();
  const words = ({ description }) => cell(description);
  return [
    '## Reference\n',
    'Both elements have the same.\n',
    table('Attributes', ['attribute', 'type', ''], element.attributes.map((it) => [code(it.name), code(it.type?.text), words(it)])),
    table('Properties', ['property', 'type', ''], element.members.map((it) => [code(it.name), code(it.type?.text), words(it)])),
    table('Events', ['event', 'type', ''], element.events.map((it) => [code(it.name), code(it.type?.text), words(it)])),
    table('Parts', ['part', ''], element.cssParts.map((it) => [code(it.name), words(it)])),
    table('States', ['state', ''], element.cssStates.map((it) => [code(it.name), words(it)])),
    table('Tokens', ['token', 'default', ''], element.cssProperties.map((it) => [code(it.name), code(it.default), words(it)])),
  ].join('\n');
}

export const written = async (readme) => {
  const made = await tables();
  return readme.replace(SECTION, (_, begin, end) => `${begin}\n${made}\n${end}`);
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const before = readFileSync(README, 'utf8');
    const after = await written(before);
    if (!values.check) writeFileSync(README, after);
    else if (after !== before) throw new Stop('The tables in components/element/README.md are not what the elements have: run "node scripts/tables.mjs".');
  });
}

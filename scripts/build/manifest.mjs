// Makes custom-elements.json from the comments of the sources, without private members, and with the
// tokens of the style sheet.
import { readFileSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';
import { run } from '../lib/run.mjs';

const OWN = ['IdentityProviderElement', 'B2BIdentityProviderElement'];

/** Every token with its value and its comment. */
export function tokens() {
  // The colours, and then all but the plain ones, which stand in for them in older browsers.
  const [plain, colours] = readFileSync(inRoot('style', 'tokens.css'), 'utf8').split('@supports');
  const css = `${colours}${plain}`;
  const found = [];
  let group = '';
  for (const line of css.split('\n')) {
    const heading = line.match(/^ {2,4}\/\* (\w+)\..*\*\/$/);
    if (heading) group = heading[1];
    const token = line.match(/^ {2,4}(--countersign-[\w-]+): (.*?);(?: \/\* (.*) \*\/)?$/);
    if (token && !found.some(({ name }) => name === token[1])) found.push({ name: token[1], default: token[2], description: token[3] ?? '', group });
  }
  return found;
}

const isPublic = ({ name, privacy, kind }) => !name.startsWith('#') && privacy === undefined && !(kind === 'method' && name.endsWith('Callback'));

function declaration(from, base, all) {
  const members = (from.members ?? base.members).filter(isPublic).map(({ inheritedFrom, ...member }) => member);
  return {
    kind: 'class',
    customElement: true,
    name: from.name,
    tagName: from.tagName,
    description: from.description,
    superclass: { name: 'HTMLElement' },
    attributes: base.attributes,
    members,
    events: base.events,
    slots: base.slots,
    cssParts: base.cssParts,
    cssStates: base.cssStates,
    cssProperties: all.map(({ name, default: value, description }) => ({ name, default: value, ...(description && { description }) })),
  };
}

/** The manifest (Custom Elements Manifest 2.1.0). */
export async function manifest() {
  const config = ['components', 'element', 'custom-elements-manifest.config.mjs'].join('/');
  const cli = inRoot('node_modules', '@custom-elements-manifest', 'analyzer', 'cem.js');
  await run(process.execPath, [cli, 'analyze', '--quiet', '--config', config], { quiet: true, what: 'Reading the elements' });
  const { modules } = JSON.parse(readFileSync(inRoot('target', 'npm', 'manifest', 'custom-elements.json'), 'utf8'));
  const classes = modules.flatMap(({ declarations }) => declarations).filter(({ kind }) => kind === 'class');
  const base = classes.find(({ name }) => name === 'CountersignElement');
  const declarations = OWN.map((name) => declaration(classes.find((it) => it.name === name), base, tokens()));
  const path = 'dist/index.js';
  return {
    schemaVersion: '2.1.0',
    modules: [{
      kind: 'javascript-module',
      path,
      declarations,
      exports: declarations.flatMap(({ name, tagName }) => [
        { kind: 'js', name, declaration: { name, module: path } },
        { kind: 'custom-element-definition', name: tagName, declaration: { name, module: path } },
      ]),
    }],
  };
}

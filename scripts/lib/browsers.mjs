// The oldest browsers that Countersign is made for: `browserslist` in package.json. Targets of the bundler, the WebAssembly
// features, the style sheets' fallbacks (tests/rules/browsers.test.mjs) and the documents follow it.
import { readFileSync } from 'node:fs';
import { inRoot } from './root.mjs';

const { browserslist } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));

/** The oldest version of each browser, by the name in `browserslist`. */
export const oldest = Object.fromEntries(browserslist.map((line) => line.split(' >= ')));

const FOR_ESBUILD = { ios_saf: 'ios' };
/** The names in MDN's table of what browsers support. */
const FOR_MDN = { ios_saf: 'safari_ios' };

/** The list as esbuild takes it. */
export const targets = Object.entries(oldest).map(([name, version]) => `${FOR_ESBUILD[name] ?? name}${version}`);

/** The list as documents write it. */
export const range = `Chrome and Edge ${oldest.chrome}, Firefox ${oldest.firefox}, Safari ${oldest.safari}`;

const isNewer = (added, version) => added.localeCompare(version, 'en', { numeric: true }) > 0;

/** The browsers of the list that lack something in their oldest version, by an entry of MDN's table. */
export function lacking({ __compat: { support } }) {
  return Object.entries(oldest).filter(([name, version]) => {
    const [{ version_added: added }] = [support[FOR_MDN[name] ?? name]].flat();
    return typeof added !== 'string' || isNewer(added.replace(/^[^\d]*/, ''), version);
  }).map(([name]) => name);
}

// The features of WebAssembly that a module uses, checked against the list of browsers.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { lacking, range } from '../lib/browsers.mjs';
import { Stop } from '../lib/say.mjs';

/** Features of LLVM by their names in MDN's table. */
const NAMES = {
  'bulk-memory': 'bulk-memory-operations',
  'bulk-memory-opt': 'bulk-memory-operations',
  'call-indirect-overlong': 'reference-types',
  'exception-handling': 'exception-handling',
  'extended-const': 'extended-constant-expressions',
  multivalue: 'multi-value',
  'nontrapping-fptoint': 'non-trapping-float-to-int-conversions',
  'reference-types': 'reference-types',
  'relaxed-simd': 'relaxed-SIMD',
  'sign-ext': 'sign-extension-operations',
  simd128: 'fixed-width-SIMD',
  'tail-call': 'tail-calls',
};

/** The features in a module's own list, as the compiler writes it: a number, and then a sign and a name with its length each. */
export function featuresOf(module) {
  const [section] = WebAssembly.Module.customSections(module, 'target_features');
  if (!section) throw new Stop('The compiled module has no list of its features: the profile in Cargo.toml strips it, or the compiler has changed.');
  const bytes = new Uint8Array(section);
  const names = [];
  for (let at = 1; at < bytes.length; at += bytes[at + 1] + 2) names.push(String.fromCharCode(...bytes.subarray(at + 2, at + 2 + bytes[at + 1])));
  return names;
}

/** The features that a browser of the list lacks, or that nobody knows. */
export function tooNew(names) {
  const { webassembly } = createRequire(import.meta.url)('@mdn/browser-compat-data');
  // Every browser with WebAssembly's second version has it, and the table begins after that.
  return names.filter((name) => name !== 'mutable-globals' && !(NAMES[name] in webassembly && !lacking(webassembly[NAMES[name]]).length));
}

/** Stops if a browser of the list could not run the module. */
export async function checkFeatures(file) {
  const unknown = tooNew(featuresOf(await WebAssembly.compile(readFileSync(file))));
  if (unknown.length) throw new Stop(`The module needs ${unknown.join(', ')}, which not every browser of the range has (${range}). Turn it off, or raise "browserslist" in package.json.`);
}

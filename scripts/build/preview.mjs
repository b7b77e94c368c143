// The glue of a preview: that of the widget, as a function of what it sees in place of the browser's own names. What a widget could act
// with is all behind such names, so that a preview has nothing that calls, navigates or submits.
import { targets } from '../lib/browsers.mjs';
import { Stop } from '../lib/say.mjs';

/** What the preview's page stands for (`components/element/ts/testing/preview/page.ts`). */
export const SHADOWED = [
  'globalThis', 'global', 'self', 'window', 'Window', 'navigator', 'Document', 'EventTarget', 'HTMLFormElement', 'IntersectionObserver',
  'HTMLElement', 'HTMLInputElement', 'KeyboardEvent', 'PageTransitionEvent',
];
/** What can do nothing to a page. */
const HARMLESS = [
  'Array', 'DataView', 'Date', 'Error', 'FinalizationRegistry', 'Intl', 'JSON', 'Math', 'Object', 'Promise', 'Reflect', 'RegExp', 'TextDecoder', 'TextEncoder',
  'URL', 'Uint8Array', 'queueMicrotask', 'arguments',
];
const WORDS = [
  'break', 'case', 'catch', 'class', 'const', 'continue', 'default', 'delete', 'else', 'export', 'finally', 'for', 'function', 'instanceof', 'let', 'new', 'null', 'return',
  'switch', 'this', 'throw', 'try', 'typeof', 'var', 'void', 'while',
];

/** The names that a minified script reads from its surroundings. Its own are shorter. */
export function foreignNames(code) {
  const plain = code.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const names = [...plain.matchAll(/(?<![.\w$])[A-Za-z_$][\w$]{2,}(?![\w$]|\s*:)/g)].map(([name]) => name);
  return [...new Set(names)].filter((name) => !WORDS.includes(name));
}

/** Replaces what is there once. */
function once(code, pattern, by) {
  if (code.match(new RegExp(pattern, 'g'))?.length !== 1) throw new Stop(`The glue of this wasm-bindgen looks different: ${pattern} is not in it once, so scripts/build/preview.mjs must learn its new form.`);
  return code.replace(pattern, by);
}

/** A module that exports `glueOn(names)`. */
export async function previewGlue(esbuild, js) {
  const unknown = foreignNames(js.replace(/export\{[^}]*\}/, '')).filter((name) => ![...SHADOWED, ...HARMLESS].includes(name));
  if (unknown.length) throw new Stop(`The widget uses ${unknown.join(', ')} of the browser. If that can act, put it into SHADOWED and into the page of a preview; else into HARMLESS (scripts/build/preview.mjs).`);
  // A test presses buttons by script, and jsdom does not scroll.
  const pressed = once(js, /\b\w+\.isTrusted\b/, '!0');
  const scrolled = once(pressed, /\.scrollIntoView\(\)/, '.scrollIntoView?.()');
  const { code } = await esbuild.transform(scrolled, { format: 'iife', globalName: 'glue', minify: true, target: targets });
  return `export function glueOn({${SHADOWED.join(',')}}){${code};return glue}`;
}

// What a theme is, without a page: the values of tokens, the faults of their colours, and the style sheet that sets them.
import { channels, contrast } from './contrast.js';

const PREFIX = '--countersign-';
const PAIR = /^light-dark\(\s*(#[\da-f]{3,8}|[\w-]+|\w+\([^()]*\))\s*,\s*(#[\da-f]{3,8}|[\w-]+|\w+\([^()]*\))\s*\)$/i;

/** The light and the dark colour of a value, or undefined if it is no colour. */
export function colours(value) {
  const both = value.match(PAIR)?.slice(1) ?? [value, value];
  return both.every((it) => !/^var\(/.test(it) && channels(it)) ? both : undefined;
}

export const joined = ([light, dark]) => (light === dark ? light : `light-dark(${light}, ${dark})`);

/** The pairs whose contrast is too low, as sentences. */
export function faults(values, pairs) {
  return ['light', 'dark'].flatMap((theme, index) => pairs.flatMap(([ink, ground, least]) => {
    const [one, other] = [ink, ground].map((name) => colours(values[PREFIX + name])?.[index]);
    if (!one || !other) return [`${theme}: ${one ? ground : ink} is no colour that can be checked.`];
    const ratio = contrast(one, other);
    // Rounded down: 4.497 is not 4.5.
    return ratio >= least ? [] : [`${theme}: ${ink} on ${ground} has ${(Math.floor(ratio * 100) / 100).toFixed(2)}:1, and needs ${least}:1.`];
  }));
}

const block = (lines, indent) => `${indent}:root {\n${lines.map((line) => `${indent}  ${line}\n`).join('')}${indent}}\n`;

/** The style sheet of the changed tokens. Browsers without `light-dark()` keep the system's colours. */
export function sheet(changed) {
  const lines = Object.entries(changed).map(([name, value]) => [name, `${name}: ${value};`]);
  const both = lines.filter(([, line]) => line.includes('light-dark(') || CSS.supports('color', line.split(': ')[1].slice(0, -1))).map(([, line]) => line);
  const plain = lines.map(([, line]) => line).filter((line) => !both.includes(line));
  return [
    ...(plain.length ? [block(plain, '')] : []),
    ...(both.length ? [`@supports (color: light-dark(red, red)) {\n${block(both, '  ')}}\n`] : []),
  ].join('');
}

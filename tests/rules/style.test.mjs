// The style sheets: what hosts may change is a token, documented, and nothing stands in their way.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const read = (name) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');
const code = (name) => read(name).replace(/\/\*.*?\*\//gs, '');
const themes = readdirSync(fileURLToPath(new URL('../../style/themes', import.meta.url)));
const sheets = ['style/tokens.css', 'style/widget.css', 'style/page.css', ...themes.map((name) => `style/themes/${name}`)];
const set = (css) => [...css.matchAll(/(--countersign-[\w-]+)\s*:/g)].map(([, name]) => name);
const tokens = [...new Set(set(code('style/tokens.css')))];
/** The declarations of a sheet for every browser, and those for browsers with `light-dark()`. */
const halves = (sheet) => code(sheet).split('@supports (color: light-dark(red, red))');

test('every token is documented, and nothing is that is no token', () => {
  const documented = [...read('docs/theming.md').matchAll(/^\| `(--countersign-[\w-]+)`/gm)].map(([, name]) => name);
  assert.deepEqual(documented.toSorted(), tokens.toSorted());
});

test('every token is declared once, or once more for browsers with light-dark()', () => {
  for (const sheet of ['style/tokens.css', ...themes.map((name) => `style/themes/${name}`)]) {
    for (const half of halves(sheet)) {
      const declared = set(half);
      assert.deepEqual(declared.filter((name, index) => declared.indexOf(name) !== index), [], sheet);
    }
  }
});

test('a rule uses no token that is not declared', () => {
  for (const sheet of sheets) {
    const used = [...code(sheet).matchAll(/var\((--countersign-[\w-]+)/g)].map(([, name]) => name);
    assert.deepEqual(used.filter((name) => !tokens.includes(name)), [], sheet);
  }
});

test('nothing has to be overridden with !important', () => {
  for (const sheet of sheets) assert.doesNotMatch(code(sheet), /!important/, sheet);
});

test('the tokens are declared with no specificity, so that a host’s own win', () => {
  assert.match(code('style/tokens.css').trim(), /^(:where\(:root, :host\) \{[^{}]*\}|@supports [^{]*\{\s*:where\(:root, :host\) \{[^{}]*\}\s*\}|\s)*$/);
});

test('a theme sets tokens and nothing else, for light and dark', () => {
  assert.deepEqual(themes.sort(), ['harbor.css', 'paper.css']);
  for (const name of themes) {
    const theme = code(`style/themes/${name}`).trim();
    assert.match(theme, /^:root:where\([^{}]*\) \{[^{}]*\}\s*@supports [^{]*\{\s*:root:where\([^{}]*\) \{[^{}]*\}\s*\}$/, name);
    const declared = [...theme.matchAll(/(^|[{;])\s*([\w-]+)\s*:/g)].map(([, , property]) => property);
    assert.deepEqual(declared.filter((property) => !tokens.includes(property)), [], name);
    const colours = set(halves('style/tokens.css')[1]).filter((token) => token !== '--countersign-shadow');
    assert.deepEqual(colours.filter((colour) => !new RegExp(`${colour}: light-dark\\(`).test(theme)), [], name);
  }
});

/** How bright a colour is (WCAG 2.2, relative luminance). */
function luminance(color) {
  const digits = color.length === 4 ? [...color.slice(1)].map((digit) => digit + digit) : color.slice(1).match(/../g);
  const [red, green, blue] = digits.map((pair) => parseInt(pair, 16) / 255).map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('text holds 4.5:1, and the edges of controls and the ring of the focus hold 3:1, in every theme, light and dark', () => {
  const { pairs } = JSON.parse(read('style/contrast.json'));
  assert.ok(pairs.length >= 14);
  const found = [];
  for (const sheet of ['style/tokens.css', ...themes.map((name) => `style/themes/${name}`)]) {
    const colors = Object.fromEntries([...halves(sheet)[1].matchAll(/--countersign-([\w-]+):\s*light-dark\((#\w+), (#\w+)\);/g)].map(([, name, ...both]) => [name, both]));
    for (const theme of [0, 1]) {
      for (const [ink, ground, least] of pairs) {
        const [low, high] = [ink, ground].map((name) => luminance(colors[name][theme])).sort((one, other) => one - other);
        const ratio = (high + 0.05) / (low + 0.05);
        if (ratio < least) found.push(`${sheet}, ${['light', 'dark'][theme]}: ${ink} on ${ground}: ${ratio.toFixed(2)}`);
      }
    }
  }
  assert.deepEqual(found, []);
  assert.equal(luminance('#fff').toFixed(4), '1.0000');
});

test('no rule has a side that a language cannot turn around', () => {
  // `inline-start` and `inline-end` turn around with the language; `both` and `none` are no side.
  const physical = /(^|[{;\s])(margin|padding|border|inset)?-?(left|right)\s*:|text-align:\s*(left|right)|\b(float|clear)\s*:(?!\s*(inline-start|inline-end|both|none)\s*[;}])/m;
  for (const sheet of sheets) assert.doesNotMatch(code(sheet), physical, sheet);
  for (const side of ['float: left;', 'float:right}', 'clear: left;', 'float: inline-start left;']) assert.match(side, physical);
});

// Prints the size of the npm package: each entry, a page with nothing but an element, and what it adds
// to a React page, beside Stytch's component.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotli, gzip } from '../lib/compress.mjs';
import { inRoot } from '../lib/root.mjs';
import { Stop } from '../lib/say.mjs';
import { keep } from './budget.mjs';
import { untilAllow } from './until-allow.mjs';

const number = (value) => value.toLocaleString('en-US').padStart(9);
const weight = (bytes) => ({ raw: bytes.length, gzip: gzip(bytes).length, brotli: brotli(bytes).length });
const sum = (...all) => Object.fromEntries(['raw', 'gzip', 'brotli'].map((kind) => [kind, all.reduce((total, it) => total + it[kind], 0)]));
const less = (one, other) => Object.fromEntries(Object.entries(one).map(([kind, value]) => [kind, value - other[kind]]));

const packaged = (...parts) => inRoot('target', 'npm', 'package', ...parts);

/** A page with nothing but an element, for a site without a bundler. */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Allow access</title>
<link rel="stylesheet" href="/page.css">
<link rel="preload" href="/countersign/widget.wasm" as="fetch" type="application/wasm" crossorigin>
<link rel="modulepreload" href="/countersign/index.js">
<script type="module" src="/countersign/register.js"></script>
<body><countersign-identity-provider></countersign-identity-provider></body>
</html>
`;

/** Bundles and minifies a script that may import the package, React and Stytch's component. */
export async function bundle(contents) {
  const { build } = await import('esbuild');
  const alias = { name: 'package', setup: (at) => at.onResolve({ filter: /^countersign(\/\w+)?$/ }, ({ path }) => ({ path: packaged('dist', `${path.split('/')[1] ?? 'index'}.js`) })) };
  const result = await build({
    stdin: { contents, resolveDir: inRoot(), loader: 'js' },
    bundle: true, minify: true, write: false, format: 'esm', legalComments: 'none', define: { 'process.env.NODE_ENV': '"production"' }, plugins: [alias], logLevel: 'error',
  });
  return result.outputFiles[0].contents;
}

const bundled = async (contents) => weight(await bundle(contents));

const REACT = "import { createElement } from 'react'; import { createRoot } from 'react-dom/client';\n";
const render = (what) => `createRoot(document.body).render(${what});`;

const WHOLE = 'the element\'s page, whole';
const WHOLE_STYTCH = 'the element\'s page in front of Stytch, whole';
const REACT_ADDS = 'added to a React page: countersign/react';

const RENDER = 'entry ./render.wasm, on servers alone';

/** All sizes, by name. */
export async function measure() {
  const file = (name) => weight(readFileSync(packaged('dist', name)));
  const [wasm, withStytch] = [file('widget.wasm'), file('stytch.wasm')];
  const page = [weight(Buffer.from(PAGE)), file('styles/page.css'), file('index.js'), file('register.js')];
  const heaviest = (folder, what) => {
    const all = readdirSync(packaged('dist', folder)).map((name) => [`${what}: ${name}`, file(`${folder}/${name}`)]);
    return all.sort(([, one], [, other]) => other.brotli - one.brotli)[0];
  };
  const react = await bundled(`${REACT}${render("createElement('p')")}`);
  const ours = await bundled(`import { IdentityProvider } from 'countersign/react';\n${REACT}${render('createElement(IdentityProvider, {})')}`);
  const theirs = await bundled(`import { createStytchClient, IdentityProvider, StytchProvider } from '@stytch/react';
${REACT}${render("createElement(StytchProvider, { stytch: createStytchClient('public-token-test') }, createElement(IdentityProvider, {}))")}`);
  return {
    'entry . (index.js)': file('index.js'),
    'entry ./register': file('register.js'),
    'entry ./react': file('react.js'),
    'entry ./react/stytch': file('react/stytch.js'),
    'entry ./react/stytch/standalone': file('react/stytch-standalone.js'),
    'entry ./testing, never in production': file('testing.js'),
    'entry ./widget.wasm': wasm,
    'entry ./stytch.wasm, in its place in front of Stytch': withStytch,
    [RENDER]: file('render/render.wasm'),
    'entry ./styles/* (all)': sum(...['tokens', 'widget', 'page'].map((name) => file(`styles/${name}.css`))),
    ...Object.fromEntries([heaviest('messages', 'one language, where it is not English'), heaviest('styles/themes', 'one theme, where there is one')]),
    [WHOLE]: sum(...page, wasm),
    [WHOLE_STYTCH]: sum(...page, withStytch),
    [REACT_ADDS]: sum(less(ours, react), wasm),
    'added to a React page in front of Stytch: countersign/react': sum(less(ours, react), withStytch),
    'added to a React page in front of Stytch: @stytch/react': less(theirs, react),
  };
}

/** Prints all sizes. Stops if a page is over its budget. `small` tells whether the size options were used. */
export async function weighPackage(small) {
  if (!existsSync(packaged('dist'))) throw new Stop('There is no package: run "npm run pack" first.');
  const rows = Object.entries(await measure());
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log(`${'bytes'.padEnd(width)} ${'raw'.padStart(9)} ${'gzip'.padStart(9)} ${'brotli'.padStart(9)}`);
  for (const [name, row] of rows) console.log(`${name.padEnd(width)} ${number(row.raw)} ${number(row.gzip)} ${number(row.brotli)}`);
  const { [WHOLE]: element, [WHOLE_STYTCH]: stytch, [REACT_ADDS]: react, [RENDER]: render } = Object.fromEntries(rows);
  // All of such a page is on the way to the card.
  untilAllow([
    { goal: 'element', title: WHOLE, bytes: element.brotli },
    { goal: 'stytch', title: WHOLE_STYTCH, bytes: stytch.brotli },
    { goal: 'react', title: REACT_ADDS, bytes: react.brotli },
  ]);
  keep('element', 'The element\'s page, whole', element.brotli, small);
  keep('stytch', 'The element\'s page in front of Stytch, whole', stytch.brotli, small);
  keep('render', 'The module that renders cards on servers', render.raw, small, 'raw');
}

// The page of pictures, docs/screens.md: which sheets there are, and which screens are on each.
import { existsSync, readFileSync } from 'node:fs';
import { inRoot } from '../lib/root.mjs';

const { scenes } = JSON.parse(readFileSync(inRoot('examples', 'demo', 'gallery.json'), 'utf8'));

/** These screens are shown in a wide window too, where the card that asks has two columns. */
const WIDE = ['permissions', 'scopes-eight', 'organization-choice', 'expired'];

/** Every picture on a sheet, in its order: `{ number, scene, title, isWide }`. */
export const shots = [
  ...WIDE.map((name) => ({ ...scenes.find((scene) => scene.name === name), isWide: true })),
  ...scenes.map((scene) => ({ ...scene, isWide: false })),
].map(({ name, title, isWide }, place) => ({ number: place + 1, scene: name, title, isWide }));

/** The themes, as `data-countersign-theme` names them; the standard one has no name there. */
const PALETTES = { standard: 'none', paper: 'paper', harbor: 'harbor' };

/** A sheet for every theme in light and dark. `file` is its path from docs/. */
export const sheets = Object.entries(PALETTES).flatMap(([name, palette]) => ['light', 'dark'].map((theme) => (
  { title: `${name}, ${theme}`, file: `screens/${name}-${theme}.webp`, palette, theme })));

const isThere = ({ file }) => existsSync(inRoot('docs', file));
const picture = ({ title, file }) => `## ${title[0].toUpperCase()}${title.slice(1)}\n\n![Every screen in the theme ${title}](${file})\n`;
const row = ({ number, scene, title, isWide }) => `| ${number} | ${title}${isWide ? ', in a wide window' : ''} | \`/gallery?scene=${scene}\` |`;

/** The text of docs/screens.md. It shows those pictures that have been taken. */
export const written = () => `# Every screen in each theme

\`npm run pictures\` takes these pictures from the [gallery](demo.md#the-gallery) and writes this page. Each picture has the
number of its screen in the list below; what is longer than a window of 390 × 844 pixels goes on below it.

${sheets.filter(isThere).map(picture).concat('## The screens\n').join('\n')}
| | screen | in the gallery |
|---|---|---|
${shots.map(row).join('\n')}
`;

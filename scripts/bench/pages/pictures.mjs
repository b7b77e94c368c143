// The pictures of a run: bars of all faces, and a filmstrip of each beside Stytch's component.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { note } from '../../lib/say.mjs';
import { barsOf } from './bars.mjs';
import { STYTCH } from './faces.mjs';
import { composed, film } from './film.mjs';

const nameOf = ({ title, api, name }) => (name === STYTCH ? title : `${title}, in front of ${api}`);

const groupsOf = ({ scenarios, faces }) => scenarios.map((scenario) => ({
  title: scenario.title,
  bars: faces.map((face) => {
    const { visible, ratio } = face.scenarios[scenario.name];
    return { title: face.title, api: face.api, isTheirs: face.name === STYTCH, value: Math.round(visible.median), ratio };
  }),
}));

/** Takes the pictures into a folder. Answers `{ title, file }` of each, `file` by its name there. */
export async function takePictures(hosts, result, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'bars.svg'), barsOf(groupsOf(result)));
  const pictures = [{ title: 'The time until Allow is visible, as bars', file: 'bars.svg' }];
  // Strips are of cold loads.
  if (!result.scenarios.some(({ name }) => name === 'cold')) return pictures;
  const stripOf = (face) => film(hosts, { ...face, title: nameOf(face) }, face.scenarios.cold.visible.median);
  const theirs = await stripOf(result.faces.find(({ name }) => name === STYTCH));
  for (const face of result.faces.filter(({ name }) => name !== STYTCH)) {
    const file = `film-${face.name}.webp`;
    const bytes = await composed(hosts, [await stripOf(face), theirs]);
    writeFileSync(path.join(folder, file), bytes);
    note(file, `${bytes.length.toLocaleString('en-US')} bytes`);
    pictures.push({ title: `${nameOf(face)}, beside Stytch’s component, every 100 ms`, file });
  }
  return pictures;
}

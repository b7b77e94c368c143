// The pages that the bench loads. Each face is `{ name, title, api, files }`; `api` is the API that it stands in front of, and `files`
// makes its page (files.mjs). A face that cannot be loaded has a `missing` instead, the reason that is printed.
import { existsSync } from 'node:fs';
import { Stop } from '../../lib/say.mjs';
import { elementPage, leptosPage, reactPage, stytchPage } from './files.mjs';
import { packaged } from './packaged.mjs';

export const STYTCH = 'stytch';

export const FACES = [
  { name: 'server-rendered', title: 'server-rendered page', api: 'countersign', missing: 'no server renders the card' },
  { name: 'page', title: 'Leptos page', api: 'countersign', files: leptosPage },
  { name: 'page-nodes', title: 'Leptos page, card from the server', api: 'countersign', missing: 'no server sends the card as nodes' },
  { name: 'element', title: 'element', api: 'countersign', files: elementPage },
  { name: 'element-nodes', title: 'element, card from the server', api: 'countersign', missing: 'no server sends the card as nodes' },
  { name: 'element-stytch', title: 'element', api: 'Stytch', files: elementPage },
  { name: 'react', title: 'React component', api: 'countersign', files: reactPage },
  { name: 'react-stytch', title: 'React component', api: 'Stytch', files: reactPage },
  { name: 'react-stytch-tags', title: 'React component, tags in the head', api: 'Stytch', files: (how) => reactPage({ ...how, hasTags: true }) },
  { name: STYTCH, title: 'Stytch’s own component', api: 'Stytch', files: stytchPage },
];

/** What happened in the browser before the load that is measured. */
export const SCENARIOS = [
  { name: 'cold', title: 'Cold', before: 'nothing' },
  { name: 'repeat', title: 'Repeat visit', before: 'the same page, twice' },
  {
    name: 'preloaded', title: 'After a login page that preloads', before: 'the login page',
    missing: () => (existsSync(packaged('preload.js')) ? undefined : 'the package has no entry countersign/preload'),
  },
];

/** The named ones of a list, in its order; all of them if nothing is named. */
export function named(what, all, text) {
  if (text === undefined) return all;
  const names = text.split(',').map((name) => name.trim()).filter(Boolean);
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined || !names.length) throw new Stop(`There is no ${what} "${unknown ?? text}"; there are ${all.map(({ name }) => name).join(', ')}.`);
  return all.filter(({ name }) => names.includes(name));
}

/** The faces to load. Stytch's component is always there: the others are compared with it. */
export function chosenFaces(text) {
  const chosen = named('face', FACES, text);
  return FACES.filter((face) => chosen.includes(face) || face.name === STYTCH);
}

// Where links of a document lead on the site: to a page of it, to a file that it has, or to the repository.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../../scripts/lib/root.mjs';
import { addressOf, calledOf, files } from './nav.mjs';

const { homepage = '', repository } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
const REPOSITORY = repository.url.replace(/^git\+|\.git$/g, '');

/** The site's own address, without a slash at its end: `homepage` of the npm package. Empty if it is published nowhere. */
export const site = homepage.replace(/\/$/, '');

/** Files of the repository that the site has as they are. */
export const copied = {
  'api/openapi.yaml': '/openapi.yaml',
  'docs/consent.png': '/images/consent.png',
  'docs/consent-dark.png': '/images/consent-dark.png',
  'docs/screens': '/images/screens',
  'docs/speed': '/images/speed',
};

function onSite(file) {
  if (files.includes(file)) return addressOf(file);
  const [from, to] = Object.entries(copied).find(([name]) => file === name || file.startsWith(`${name}/`)) ?? [];
  return from && to + file.slice(from.length);
}

function inRepository(file) {
  const at = inRoot(...file.split('/'));
  if (!existsSync(at)) throw new Error(`A document links to ${file}, which is not there.`);
  return `${REPOSITORY}/${statSync(at).isDirectory() ? 'tree' : 'blob'}/main/${file}`;
}

/** What a link's words are on the site: a document that is called by its file's name has a title there. */
export function wordsOf(words, link, from) {
  const file = path.posix.join(path.posix.dirname(from), link.split('#')[0]);
  if (!/^[\w./-]+\.md$/.test(words) || !files.includes(file)) return words;
  return calledOf(file);
}

/** The address of what a link in the document `from` leads to. */
export function resolved(link, from) {
  if (/^([a-z][a-z+.-]*:|#|\/)/i.test(link)) return link;
  const [name, anchor] = link.split('#');
  const file = path.posix.join(path.posix.dirname(from), name).replace(/\/$/, '');
  return (onSite(file) ?? onSite(`${file}/README.md`) ?? inRepository(file)) + (anchor === undefined ? '' : `#${anchor}`);
}

// The documents of the repository, as pages.
import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { rendered } from './markdown.mjs';
import { addressOf, calledOf, files, groups, ownTitle, titleOf } from './nav.mjs';

const withoutMarks = (text) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*_]/g, '');

/** The first paragraph of prose, as one line. */
function summary(text) {
  const paragraphs = text.split(/\n{2,}/).map((it) => it.trim());
  const found = paragraphs.find((it) => /^[\p{L}`*\[]/u.test(it) && !/^\*\*\w+\.?\*\* /.test(it) && !it.includes('\n|')) ?? '';
  const line = withoutMarks(found.replace(/\s+/g, ' '));
  return line.length <= 200 ? line : `${line.slice(0, line.lastIndexOf(' ', 197))} …`;
}

function read(file) {
  const text = readFileSync(inRoot(...file.split('/')), 'utf8').replace(/^<!--.*?-->\n/gm, '');
  const title = titleOf(file);
  return { file, url: addressOf(file), title, called: calledOf(file), text, summary: summary(text.replace(/^# .+$/m, '')) };
}

/** `{ file, url, title, called, text, summary, html, headings }` of every document. */
export const documents = files.map(read).map((it) => ({ ...it, ...rendered(it.text, it.file) }));

const byFile = new Map(documents.map((it) => [it.file, it]));

export const document = (file) => byFile.get(file);

/** The menu: `[title, [{ url, title }]]`. */
export const menu = groups.map(([title, entries]) => [title, entries.map((entry) => (
  entry.startsWith('/') ? { url: entry, title: ownTitle(entry) } : { url: addressOf(entry), title: byFile.get(entry).called }
))]);

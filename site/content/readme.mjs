// What the first page says: the README's own words.
import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';

const readme = readFileSync(inRoot('README.md'), 'utf8');

/** The first paragraph, as one line. */
export const lead = readme.split(/\n{2,}/)[1].replace(/\s+/g, ' ').trim();

/** The list of what it does: Markdown. */
export const points = readme.match(/(?:^- .*\n(?: {2}.*\n)*)+/m)[0];

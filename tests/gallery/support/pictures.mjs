// The pictures that screens are compared with, in screenshots/. UPDATE_SCREENSHOTS=1 writes those anew that have changed.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cropped, decode, differing, encode, small } from './png.mjs';

const FOLDER = new URL('../screenshots/', import.meta.url);
const RESULTS = new URL('../../../test-results/gallery/', import.meta.url);
/** How much may differ, as a share of the pixels: hardly anything clearly, since the same fonts make the same letters; a little faintly. */
const NOISE = [{ threshold: 0.1, share: 0.0002 }, { threshold: 0.02, share: 0.01 }];
const SIZE_NOISE = 2;

export const isUpdate = Boolean(process.env.UPDATE_SCREENSHOTS);

/** The open card, as a picture. */
export async function take(page) {
  await page.evaluate(() => Promise.allSettled([...document.images].map((image) => image.decode())));
  return decode(await page.locator('.countersign').screenshot({ animations: 'disabled', caret: 'hide' }));
}

/** How a picture differs from another, in words, or null; and the picture of it. */
export function compare(actual, expected) {
  if (Math.abs(actual.width - expected.width) > SIZE_NOISE || Math.abs(actual.height - expected.height) > SIZE_NOISE) {
    return { words: `${actual.width} x ${actual.height} instead of ${expected.width} x ${expected.height}` };
  }
  const [width, height] = [Math.min(actual.width, expected.width), Math.min(actual.height, expected.height)];
  const both = [cropped(actual, width, height), cropped(expected, width, height)];
  const diff = cropped(actual, width, height);
  for (const { threshold, share } of NOISE) {
    const count = differing(...both, { threshold, diff });
    if (count > share * width * height) return { words: `${count} pixels differ, ${(count / width / height * 100).toFixed(2)} %`, diff };
  }
  return null;
}

const write = (folder, name, bytes) => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(name, folder), bytes);
};

/** Compares the open card with its picture. Where they differ, says how, and where both are to be looked at. */
export async function look(page, name) {
  const actual = await take(page);
  const file = new URL(`${name}.png`, FOLDER);
  const there = existsSync(file);
  const found = there ? compare(actual, decode(readFileSync(file))) : { words: 'there is no picture of it' };
  if (!found) return null;
  if (isUpdate) {
    write(FOLDER, `${name}.png`, small(actual));
    return null;
  }
  write(RESULTS, `${name}.png`, encode(actual));
  if (found.diff) write(RESULTS, `${name}-diff.png`, encode(found.diff));
  return `${name}: ${found.words}: see test-results/gallery/${name}.png${found.diff ? ` and ${name}-diff.png` : ''}`;
}

/** The names of pictures that no screen has; an update removes them. */
export function orphans(names) {
  const wanted = new Set(names.map((name) => `${name}.png`));
  const others = (existsSync(FOLDER) ? readdirSync(FOLDER) : []).filter((name) => !wanted.has(name));
  if (!isUpdate) return others;
  for (const name of others) rmSync(new URL(name, FOLDER));
  return [];
}

/** What the folder weighs. */
export const weight = () => readdirSync(FOLDER).reduce((sum, name) => sum + readFileSync(new URL(name, FOLDER)).length, 0);

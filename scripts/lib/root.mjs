// Where the project is, so that every script works from any folder.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** An absolute path from one inside the project. */
export const inRoot = (...parts) => path.join(root, ...parts);

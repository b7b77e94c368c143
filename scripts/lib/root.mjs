// The project's folder, so that every script works from any folder.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The absolute path of a file in the project. */
export const inRoot = (...parts) => path.join(root, ...parts);

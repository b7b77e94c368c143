// Every sample in TypeScript or JSX of the documents outside docs/hosts compiles under `strict`, and what is wrong does not.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { inRoot } from '../../scripts/lib/root.mjs';

const from = fileURLToPath(new URL('documents', import.meta.url));
// In the project, for the types of React, Stytch and the stores.
const folder = inRoot('target', 'tmp', 'documents');

const documents = execFileSync('git', ['ls-files', '*.md', ':!docs/hosts'], { cwd: inRoot(), encoding: 'utf8' }).trim().split('\n');

/** The samples of a document as `[file, code]`, in which each line has the number that it has in the document. */
function samples(document) {
  const text = readFileSync(inRoot(document), 'utf8');
  return [...text.matchAll(/^```(tsx?|jsx)\n(.*?)^```/gms)].map((found) => {
    const [, language, code] = found;
    const before = text.slice(0, found.index).split('\n').length;
    const name = `${document.replaceAll('/', '-').replace(/\.md$/, '')}-${before}.${language === 'ts' ? 'ts' : 'tsx'}`;
    return [name, '\n'.repeat(before) + code.replace(/(?<!['"/\w-])…(?=,)/g, '...rest') + 'export {};\n'];
  });
}

test('every sample in TypeScript or JSX compiles, and what is wrong does not', () => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  cpSync(from, folder, { recursive: true });
  symlinkSync(inRoot('target', 'npm', 'package'), path.join(folder, 'node_modules', 'countersign'));
  const all = documents.flatMap(samples);
  assert.ok(all.length > 10);
  for (const [name, code] of all) writeFileSync(path.join(folder, name), code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', folder], { cwd: folder, encoding: 'utf8' });
  assert.deepEqual({ status, said: stdout + stderr }, { status: 0, said: '' });
});

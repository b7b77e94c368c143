// The kit as TypeScript sees it, and what it imports.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const source = inRoot('server', 'node', 'src');
/** But for the command `countersign-check`, which is no part of a server. */
const files = readdirSync(source, { recursive: true }).filter((name) => name.endsWith('.ts') && !name.startsWith(`check${path.sep}`));

test('the compiler finds no fault in the types', () => {
  const { status, stdout } = spawnSync(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '--noEmit', '-p', inRoot('server', 'node', 'tsconfig.json')], { encoding: 'utf8', timeout: 120_000 });
  assert.equal(status, 0, stdout);
});

test('the kit imports no package but the list of public suffixes, in an entry of its own, and Node only where Node is needed', () => {
  assert.ok(files.length > 15);
  const forNode = ['node.ts', path.join('stores', 'sqlite.ts'), path.join('engines', 'in-process.ts'), path.join('engines', 'oidc-provider', 'types.ts')];
  for (const file of files) {
    assert.doesNotMatch(readFileSync(path.join(source, file), 'utf8'), /\/domains\.ts'/, `${file} imports the list for everybody`);
    for (const [, name] of readFileSync(path.join(source, file), 'utf8').matchAll(/(?:from|import\() ?'([^']+)'/g)) {
      if (name === 'tldts' && file === 'domains.ts') continue;
      const isFine = name.startsWith('.') ? name.endsWith('.ts') || name.endsWith('.json') : name.startsWith('node:') && forNode.includes(file);
      assert.ok(isFine, `${file} imports ${name}`);
    }
  }
});

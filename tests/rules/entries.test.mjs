// The commands of package.json run on a machine that has nothing of node_modules yet: they install it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const { scripts } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const entries = Object.values(scripts).flatMap((command) => /node (scripts\/\S+\.mjs)/.exec(command)?.[1] ?? []);

/** What a module imports before its first line runs. */
const imports = (file) => [...readFileSync(inRoot(file), 'utf8').matchAll(/^(?:import|export)\s(?:[^'"]*?\sfrom\s)?'([^']+)'/gm)].map(([, name]) => name);

/** The packages that a module and those that it imports need, each with the way to it. */
function packagesOf(entry) {
  const [found, seen, open] = [[], new Set([entry]), [[entry, entry]]];
  for (const [file, way] of open) {
    for (const name of imports(file)) {
      if (name.startsWith('node:')) continue;
      if (!name.startsWith('.')) {
        found.push(`${way} > ${name}`);
        continue;
      }
      const next = path.posix.join(path.posix.dirname(file), name);
      assert.ok(existsSync(inRoot(next)), `${file}: ${name}`);
      if (!/\.m?[jt]s$/.test(next) || seen.has(next)) continue;
      seen.add(next);
      open.push([next, `${way} > ${next}`]);
    }
  }
  return { found, count: seen.size };
}

test('no command imports a package before it has installed the packages', () => {
  assert.ok(entries.length > 10);
  assert.ok(packagesOf('scripts/demo.mjs').count > 20);
  assert.deepEqual(entries.flatMap((entry) => packagesOf(entry).found), []);
});

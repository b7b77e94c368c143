// The documents in the npm package: their links lead to files of the package, or to the repository.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { SHIPPED, linked } from '../../scripts/build/documents.mjs';
import { inRoot } from '../../scripts/lib/root.mjs';

const { files, repository } = JSON.parse(readFileSync(inRoot('components', 'element', 'package.json'), 'utf8'));
const README = 'components/element/README.md';

test('every document of the package is there, and in a folder that is packed', () => {
  for (const file of SHIPPED) {
    assert.ok(existsSync(inRoot(file)), file);
    assert.ok(files.includes(file.split('/')[0]), file);
  }
});

test('every relative link of a document in the package leads to a file of the package', () => {
  for (const [from, to] of [[README, 'README.md'], ...SHIPPED.filter((file) => file.endsWith('.md')).map((file) => [file, file])]) {
    const text = linked(readFileSync(inRoot(from), 'utf8'), { from, to, repository });
    for (const [, link] of text.replace(/^```.*?^```/gms, '').matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      if (/^[a-z]+:/.test(link)) continue;
      const file = path.posix.join(path.posix.dirname(to), link);
      assert.ok(SHIPPED.includes(file) || file === 'README.md' || file === 'CHANGELOG.md', `${from}: ${link}`);
    }
  }
});

test('the README of the package names the server’s side', () => {
  const readme = readFileSync(inRoot(README), 'utf8');
  for (const name of ['countersign/server', 'packageFiles()', 'docs/check.md', 'server/node/README.md', 'api/openapi.yaml']) assert.ok(readme.includes(name), name);
});

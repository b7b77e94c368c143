import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { CHECKS } from '../../server/node/src/check/checks/index.ts';

const spaced = (text) => text.replace(/\s+/g, ' ');
const read = (name) => spaced(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8'));
/** YAML writes a quote within quotes twice. */
const openapi = read('api/openapi.yaml').replaceAll("''", "'");
const checks = Object.entries(CHECKS).flatMap(([profile, list]) => list.map((check) => ({ profile, ...check })));

test('every check quotes a sentence that stands in its document, word for word', () => {
  for (const { id, says, from } of checks) {
    assert.ok(says.length > 10, id);
    assert.ok((from ? read(from) : openapi).includes(spaced(says)), `${id}: ${says}`);
  }
});

test('every check has an id of its profile, which no other has', () => {
  for (const { id, profile } of checks) assert.match(id, new RegExp(`^${profile}\\.[a-z0-9]+(-[a-z0-9]+)*$`));
  assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
});

test('every check has a title and a fix that are sentences', () => {
  for (const { id, title, fix } of checks) {
    for (const text of [title, fix]) assert.match(text, /^[A-Z`].{15,}\.$/s, `${id}: ${text}`);
  }
  const titles = checks.map(({ title }) => title);
  assert.equal(new Set(titles).size, titles.length);
});

test('the document of the check names every profile and every state of a config', () => {
  const text = read('docs/check.md');
  for (const profile of Object.keys(CHECKS)) assert.ok(text.includes(`\`${profile}\``), profile);
  for (const need of new Set(checks.flatMap(({ needs = [] }) => needs))) assert.ok(text.includes(need), need);
});

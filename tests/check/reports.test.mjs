import assert from 'node:assert/strict';
import test from 'node:test';
import { readExpected } from '../../server/node/src/check/expected.ts';
import { compatibility } from '../../server/node/src/check/report/compatibility.ts';
import { json } from '../../server/node/src/check/report/json.ts';
import { junit } from '../../server/node/src/check/report/junit.ts';
import { markdown } from '../../server/node/src/check/report/markdown.ts';
import { summary, uncheckedOf } from '../../server/node/src/check/report/summary.ts';
import { textOf } from '../../server/node/src/check/report/text.ts';
import { isGood } from '../../server/node/src/check/model.ts';

const checkOf = (id, more = {}) => ({ id, title: `The title of ${id}.`, says: 'A sentence with "quotes" & <signs>.', fix: 'A fix.', run() {}, ...more });
/** A message of a server that wants to break a report. */
const HOSTILE = 'a|b\n| c | <script>&"\u0000\u001b[31m\ud800\ufffe😀]]>';

const REPORT = {
  origin: 'https://id.example.com',
  profiles: ['core', 'page'],
  requests: 7,
  without: [{ profile: 'logout', reason: 'has a page of its own | <here>' }],
  ended: [
    { check: checkOf('core.one'), profile: 'core', state: 'passed' },
    { check: checkOf('core.two'), profile: 'core', state: 'failed', message: HOSTILE },
    { check: checkOf('core.three'), profile: 'core', state: 'expected', message: 'known (why)', reason: 'known' },
    { check: checkOf('core.four'), profile: 'core', state: 'not-applicable', message: 'none' },
    { check: checkOf('page.one', { from: 'docs/backend.md' }), profile: 'page', state: 'unexpected', message: 'listed' },
  ],
};

test('the last line counts what passed of what has something to test', () => {
  assert.equal(summary(REPORT), 'countersign core: 1 of 3, 1 not applicable; page: 1 of 1; not run: narrowing, remember, b2b, details');
});

test('a report is good if nothing failed that is not listed, and nothing is listed that passes', () => {
  const states = (...all) => ({ ended: all.map((state) => ({ state })) });
  assert.equal(isGood(states('passed', 'expected', 'not-applicable')), true);
  assert.equal(isGood(states('passed', 'failed')), false);
  assert.equal(isGood(states('unexpected')), false);
});

test('what nobody has looked at is said at the end, and a reason that is listed in place of the check\'s own', () => {
  const unchecked = { check: checkOf('core.five', { unchecked: 'Whose account it is.' }), profile: 'core', state: 'not-applicable', message: 'none', reason: 'OAuth alone' };
  const report = { ...REPORT, ended: [...REPORT.ended, unchecked] };
  assert.deepEqual(uncheckedOf(report), ['Whose account it is.']);
  assert.deepEqual(JSON.parse(json(report)).unchecked, ['Whose account it is.']);
  assert.ok(markdown(report).includes('\n**Not checked:** Whose account it is.\n'));
  assert.ok(markdown(report).includes('| `core.five` | The title of core.five. | – | OAuth alone |'));
  assert.equal(textOf(unchecked), 'n/a  core.five: The title of core.five.\n       OAuth alone');
});

test('a failure of the server itself has no advice of the check', () => {
  const fault = { check: checkOf('core.six'), profile: 'core', state: 'failed', isFault: true, message: 'Your server failed.' };
  assert.equal(textOf(fault), 'FAIL core.six: The title of core.six.\n       Your server failed.');
  assert.doesNotMatch(junit({ ...REPORT, ended: [fault] }), /Fix:/);
  assert.equal(JSON.parse(json({ ...REPORT, ended: [fault] })).checks[0].fix, undefined);
});

test('JUnit is well-formed whatever a server answers', () => {
  const quoted = 'A sentence with &quot;quotes&quot; &amp; &lt;signs&gt;.';
  assert.equal(junit(REPORT), `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="countersign core" tests="4" failures="1" skipped="2" errors="0">
    <testcase classname="countersign.core" name="core.one: The title of core.one."></testcase>
    <testcase classname="countersign.core" name="core.two: The title of core.two."><failure message="a|b&#10;| c | &lt;script&gt;&amp;&quot;\ufffd\ufffd[31m\ufffd\ufffd😀]]&gt;">api/openapi.yaml says: &quot;${quoted.replaceAll('"', '')}&quot;
Fix: A fix.</failure></testcase>
    <testcase classname="countersign.core" name="core.three: The title of core.three."><skipped message="known (why)"/></testcase>
    <testcase classname="countersign.core" name="core.four: The title of core.four."><skipped message="none"/></testcase>
  </testsuite>
  <testsuite name="countersign page" tests="1" failures="1" skipped="0" errors="0">
    <testcase classname="countersign.page" name="page.one: The title of page.one."><failure message="listed">docs/backend.md says: &quot;${quoted}&quot;
Fix: A fix.</failure></testcase>
  </testsuite>
</testsuites>`);
});

test('JSON has everything that a table needs', () => {
  const found = JSON.parse(json(REPORT));
  assert.deepEqual(found.profiles, [{ profile: 'core', passed: 1, applicable: 3 }, { profile: 'page', passed: 1, applicable: 1 }]);
  assert.deepEqual([found.origin, found.requests, found.summary], ['https://id.example.com', 7, summary(REPORT)]);
  assert.deepEqual(found.checks.map(({ id, state, message }) => [id, state, message]), [
    ['core.one', 'passed', undefined], ['core.two', 'failed', HOSTILE], ['core.three', 'expected', 'known (why)'], ['core.four', 'not-applicable', 'none'], ['page.one', 'unexpected', 'listed'],
  ]);
  assert.deepEqual(found.checks.at(-1).from, 'docs/backend.md');
  assert.deepEqual([found.without, found.checks[2].reason], [REPORT.without, 'known']);
});

test('Markdown keeps a row a row, and no HTML', () => {
  const rows = markdown(REPORT).split('\n');
  assert.equal(rows[0], '## core: 1 of 3');
  assert.equal(rows[5], '| `core.two` | The title of core.two. | **no** | a\\|b \\| c \\| &lt;script>&"\ufffd\ufffd[31m\ufffd\ufffd😀]]> |');
  assert.deepEqual(rows.slice(-5), ['## logout: not here', '', 'has a page of its own \\| &lt;here>', '', summary(REPORT)]);
  for (const row of rows.filter((one) => one.startsWith('|'))) assert.equal(row.replaceAll('\\|', '').split('|').length, 6, row);
});

test('a table of servers counts what each passes, and names what one of them does not do', () => {
  const results = JSON.parse(json(REPORT));
  const other = { profiles: [{ profile: 'core', passed: 2, applicable: 2 }], checks: [{ id: 'core.two', profile: 'core', title: 'The title of core.two.', state: 'passed' }] };
  assert.equal(compatibility({ 'One|two': results, Other: other }), [
    '| profile | One\\|two | Other |',
    '|---|---|---|',
    '| `core` | 1 of 3 | 2 of 2 |',
    '| `page` | 1 of 1 | – |',
    '| `logout` | – | – |',
    '',
    '### One\\|two',
    '',
    '| check |  | why |',
    '|---|---|---|',
    '| all of `logout` | not there | has a page of its own \\| &lt;here> |',
    '| `core.two`: The title of core.two. | **no** | a\\|b \\| c \\| &lt;script>&"\ufffd\ufffd[31m\ufffd\ufffd😀]]> |',
    '| `core.three`: The title of core.three. | **no** | known |',
    '| `core.four`: The title of core.four. | not tested | none |',
  ].join('\n'));
  assert.doesNotMatch(compatibility({ Other: other }), /check/);
});

test('the list of expected failures has an id a line, a reason and comments', () => {
  const known = (id) => /^core\.(one|two|three)$/.test(id);
  const found = readExpected('# gaps\n\ncore.one\n  core.two: has a reason # and a comment\r\ncore.three has one, too\n', known);
  assert.deepEqual([...found], [['core.one', ''], ['core.two', 'has a reason'], ['core.three', 'has one, too']]);
  assert.throws(() => readExpected('core.one\ncore.ten', known), { name: 'ConfigError', message: 'line 2: there is no check "core.ten".' });
  assert.throws(() => readExpected('core.one\ncore.one', known), { name: 'ConfigError', message: 'line 2: "core.one" is listed twice.' });
});

// What the bench of pages computes, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { benchNamed } from '../../scripts/bench/benches.mjs';
import { barsOf } from '../../scripts/bench/pages/bars.mjs';
import { chosenFaces, FACES, named, SCENARIOS } from '../../scripts/bench/pages/faces.mjs';
import { every } from '../../scripts/bench/pages/film.mjs';
import { steady, until } from '../../scripts/bench/pages/network.mjs';
import { between, conditions, rowsOf, written } from '../../scripts/bench/pages/table.mjs';
import { mainThread } from '../../scripts/bench/pages/trace.mjs';
import { median, ratio, rotated, summary } from '../../scripts/bench/statistics.mjs';
import { events as trace, NAME, URL } from './trace.mjs';

const names = (faces) => faces.map(({ name }) => name);

test('the median is the middle run, or the mean of the two in the middle, in whatever order they came', () => {
  assert.equal(median([10, 9, 100]), 10);
  assert.equal(median([9, 100, 10, 12]), 11);
  assert.deepEqual(summary([3, 1, 2]), { median: 2, min: 1, max: 3, runs: [3, 1, 2] });
});

test('a ratio is that of medians, and nothing without something to compare with', () => {
  assert.equal(ratio({ median: 1 }, { median: 3 }), 0.333);
  assert.equal(ratio({ median: 1 }, undefined), undefined);
});

test('every face is first equally often', () => {
  const firsts = [0, 1, 2, 3, 4, 5].map((round) => rotated(['a', 'b', 'c'], round)[0]);
  assert.deepEqual(firsts, ['a', 'b', 'c', 'a', 'b', 'c']);
  assert.deepEqual(rotated(['a', 'b', 'c'], 1), ['b', 'c', 'a']);
});

test('some faces can be chosen, in the order of the list, and Stytch’s component is always among them', () => {
  assert.deepEqual(names(chosenFaces('react,element')), ['element', 'react', 'stytch']);
  assert.deepEqual(chosenFaces(undefined), FACES);
  assert.throws(() => chosenFaces('none'), /^Error: There is no face "none"; there are server-rendered, page, /);
  assert.throws(() => named('scenario', SCENARIOS, ','), /^Error: There is no scenario ","; there are cold, repeat, preloaded\.$/);
});

test('every face has either files or the reason why it is not measured', () => {
  for (const { name, files, missing } of FACES) assert.notEqual(Boolean(files), Boolean(missing), name);
  assert.equal(new Set(names(FACES)).size, FACES.length);
});

test('a bench that is not there is named, with those that are, also if it is a word of the language', () => {
  assert.throws(() => benchNamed('constructor'), /^Error: There is no bench "constructor"; there are /);
  assert.ok(benchNamed('pages').run);
});

/** A document, a script that comes in two parts, one file from the cache, a preflight, and one request that is sent later. */
const EVENTS = [
  { kind: 'requestWillBeSent', id: 'page', at: 10, wall: 1000, url: 'http://localhost/' },
  { kind: 'responseReceived', id: 'page', at: 10.1, bytes: 200 },
  { kind: 'dataReceived', id: 'page', at: 10.1, bytes: 90 },
  { kind: 'loadingFinished', id: 'page', at: 10.1, bytes: 300 },
  { kind: 'requestWillBeSent', id: 'icon', at: 10.1, wall: 1000.1, url: 'data:,' },
  { kind: 'requestWillBeSent', id: 'kept', at: 10.1, wall: 1000.1, url: 'http://localhost/kept.js' },
  { kind: 'responseReceived', id: 'kept', at: 10.1, bytes: 100, isCached: true },
  { kind: 'requestWillBeSent', id: 'memory', at: 10.1, wall: 1000.1, url: 'http://localhost/memory.js' },
  { kind: 'requestServedFromCache', id: 'memory', at: 10.1 },
  { kind: 'requestWillBeSent', id: 'script', at: 10.2, wall: 1000.2, url: 'http://localhost/app.js' },
  { kind: 'responseReceived', id: 'script', at: 10.3, bytes: 50 },
  { kind: 'dataReceived', id: 'script', at: 10.4, bytes: 1000 },
  { kind: 'dataReceived', id: 'script', at: 10.6, bytes: 500 },
  { kind: 'loadingFinished', id: 'script', at: 10.6, bytes: 1550 },
  { kind: 'requestWillBeSent', id: 'preflight', at: 10.45, wall: 1000.45, url: 'https://api.example/' },
  { kind: 'responseReceived', id: 'preflight', at: 10.6, bytes: 80 },
  { kind: 'loadingFinished', id: 'preflight', at: 10.6, bytes: 0 },
  { kind: 'requestWillBeSent', id: 'late', at: 10.7, wall: 1000.7, url: 'http://localhost/late.js' },
];

test('bytes and requests until Allow are what had come by then, without what the browser had', () => {
  assert.deepEqual(until(EVENTS, 10.5), { bytes: 300 + 50 + 1000, requests: 3 });
  assert.deepEqual(until(EVENTS, 10.65), { bytes: 300 + 1550 + 80, requests: 3 });
  assert.deepEqual(until(EVENTS, 11), { bytes: 1930, requests: 4 });
});

test('a time of the page is found on the clock of the network', () => {
  assert.ok(Math.abs(steady(EVENTS, 1_000_050, 450) - 10.5) < 1e-9);
});

test('the main thread’s time is that of its own outermost tasks from the navigation to the mark', () => {
  assert.equal(mainThread(trace, { url: URL, name: NAME }), 35.5);
});

test('a trace without the navigation or the mark is an error, not zero', () => {
  assert.throws(() => mainThread(trace, { url: 'http://localhost/other', name: NAME }), /no navigation to/);
  assert.throws(() => mainThread(trace, { url: URL, name: 'other' }), /no mark "other"/);
});

const runs = (...values) => summary(values);
const scenario = (visible, against) => ({ visible: runs(visible), armed: runs(visible + 600), bytes: runs(85_000), requests: runs(6), ratio: against });
const RESULT = {
  pairs: 9,
  machine: { cores: 2, model: 'Some processor', loadBefore: 0.4, loadAfter: 1.1 },
  scenarios: [{ name: 'cold', title: 'Cold' }],
  faces: [
    { name: 'page', title: 'Leptos page', api: 'countersign', cpu: runs(104.6), scenarios: { cold: scenario(1139, 0.794) } },
    { name: 'stytch', title: 'Stytch’s own component', api: 'Stytch', cpu: runs(250), scenarios: { cold: scenario(1434, 1) } },
  ],
  skipped: [{ name: 'server-rendered', title: 'server-rendered page', reason: 'no server renders the card' }],
};

test('a row has what a user waits for, the ratio and what it costs', () => {
  assert.deepEqual(rowsOf(RESULT, 'cold')[1], ['Leptos page', 'countersign', '1,139', '0.79', '1,739', '85,000', '6', '105']);
  const again = { ...RESULT, faces: RESULT.faces.map((face) => ({ ...face, scenarios: { repeat: face.scenarios.cold } })) };
  assert.equal(rowsOf(again, 'repeat')[1].at(-1), '6', 'the main thread’s time is of cold loads');
});

test('what is written says its conditions, what was not measured, and shows its pictures', () => {
  const text = written(RESULT, [{ title: 'Bars', file: 'speed/bars.svg' }, { title: 'Strip', file: 'speed/film-page.webp' }]);
  assert.match(text, /^Medians of 9 loads of each page, in turn, on 2 cores \(Some processor\); load average 0\.4 at the beginning and 1\.1 at the end\.\n/);
  assert.match(text, /^Not measured: server-rendered page \(no server renders the card\)\.$/m);
  assert.match(text, /^\| Leptos page \| countersign \| 1,139 \| 0\.79 \|/m);
  assert.ok(text.indexOf('speed/bars.svg') < text.indexOf('### Cold') && text.indexOf('### Cold') < text.indexOf('speed/film-page.webp'));
});

test('a run on a busy machine says so', () => {
  assert.doesNotMatch(conditions(RESULT), /busy/);
  assert.match(conditions({ ...RESULT, machine: { ...RESULT.machine, loadAfter: 2.1 } }), /\*\*The machine was busy: /);
});

test('a run changes nothing of a document but what is between the marks', () => {
  assert.equal(between('a\n<!-- bench -->\nold\n<!-- /bench -->\nz\n', 'new\n'), 'a\n<!-- bench -->\nnew\n<!-- /bench -->\nz\n');
  assert.throws(() => between('a\n', 'new'), /The document has no <!-- bench -->/);
});

test('bars are as long as what they stand for, in a picture that follows the reader’s colours', () => {
  const svg = barsOf([{ title: 'Cold', bars: [
    { title: 'page <b>', api: 'countersign', isTheirs: false, value: 500, ratio: 0.5 }, { title: 'theirs', api: 'Stytch', isTheirs: true, value: 1000, ratio: 1 },
  ] }]);
  const widths = [...svg.matchAll(/<rect class="(?:ours|theirs)"[^>]* width="(\d+)"/g)].map(([, width]) => Number(width));
  assert.equal(widths[1], widths[0] * 2);
  assert.match(svg, /page &lt;b&gt;, countersign/);
  assert.match(svg, /500 ms, 0\.50 ×/);
  assert.match(svg, /prefers-color-scheme: dark/);
});

test('a strip has the last picture of every step, until one has Allow', () => {
  const frames = [{ at: 120, data: 'outline' }, { at: 180, data: 'outline, later' }, { at: 310, data: 'card' }];
  assert.deepEqual(every(100, frames, 260), [
    { at: 0, isVisible: false, data: undefined }, { at: 100, isVisible: false, data: undefined }, { at: 200, isVisible: false, data: 'outline, later' },
    { at: 300, isVisible: false, data: 'outline, later' }, { at: 400, isVisible: true, data: 'card' }, { at: 500, isVisible: true, data: 'card' },
  ]);
});

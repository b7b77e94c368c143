// The result of a run as text: tables for a terminal and for a document.
import { isQuiet } from './conditions.mjs';

const number = (value) => value.toLocaleString('en-US');
const HEAD = ['page', 'in front of', 'Allow visible, ms', '× Stytch', 'a press counts, ms', 'bytes', 'requests', 'main thread, ms'];

const row = ({ title, api, cpu }, { visible, armed, bytes, requests, ratio }) => [
  title, api, number(Math.round(visible.median)), ratio.toFixed(2), number(Math.round(armed.median)), number(Math.round(bytes.median)),
  String(requests.median), String(Math.round(cpu.median)),
];

/** The rows of a scenario, below their head. The main thread's time is that of cold loads alone. */
export function rowsOf({ faces }, scenario) {
  const rows = [HEAD, ...faces.map((face) => row(face, face.scenarios[scenario]))];
  return scenario === 'cold' ? rows : rows.map((cells) => cells.slice(0, -1));
}

const line = (cells) => `| ${cells.join(' | ')} |`;
const markdown = ([head, ...rows]) => [head, head.map((_, column) => (column < 2 ? '---' : '---:')), ...rows].map(line).join('\n');

/** Rows in columns, for a terminal. */
export function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  return rows.map((cells) => cells.map((text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join('  ')).join('\n');
}

/** What has to be known of a run before its numbers are believed. */
export function conditions({ pairs, machine }) {
  const { cores, model, loadBefore, loadAfter } = machine;
  const runs = `Medians of ${pairs} ${pairs === 1 ? 'load' : 'loads'} of each page, in turn, on ${cores} cores (${model})`;
  const text = `${runs}; load average ${loadBefore.toFixed(1)} at the beginning and ${loadAfter.toFixed(1)} at the end.`;
  return isQuiet(machine) ? text : `${text}\n${BUSY}`;
}

const BUSY = '**The machine was busy: times on the clock are too long, and their ratios less certain. Bytes and requests hold; the main thread’s time suffers less.**';

const missing = ({ skipped }) => (skipped.length ? `\nNot measured: ${skipped.map(({ title, reason }) => `${title} (${reason})`).join('; ')}.\n` : '');

const picture = ({ title, file }) => `![${title}](${file})\n`;

/** The part of docs/size-and-speed.md that a run writes. `pictures` are `{ title, file }`, the bars first. */
export function written(result, pictures = []) {
  const tables = result.scenarios.map(({ name, title }) => `### ${title}\n\n${markdown(rowsOf(result, name))}\n`);
  const [bars, ...films] = pictures.map(picture);
  const strips = films.length ? ['### As one sees it\n', ...films] : [];
  return [`${conditions(result)}\n${missing(result)}`, ...(bars ? [bars] : []), ...tables, ...strips].join('\n');
}

const [BEGIN, END] = ['<!-- bench -->', '<!-- /bench -->'];

/** A document with another text between the marks of the bench. */
export function between(document, text) {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`The document has no ${BEGIN} and ${END}.`);
  return `${before}${BEGIN}\n${text.trim()}\n${END}${after}`;
}

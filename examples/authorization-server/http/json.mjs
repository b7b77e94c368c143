/**
 * JSON bodies, read strictly (RFC 7493): what two readers could take differently is refused, with
 * its place as a JSON pointer (RFC 6901). No reader behind this one meets deep nesting.
 */
import { malformed } from './problems.mjs';

const MAX_DEPTH = 32;
const MAX_PLACE = 500;
/** The tokens of a text that is known to be JSON. `true`, `false` and `null` need no check. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[[\]{},:]/g;

export const escapePointer = (part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

/** The place of the value that is being read, shortened: its names are a stranger's. */
function placeOf(open) {
  const place = open.map(({ name }) => `/${escapePointer(name)}`).join('') || '/';
  return place.toWellFormed().slice(0, MAX_PLACE);
}

/** A number that a reader rounds, or takes for infinite. */
function isInexact(token) {
  const number = Number(token);
  return !Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number));
}

/** What is wrong with a text, with the objects and lists that are open at it. */
function faultAtText(open, token) {
  const text = JSON.parse(token);
  const object = open.at(-1);
  if (object?.expectsName) {
    object.name = text;
    if (object.names.has(text)) return 'is there twice';
    object.names.add(text);
  }
  return text.isWellFormed() ? undefined : 'is not well-formed Unicode';
}

/** Takes the next token. Returns what is wrong with it, if anything. */
function faultAt(open, token) {
  const inner = open.at(-1);
  switch (token[0]) {
    case '{':
      open.push({ names: new Set(), expectsName: true, name: '' });
      return undefined;
    case '[':
      open.push({ name: 0 });
      return undefined;
    case '}':
    case ']':
      open.pop();
      return undefined;
    case ':':
      inner.expectsName = false;
      return undefined;
    case ',':
      if (inner.names === undefined) inner.name += 1;
      else inner.expectsName = true;
      return undefined;
    case '"':
      return faultAtText(open, token);
    default:
      return isInexact(token) ? 'is a number out of range' : undefined;
  }
}

/** The value of a JSON text, or a fault that names its place. */
export function parseJson(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw malformed('The body is not as described: / is not JSON.');
  }
  const open = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const fault = open.length > MAX_DEPTH ? 'is nested too deeply' : faultAt(open, token);
    if (fault !== undefined) throw malformed(`The body is not as described: ${placeOf(open)} ${fault}.`);
  }
  return value;
}

/**
 * JSON bodies, read strictly (RFC 7493): what two readers could take differently is refused, with its place as a JSON pointer
 * (RFC 6901).
 */
import { malformed } from './problems.ts';

const MAX_DEPTH = 32;
const MAX_PLACE = 500;
/** The tokens of a text that is known to be JSON. `true`, `false` and `null` need no check. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[[\]{},:]/g;

/** An object or list that is open at a token. `names` is there for objects only. */
interface Open {
  name: string | number;
  names?: Set<string>;
  expectsName?: boolean;
}

/** A fault of a body, with its place. */
export const bodyFault = (place: string, what: string): Error =>
  malformed(`The body is not as described: ${place.toWellFormed().slice(0, MAX_PLACE) || '/'} ${what}.`);

export const escapePointer = (part: string | number): string => String(part).replaceAll('~', '~0').replaceAll('/', '~1');

function faultAtText(inner: Open | undefined, token: string): string | undefined {
  const text = JSON.parse(token) as string;
  if (inner?.names !== undefined && inner.expectsName) {
    inner.name = text;
    if (inner.names.has(text)) return 'is there twice';
    inner.names.add(text);
  }
  return text.isWellFormed() ? undefined : 'is not well-formed Unicode';
}

function faultAt(open: Open[], token: string): string | undefined {
  const inner = open.at(-1);
  switch (token[0]) {
    case '{':
      open.push({ names: new Set(), expectsName: true, name: '' });
      break;
    case '[':
      open.push({ name: 0 });
      break;
    case '}':
    case ']':
      open.pop();
      break;
    case ':':
      inner!.expectsName = false;
      break;
    case ',':
      if (inner!.names === undefined) (inner!.name as number) += 1;
      else inner!.expectsName = true;
      break;
    case '"':
      return faultAtText(inner, token);
    default: {
      const number = Number(token);
      if (!Number.isFinite(number) || (Number.isInteger(number) && !Number.isSafeInteger(number))) return 'is a number out of range';
    }
  }
  return undefined;
}

/** The value of a JSON text, or a fault that names its place. */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw bodyFault('', 'is not JSON');
  }
  const open: Open[] = [];
  for (const [token] of text.matchAll(TOKEN)) {
    const fault = open.length > MAX_DEPTH ? 'is nested too deeply' : faultAt(open, token);
    if (fault !== undefined) throw bodyFault(open.map(({ name }) => `/${escapePointer(name)}`).join(''), fault);
  }
  return value;
}

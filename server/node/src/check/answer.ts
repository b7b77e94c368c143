/** The JSON of an answer. What a server sends is read within bounds, since some of it means no good. */
import type { Any } from './contract.ts';

/** No answer of the API is nested as deep as half of this. A walk through one that is deeper could end the check. */
const MOST_DEPTH = 100;
const TOKEN = /"(?:[^"\\]|\\.)*"|[[\]{}]/g;

/** The depth of a text, if it is JSON. */
function depthOf(text: string): number {
  let [depth, most] = [0, 0];
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > most) most = depth;
    if (most > MOST_DEPTH) break;
  }
  return most;
}

/** The value of a text, or why there is none. */
export function readAnswer(text: string): { readonly value: Any } | { readonly fault: string } {
  if (depthOf(text) > MOST_DEPTH) return { fault: `The body is nested deeper than ${MOST_DEPTH}.` };
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { fault: 'The body is not JSON.' };
  }
}

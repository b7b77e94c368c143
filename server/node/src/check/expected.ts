/** The list of expected failures: the id of a check or the name of a profile a line, a reason after it, and comments after `#`. */
import { ConfigError } from './errors.ts';

/** Reasons, by the id of a check, or by a profile that the server does not have. */
export type Expected = ReadonlyMap<string, string>;

export function readExpected(text: string, isKnown: (id: string) => boolean): Expected {
  const found = new Map<string, string>();
  text.split(/\r?\n/).forEach((line, index) => {
    const [id = '', ...reason] = line.replace(/(^|\s)#.*$/, '').trim().split(/[\s:]+/);
    if (id === '') return;
    if (!isKnown(id)) throw new ConfigError(`line ${index + 1}`, `there is no check "${id}".`);
    if (found.has(id)) throw new ConfigError(`line ${index + 1}`, `"${id}" is listed twice.`);
    found.set(id, reason.join(' '));
  });
  return found;
}

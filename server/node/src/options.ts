/** Options as a host has written them: a name or a kind that is wrong is an error that says what is expected. */

/** An option that is missing, unknown or of another kind. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';
  readonly code = 'option_invalid';
  /** The place of the option: `engine.open`. */
  readonly option: string;

  constructor(option: string, message: string) {
    super(message);
    this.option = option;
  }
}

/** How many characters differ: inserted, left out, replaced. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [line, character] of [...one].entries()) {
    const next = [line + 1];
    for (const [at, target] of [...other].entries()) next.push(Math.min((row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1, (row[at] ?? 0) + (character === target ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

const plain = (name: string): string => name.replace(/[_-]/g, '').toLowerCase();

/** The known name that is meant: the same but for case and underscores, or for two characters. */
export function meant(name: string, known: readonly string[]): string | undefined {
  return known.find((one) => plain(one) === plain(name)) ?? known.find((one) => distance(plain(one), plain(name)) <= Math.min(2, Math.floor(one.length / 3)));
}

/** Refuses members that are no option, with the one that is meant. */
export function checkNames(of: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const right = meant(name, known);
    throw new OptionError(`${of}.${name}`, `\`${name}\` is no option of ${of}${right === undefined ? `. There are: ${known.join(', ')}.` : `; did you mean \`${right}\`?`}`);
  }
}

/** A value as a message can show it. */
export const named = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (value instanceof Promise) return 'a promise, and is not awaited';
  return typeof value === 'function' ? 'a function' : (JSON.stringify(value) ?? typeof value).slice(0, 60);
};

/** A table of several servers, made of their reports as JSON: what each does, and what not, and why. */
import type { Ended, Profile, Without } from '../model.ts';
import { clean } from './clean.ts';

/** What of a JSON report the table needs. */
export interface Results {
  readonly profiles: readonly { readonly profile: string; readonly passed: number; readonly applicable: number }[];
  readonly without?: readonly Without[];
  readonly checks: readonly {
    readonly id: string; readonly profile: string; readonly title: string; readonly state: Ended['state']; readonly message?: string; readonly reason?: string;
  }[];
}

const cell = (text: string): string => clean(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const head = (cells: readonly string[]): string[] => [row(cells), `|${'---|'.repeat(cells.length)}`];

/** A check that a server fails is a gap, whether it is listed or not. */
const WORDS: Readonly<Partial<Record<Ended['state'], string>>> = { failed: '**no**', expected: '**no**', 'not-applicable': 'not tested' };

/** What a server does not have, does not do, or could not be asked for. */
function gaps({ checks, without = [] }: Results): string[] {
  const profiles = without.map(({ profile, reason }) => row([`all of \`${profile}\``, 'not there', cell(reason)]));
  const own = checks.flatMap(({ id, title, state, message = '', reason = message }) => {
    const word = WORDS[state];
    return word === undefined ? [] : [row([`\`${id}\`: ${cell(title)}`, word, cell(reason)])];
  });
  return [...profiles, ...own];
}

/** How many checks of each profile each server passes, and below, for each server, what it does not. */
export function compatibility(servers: Readonly<Record<string, Results>>): string {
  const entries = Object.entries(servers);
  const profiles = [...new Set(entries.flatMap(([, { profiles: own, without = [] }]) => [...own, ...without].map(({ profile }) => profile as Profile)))];
  const counts = profiles.map((profile) => row([`\`${profile}\``, ...entries.map(([, { profiles: own }]) => {
    const found = own.find((one) => one.profile === profile);
    return found === undefined || found.applicable === 0 ? '–' : `${found.passed} of ${found.applicable}`;
  })]));
  const below = entries.map(([name, results]) => [name, gaps(results)] as const).filter(([, rows]) => rows.length > 0);
  return [
    ...head(['profile', ...entries.map(([name]) => cell(name))]), ...counts,
    ...below.flatMap(([name, rows]) => ['', `### ${cell(name)}`, '', ...head(['check', '', 'why']), ...rows]),
  ].join('\n');
}

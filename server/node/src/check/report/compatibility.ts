/** A table of several servers, made of their reports as JSON: what each does, and what not. */
import type { Ended } from '../model.ts';
import { clean } from './clean.ts';

/** What of a JSON report the table needs. */
export interface Results {
  readonly profiles: readonly { readonly profile: string; readonly passed: number; readonly applicable: number }[];
  readonly checks: readonly { readonly id: string; readonly profile: string; readonly title: string; readonly state: Ended['state'] }[];
}

const cell = (text: string): string => clean(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;');
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** A check that a server fails is a gap, whether it is listed or not. */
function word(state: Ended['state'] | undefined): string {
  if (state === undefined || state === 'not-applicable') return '–';
  return state === 'passed' || state === 'unexpected' ? 'yes' : '**no**';
}

/** How many checks of each profile each server passes, and below which ones it does not. */
export function compatibility(servers: Readonly<Record<string, Results>>): string {
  const entries = Object.entries(servers);
  const profiles = [...new Set(entries.flatMap(([, { profiles: own }]) => own.map(({ profile }) => profile)))];
  const counts = profiles.map((profile) => row([`\`${profile}\``, ...entries.map(([, { profiles: own }]) => {
    const found = own.find((one) => one.profile === profile);
    return found === undefined || found.applicable === 0 ? '–' : `${found.passed} of ${found.applicable}`;
  })]));
  const failing = new Map(entries.flatMap(([, { checks }]) => checks.filter(({ state }) => word(state) === '**no**').map((check) => [check.id, check] as const)));
  const gaps = [...failing].map(([id, { title }]) => row([`\`${id}\``, cell(title), ...entries.map(([, { checks }]) => word(checks.find((one) => one.id === id)?.state))]));
  const names = entries.map(([name]) => cell(name));
  const head = (first: readonly string[]) => [row([...first, ...names]), `|${'---|'.repeat(first.length + names.length)}`];
  return [...head(['profile']), ...counts, ...(gaps.length === 0 ? [] : ['', ...head(['check', 'what']), ...gaps])].join('\n');
}

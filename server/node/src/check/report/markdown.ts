/** The report as Markdown: a table a profile. */
import type { Ended, Report } from '../model.ts';
import { clean } from './clean.ts';
import { counts, summary, uncheckedOf, whyOf } from './summary.ts';

const WORDS: Readonly<Record<Ended['state'], string>> = {
  passed: 'yes', failed: '**no**', expected: 'gap', unexpected: '**listed, but passes**', 'not-applicable': '–',
};

/** A cell: no line break, no bar, no HTML. */
const cell = (text: string): string => clean(text).replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('|', '\\|').replaceAll('<', '&lt;');

export function markdown(report: Report): string {
  const tables = counts(report).map(({ profile, passed, applicable }) => {
    const rows = report.ended.filter((one) => one.profile === profile)
      .map((one) => `| \`${one.check.id}\` | ${cell(one.check.title)} | ${WORDS[one.state]} | ${cell(whyOf(one))} |`);
    return [`## ${profile}: ${passed} of ${applicable}`, '', '| check | what | result | why |', '|---|---|---|---|', ...rows, ''].join('\n');
  });
  const lacking = report.without.map(({ profile, reason }) => `## ${profile}: not here\n\n${cell(reason)}\n`);
  const unchecked = uncheckedOf(report).map((one) => `**Not checked:** ${cell(one)}\n`);
  return [...tables, ...lacking, ...unchecked, summary(report)].join('\n');
}

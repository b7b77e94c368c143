/** The report as JUnit XML, for build servers. Gaps that are listed are skipped. */
import type { Ended, Report } from '../run.ts';

/** Characters that XML 1.0 cannot hold become U+FFFD. */
function escape(text: string): string {
  const clean = text.toWellFormed().replace(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
  return clean.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function inner({ check, state, message = '' }: Ended): string {
  if (state === 'passed') return '';
  if (state === 'expected' || state === 'not-applicable') return `<skipped message="${escape(message)}"/>`;
  return `<failure message="${escape(message)}">${escape(`${check.from ?? 'api/openapi.yaml'} says: "${check.says}"\nFix: ${check.fix}`)}</failure>`;
}

const testCase = (one: Ended): string => `    <testcase classname="countersign.${one.profile}" name="${escape(`${one.check.id}: ${one.check.title}`)}">${inner(one)}</testcase>`;

const failed = ({ state }: Ended) => state === 'failed' || state === 'unexpected';
const skipped = ({ state }: Ended) => state === 'expected' || state === 'not-applicable';

export function junit({ profiles, ended }: Report): string {
  const suites = profiles.map((profile) => {
    const own = ended.filter((one) => one.profile === profile);
    const numbers = `tests="${own.length}" failures="${own.filter(failed).length}" skipped="${own.filter(skipped).length}" errors="0"`;
    return [`  <testsuite name="countersign ${profile}" ${numbers}>`, ...own.map(testCase), '  </testsuite>'].join('\n');
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites, '</testsuites>'].join('\n');
}

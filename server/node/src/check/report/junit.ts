/** The report as JUnit XML, for build servers. Gaps that are listed are skipped. */
import type { Ended, Report } from '../model.ts';
import { clean } from './clean.ts';

const escape = (text: string): string => clean(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A line break in an attribute would be read as a space. */
const attribute = (text: string): string => escape(text).replaceAll('\n', '&#10;');

function inner({ check, state, message = '', isFault }: Ended): string {
  if (state === 'passed') return '';
  if (state === 'expected' || state === 'not-applicable') return `<skipped message="${attribute(message)}"/>`;
  return `<failure message="${attribute(message)}">${escape(`${check.from ?? 'api/openapi.yaml'} says: "${check.says}"${isFault ? '' : `\nFix: ${check.fix}`}`)}</failure>`;
}

const testCase = (one: Ended): string => `    <testcase classname="countersign.${one.profile}" name="${attribute(`${one.check.id}: ${one.check.title}`)}">${inner(one)}</testcase>`;

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

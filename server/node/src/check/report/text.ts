/** The report for people, a check a line. */
import type { Ended, Without } from '../model.ts';
import { clean } from './clean.ts';
import { whyOf } from './summary.ts';

const SIGNS: Readonly<Record<Ended['state'], string>> = {
  passed: 'ok  ', failed: 'FAIL', expected: 'gap ', unexpected: 'FAIL', 'not-applicable': 'n/a ',
};

export function textOf(ended: Ended): string {
  const { check, state, isFault } = ended;
  const message = clean(whyOf(ended));
  const first = `${SIGNS[state]} ${check.id}: ${check.title}`;
  if (state === 'passed') return first;
  if (state !== 'failed' || isFault) return `${first}\n       ${message}`;
  return [first, message, `${check.from ?? 'api/openapi.yaml'} says: "${check.says}"`, `Fix: ${check.fix}`].join('\n       ');
}

/** A profile that is not there. */
export const lacking = ({ profile, reason }: Without): string => `${SIGNS['not-applicable']} ${profile}: ${clean(reason)}`;

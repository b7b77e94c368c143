/** The last line of a report: how many checks of each profile passed. */
import type { Ended, Profile, Report } from '../model.ts';

export interface Count {
  readonly profile: Profile;
  readonly passed: number;
  /** Those that have something to test. */
  readonly applicable: number;
}

export function counts({ profiles, ended }: Report): Count[] {
  return profiles.map((profile) => {
    const own = ended.filter((one) => one.profile === profile && one.state !== 'not-applicable');
    return { profile, passed: own.filter(isPassed).length, applicable: own.length };
  });
}

/** A check that passes although it is listed has passed: the list is what is wrong. */
const isPassed = ({ state }: Ended) => state === 'passed' || state === 'unexpected';

export const summary = (report: Report): string => `countersign ${counts(report).map(({ profile, passed, applicable }) => `${profile}: ${passed} of ${applicable}`).join(', ')}`;

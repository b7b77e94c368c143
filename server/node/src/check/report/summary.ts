/** The last line of a report: how many checks of each profile passed. */
import { type Ended, PROFILES, type Profile, type Report } from '../model.ts';

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

/** Why a check did not pass: as the list of expected failures says, if it says more than the check itself. */
export const whyOf = ({ state, message = '', reason }: Ended): string => (state === 'not-applicable' && reason ? reason : message);

/** What nobody has looked at, and should. */
export const uncheckedOf = ({ ended }: Report): string[] =>
  ended.flatMap(({ check: { unchecked }, state }) => (state === 'not-applicable' && unchecked !== undefined ? [unchecked] : []));

const lineOf = ({ profile, passed, applicable, others }: Count & { others: number }): string =>
  `${profile}: ${passed} of ${applicable}${others > 0 ? `, ${others} not applicable` : ''}`;

export function summary(report: Report): string {
  const { profiles, ended, without } = report;
  const counted = counts(report).map((one) => lineOf({
    ...one, others: ended.filter(({ profile, state }) => profile === one.profile && state === 'not-applicable').length,
  }));
  const open = PROFILES.filter((profile) => !profiles.includes(profile) && !without.some((one) => one.profile === profile));
  return `countersign ${counted.join('; ')}${open.length > 0 ? `; not run: ${open.join(', ')}` : ''}`;
}

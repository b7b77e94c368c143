/** The report as JSON: what tables are made of. */
import type { Report } from '../model.ts';
import { counts, summary, uncheckedOf } from './summary.ts';

export const json = (report: Report): string => JSON.stringify({
  origin: report.origin,
  requests: report.requests,
  summary: summary(report),
  profiles: counts(report),
  without: report.without,
  unchecked: uncheckedOf(report),
  checks: report.ended.map(({ check, profile, state, message, reason, isFault }) => ({
    id: check.id, profile, title: check.title, state, ...(message === undefined ? {} : { message }), ...(reason === undefined ? {} : { reason }), says: check.says, from: check.from ?? 'api/openapi.yaml', ...(isFault ? {} : { fix: check.fix }),
  })),
}, null, 2);

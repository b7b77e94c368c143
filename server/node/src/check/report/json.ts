/** The report as JSON: what tables are made of. */
import type { Report } from '../run.ts';
import { counts, summary } from './summary.ts';

export const json = (report: Report): string => JSON.stringify({
  origin: report.origin,
  requests: report.requests,
  summary: summary(report),
  profiles: counts(report),
  checks: report.ended.map(({ check, profile, state, message }) => ({
    id: check.id, profile, title: check.title, state, ...(message === undefined ? {} : { message }), says: check.says, from: check.from ?? 'api/openapi.yaml', fix: check.fix,
  })),
}, null, 2);

/** `countersign/check`: the checks for a test suite of one's own. */
import { PROFILES, type Profile } from './check.ts';
import { CHECKS } from './checks/index.ts';
import type { Bounds } from './client.ts';
import { readConfig } from './config.ts';
import { Contract, loadSource } from './contract.ts';
import { type Ended, type Report, isGood, runChecks } from './run.ts';

export { CHECKS, PROFILES, isGood };
export { ConfigError, Stopped } from './errors.ts';
export { compatibility } from './report/compatibility.ts';
export { json } from './report/json.ts';
export { junit } from './report/junit.ts';
export { markdown } from './report/markdown.ts';
export { summary } from './report/summary.ts';
export type { Check } from './check.ts';
export type { Ended, Profile, Report };

export interface CheckOptions {
  /** The server's origin. */
  readonly origin: string;
  /** What is in `check.json` (docs/check.md). */
  readonly config: unknown;
  readonly profiles?: readonly Profile[];
  /** Ids of checks. */
  readonly only?: readonly string[];
  /** Reasons of expected failures, by the id of a check. */
  readonly expected?: Readonly<Record<string, string>>;
  readonly bounds?: Partial<Bounds>;
  onEnded?(ended: Ended): void;
}

let contract: Promise<Contract> | undefined;

/** Runs checks. Rejects with `ConfigError` or `Stopped` if they cannot be run. */
export async function checkServer({ config, expected, ...options }: CheckOptions): Promise<Report> {
  contract ??= loadSource().then((source) => new Contract(source));
  return runChecks({
    ...options,
    config: readConfig(config, options.origin),
    contract: await contract,
    ...(expected && { expected: new Map(Object.entries(expected)) }),
  });
}

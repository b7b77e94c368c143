/** `countersign/check`: the checks for a test suite of one's own. */
import { test } from 'node:test';
import { CHECKS as ALL } from './checks/index.ts';
import { readConfig } from './config.ts';
import { Contract, loadSource } from './contract.ts';
import type { About, Bounds, Ended, Profile, Report } from './model.ts';
import { runChecks } from './run.ts';

export { ConfigError, Stopped } from './errors.ts';
export { PROFILES, isGood } from './model.ts';
export { compatibility } from './report/compatibility.ts';
export { json } from './report/json.ts';
export { junit } from './report/junit.ts';
export { markdown } from './report/markdown.ts';
export { summary } from './report/summary.ts';
export type { About, Bounds, Ended, Profile, Report };

/** All checks, by profile. */
export const CHECKS: Readonly<Record<Profile, readonly About[]>> = ALL;

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

export interface SuiteOptions extends Omit<CheckOptions, 'origin' | 'onEnded'> {
  /** The server's origin, or how it is started. */
  readonly origin: string | (() => string | Promise<string>);
}

/** Registers a test at `node:test`, with a test within for every check. */
export async function suite({ origin, ...options }: SuiteOptions): Promise<void> {
  await test('countersign-check', async (outer) => {
    const { ended } = await checkServer({ ...options, origin: typeof origin === 'string' ? origin : await origin() });
    for (const one of ended) await outer.test(`${one.check.id}: ${one.check.title}`, (inner) => report(one, inner));
  });
}

/** A gap that is listed, and a check that is not applicable, are skipped: neither is a failure, and neither passed. */
function report({ check, state, message = '', isFault }: Ended, test: { skip(message: string): void }): void {
  if (state === 'expected' || state === 'not-applicable') test.skip(message);
  else if (state !== 'passed') throw new Error(`${message}\n${check.from ?? 'api/openapi.yaml'} says: "${check.says}"${isFault ? '' : `\nFix: ${check.fix}`}`);
}

/** The command line: arguments, files, and exit codes. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { CHECKS } from './checks/index.ts';
import { BOUNDS } from './client.ts';
import { readConfig } from './config.ts';
import { Contract, loadSource } from './contract.ts';
import { ConfigError, Stopped } from './errors.ts';
import { readExpected } from './expected.ts';
import { PROFILES, type Profile, type Report, isGood } from './model.ts';
import { json } from './report/json.ts';
import { junit } from './report/junit.ts';
import { markdown } from './report/markdown.ts';
import { summary, uncheckedOf } from './report/summary.ts';
import { lacking, textOf } from './report/text.ts';
import { findCheck, runChecks } from './run.ts';

const USAGE = `countersign-check URL --config FILE [options]

  --config FILE             the states of the server: JSON, or a module with a default export (docs/check.md)
  --profile a,b             ${PROFILES.join(', ')}; by default those that the config has states for
  --only id,id              some checks
  --expected-failures FILE  ids of checks that may fail, and profiles that are not there, each with a reason; one that passes fails
  --report FORMAT           text, json, junit or md
  --max-requests N          stop after so many (${BOUNDS.maxRequests})
  --timeout SECONDS         of one request (${BOUNDS.timeout / 1000})
  --max-time SECONDS        of the whole run (${BOUNDS.maxTime / 1000})
  --list                    the checks, and nothing else`;

const REPORTS: Readonly<Record<string, (report: Report) => string>> = { json, junit, md: markdown };

const OPTIONS = {
  config: { type: 'string' },
  profile: { type: 'string' },
  only: { type: 'string' },
  'expected-failures': { type: 'string' },
  report: { type: 'string', default: 'text' },
  'max-requests': { type: 'string' },
  timeout: { type: 'string' },
  'max-time': { type: 'string' },
  list: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new ConfigError('', (error as Error).message);
  }
}

/** A comma-separated list, of which every entry must be known. */
function listOf<T extends string>(option: string, value: string | undefined, isKnown: (one: string) => boolean): readonly T[] | undefined {
  const found = value?.split(',').map((one) => one.trim()).filter(Boolean);
  const unknown = found?.find((one) => !isKnown(one));
  if (unknown !== undefined || found?.length === 0) throw new ConfigError(`--${option}`, `there is no "${unknown ?? value}".`);
  return found as readonly T[] | undefined;
}

function numberOf(option: string, value: string | undefined): number | undefined {
  if (value !== undefined && !/^[1-9]\d{0,8}$/.test(value)) throw new ConfigError(`--${option}`, `must be a whole number, and is "${value}".`);
  return value === undefined ? undefined : Number(value);
}

function originOf(positionals: readonly string[]): string {
  const [address, ...more] = positionals;
  if (address === undefined || more.length > 0) throw new ConfigError('', 'Name one address: countersign-check https://id.example.com --config check.json');
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`) {
    throw new ConfigError('', `"${address}" must be an origin, such as https://id.example.com; paths are in the config.`);
  }
  return url.origin;
}

async function read(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`--${option}`, (error as Error).message);
  }
}

async function loadConfig(file: string | undefined): Promise<unknown> {
  if (file === undefined) throw new ConfigError('--config', 'is missing. docs/check.md says what is in it.');
  const text = await read('config', file);
  try {
    if (/\.[cm]?[jt]s$/.test(file)) return (await import(pathToFileURL(path.resolve(file)).href)).default;
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigError('--config', `${file} cannot be read: ${(error as Error).message}`);
  }
}

function list(): string {
  return Object.entries(CHECKS).flatMap(([profile, checks]) => [`${profile} (${checks.length})`, ...checks.map(({ id, title }) => `  ${id}: ${title}`)]).join('\n');
}

async function check(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help || values.list) {
    print(values.help ? USAGE : list());
    return 0;
  }
  const origin = originOf(positionals);
  const report = values.report;
  if (report !== 'text' && !Object.hasOwn(REPORTS, report)) throw new ConfigError('--report', `must be text, json, junit or md, and is "${report}".`);
  const isKnown = (id: string) => findCheck(id) !== undefined;
  const isProfile = (name: string) => (PROFILES as readonly string[]).includes(name);
  const file = values['expected-failures'];
  const [seconds, time] = [numberOf('timeout', values.timeout), numberOf('max-time', values['max-time'])];
  const maxRequests = numberOf('max-requests', values['max-requests']);
  const profiles = listOf<Profile>('profile', values.profile, isProfile);
  const only = listOf('only', values.only, isKnown);
  const result = await runChecks({
    origin,
    config: readConfig(await loadConfig(values.config), origin),
    contract: new Contract(await loadSource()),
    ...(profiles && { profiles }),
    ...(only && { only }),
    ...(file && { expected: readExpected(await read('expected-failures', file), (name) => isKnown(name) || isProfile(name)) }),
    bounds: { ...(seconds && { timeout: seconds * 1000 }), ...(maxRequests && { maxRequests }), ...(time && { maxTime: time * 1000 }) },
    ...(report === 'text' && { onEnded: (ended) => print(textOf(ended)) }),
  });
  if (report === 'text') for (const one of result.without) print(lacking(one));
  if (report === 'text') for (const one of uncheckedOf(result)) print(`Not checked: ${one}`);
  if (report === 'text') print(`${result.requests} requests to ${origin}\n${summary(result)}`);
  else print(REPORTS[report]!(result));
  return isGood(result) ? 0 : 1;
}

/** Runs the command, and resolves to its exit code: 0, 1 if a check failed, 2 if it could not run. */
export async function main(args: readonly string[], print: (line: string) => void = console.log, warn: (line: string) => void = console.error): Promise<number> {
  try {
    return await check(args, print);
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof Stopped)) throw error;
    warn(`countersign-check: ${error.message}`);
    return 2;
  }
}

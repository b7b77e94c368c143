/** Runs checks, one after the other, and says how each ended. */
import type { Browser, Observed } from './browser.ts';
import { type Check, missing } from './check.ts';
import { CHECKS } from './checks/index.ts';
import { Outlet, type ServerFault } from './client.ts';
import type { Config, Site } from './config.ts';
import type { Contract } from './contract.ts';
import { ConfigError, NotApplicable, Stopped } from './errors.ts';
import type { Expected } from './expected.ts';
import { type Bounds, type Ended, PROFILES, type Profile, type Report, type Without } from './model.ts';
import { rehearse } from './rehearsal.ts';
import { TokenSide } from './tokens.ts';
import { Trial } from './trial.ts';

export interface RunOptions {
  readonly origin: string;
  readonly config: Config;
  readonly contract: Contract;
  /** Those that the config has states for, by default. */
  readonly profiles?: readonly Profile[];
  /** Ids of checks. */
  readonly only?: readonly string[];
  readonly expected?: Expected;
  readonly bounds?: Partial<Bounds>;
  onEnded?(ended: Ended): void;
}

/** What of a config a profile needs, and its name there. */
const BASIS: Readonly<Record<Profile, readonly [string, (config: Config) => unknown]>> = {
  core: ['client', ({ client }) => client],
  narrowing: ['optional_scope', ({ optional_scope: scope }) => scope],
  remember: ['remember', ({ remember }) => remember],
  b2b: ['b2b', (config) => siteOf(config, 'b2b')],
  details: ['details', ({ details }) => details],
  logout: ['logout', ({ logout }) => logout],
  page: ['page', ({ page }) => page],
};

/** The realm that a profile is about. */
const siteOf = (config: Config, profile: Profile): Site | undefined => {
  if (profile !== 'b2b') return config;
  return config.b2b ?? (config.realm === 'b2b' ? config : undefined);
};

function profilesOf({ config, profiles, only }: RunOptions): readonly Profile[] {
  const named = profiles ?? only?.map((id) => id.split('.')[0] as Profile);
  for (const profile of named ?? []) {
    const [member, has] = BASIS[profile];
    if (!has(config)) throw new ConfigError(`/${member}`, `is missing, and the profile ${profile} needs it.`);
  }
  return PROFILES.filter((profile) => named?.includes(profile) ?? BASIS[profile][1](config));
}

/** The profiles that are listed as missing. One that the config has states for is not: the list is out of date. */
function withoutOf({ config, expected }: RunOptions): Without[] {
  return PROFILES.filter((profile) => expected?.has(profile)).map((profile) => {
    if (BASIS[profile][1](config)) throw new ConfigError('--expected-failures', `${profile} is listed as missing, and the config has states for it: take it off the list.`);
    return { profile, reason: expected!.get(profile)! };
  });
}

/** Every check by its id. */
export const findCheck = (id: string): Check | undefined => Object.values(CHECKS).flat().find((check) => check.id === id);

export async function runChecks(options: RunOptions): Promise<Report> {
  const { origin, config, contract, only, expected, bounds, onEnded } = options;
  const [profiles, without] = [profilesOf(options), withoutOf(options)];
  const elsewhere = [config, config.b2b].flatMap((site) => (site?.engine ? [new URL(site.engine.authorize).origin] : []));
  const outlet = new Outlet(origin, bounds, [...new Set(elsewhere)]);
  const sides = new Map<Site, TokenSide | undefined>();
  const ended: Ended[] = [];
  const failures = new ServerFailures();
  for (const profile of profiles) {
    const site = siteOf(config, profile)!;
    const faults: Observed[] = [];
    const trial = await prepared(outlet, site, contract, sides, faults);
    for (const check of CHECKS[profile].filter(({ id }) => only?.includes(id) ?? true)) {
      outlet.purpose = check.id;
      outlet.fault = undefined;
      const found = await attempt(check, trial);
      const own = found.state === 'failed' ? outlet.fault : undefined;
      const one = { check, profile, ...judged(own === undefined ? found : failures.explained(found, own), check, expected) };
      ended.push(one);
      onEnded?.(one);
      if (found.state !== 'not-applicable') failures.count(own);
    }
  }
  return { origin, profiles, ended, without, requests: outlet.sent };
}

/** How many checks in a row may fail because the server itself did. */
const MOST_FAULTS = 3;

/** Faults of the server itself: what they fail says nothing of the check, and its log says more than any advice. */
class ServerFailures {
  #inRow = 0;
  #isTold = false;

  explained(found: Attempt, { status, call, id }: ServerFault): Attempt {
    const advice = this.#isTold ? '' : ` Look for request_id ${id ?? '(it sent none)'} in its log; with the kit, \`logDetails: true\` shows the error and its causes.`;
    this.#isTold = true;
    return { ...found, isFault: true, message: `Your server failed: ${call} answered ${status}, request_id ${id ?? 'unknown'}.${advice}` };
  }

  count(fault: ServerFault | undefined): void {
    this.#inRow = fault === undefined ? 0 : this.#inRow + 1;
    if (this.#inRow >= MOST_FAULTS) throw new Stopped(`The server itself failed in ${MOST_FAULTS} checks, one after the other. Mend that first: its log has the reason.`);
  }
}

/** Sees that the server is there and an account can sign in: otherwise no check could say anything. */
async function prepared(outlet: Outlet, site: Site, contract: Contract, sides: Map<Site, TokenSide | undefined>, faults: Observed[]): Promise<Trial> {
  outlet.purpose = 'preparation';
  const known = sides.has(site);
  if (!known) sides.set(site, site.tokens ? await TokenSide.discover(outlet, site) : undefined);
  const trial = new Trial(outlet, site, contract, sides.get(site), faults);
  if (known) return trial;
  let browser: Browser;
  try {
    browser = await trial.signedIn();
  } catch (error) {
    throw error instanceof Stopped ? error : new Stopped(`The first account cannot sign in: ${messageOf(error)}`, { cause: error });
  }
  await rehearse(trial, browser);
  faults.length = 0;
  return trial;
}

/** Characters of a message: a server's answer may be in it. */
const LONGEST = 2000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Attempt = { readonly state: 'passed' | 'failed' | 'not-applicable'; readonly message?: string; readonly isFault?: true };

async function attempt(check: Check, trial: Trial): Promise<Attempt> {
  const lacking = missing(check, trial.site);
  if (lacking !== undefined) return { state: 'not-applicable', message: lacking };
  const before = trial.faults.length;
  try {
    await check.run(trial);
    return { state: 'passed' };
  } catch (error) {
    if (error instanceof Stopped) throw error;
    const message = error instanceof TypeError || error instanceof RangeError ? unusable(error, trial.faults.slice(before)) : messageOf(error);
    return { state: error instanceof NotApplicable ? 'not-applicable' : 'failed', message: message.slice(0, LONGEST) };
  }
}

/** A check takes an answer as it is described. Where that ends in an error of its own, what is wrong with the answer says more. */
function unusable(error: Error, faults: readonly Observed[]): string {
  const [first] = faults.filter(({ kind }) => kind === 'members');
  return first === undefined ? `An answer cannot be used: ${error.message}.` : `An answer is not as described: ${first.call}: ${first.message}`;
}

function judged(found: Attempt, { id }: Check, expected: Expected | undefined): Pick<Ended, 'state' | 'message' | 'reason' | 'isFault'> {
  const reason = expected?.get(id);
  if (reason === undefined) return found;
  if (found.state === 'not-applicable') return { ...found, reason };
  if (found.state === 'failed') return { state: 'expected', reason, message: reason === '' ? found.message! : `${reason} (${found.message})` };
  return { state: 'unexpected', message: 'It is listed as an expected failure, and passes: take it off the list.' };
}

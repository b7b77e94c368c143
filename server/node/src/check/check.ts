/** What a check is. */
import type { Site } from './config.ts';
import type { About } from './model.ts';
import type { Trial } from './trial.ts';

/** States that a check needs from the config. */
export type Need = 'second' | 'sign_in' | 'sign_out' | 'expire' | 'openid' | 'tokens' | 'registration' | 'unverified_client' | 'pushed' | 'signed'
  | 'other' | 'blocked' | 'needs_approval' | 'post_logout_redirect_uri' | 'sub';

export interface Check extends About {
  readonly needs?: readonly Need[];
  run(trial: Trial): Promise<void> | void;
}

const FOUND: Readonly<Record<Need, (site: Site) => unknown>> = {
  second: ({ accounts }) => accounts.second,
  // A cookie is one session, which no check can begin again.
  sign_in: ({ accounts }) => accounts.first.sign_in,
  sub: ({ accounts }) => accounts.first.sub,
  sign_out: (site) => site.sign_out,
  expire: (site) => site.expire,
  openid: (site) => site.openid,
  tokens: (site) => site.tokens,
  registration: (site) => site.registration && site.tokens,
  unverified_client: (site) => site.unverified_client,
  pushed: (site) => site.pushed && site.tokens,
  signed: (site) => site.signed,
  other: ({ organizations }) => organizations?.other,
  blocked: ({ organizations }) => organizations?.blocked,
  needs_approval: ({ organizations }) => organizations?.needs_approval,
  post_logout_redirect_uri: ({ logout }) => logout?.post_logout_redirect_uri,
};

const NAMES: Readonly<Partial<Record<Need, string>>> = {
  second: 'accounts.second', sign_in: 'accounts.first.sign_in', sub: 'accounts.first.sub', other: 'organizations.other', blocked: 'organizations.blocked',
  needs_approval: 'organizations.needs_approval', post_logout_redirect_uri: 'logout.post_logout_redirect_uri',
};

/** What is missing, as a sentence. Whether a server is an OpenID provider is a fact of it, and no gap of a config. */
const absent = (name: string): string => (name === 'openid' ? 'The server is no OpenID provider.' : `The config has no \`${name}\`.`);

/** The first state that a check needs and a config lacks, as a sentence. */
export function missing({ needs = [] }: Check, site: Site): string | undefined {
  const need = needs.find((one) => !FOUND[one](site));
  return need && absent(NAMES[need] ?? need);
}

// Processes of Ory Hydra on one PostgreSQL, behind one name, and one name for their admin APIs.
import { spawnSync } from 'node:child_process';
import { startHydra } from '../../examples/engines/hydra/hydra.mjs';
import { inRoot } from '../lib/root.mjs';
import { startProxy } from './proxy.mjs';

const PROGRAM = process.env.HYDRA_PROGRAM || inRoot('.tools', 'engines', 'hydra', 'hydra');

/** Makes the tables. */
function migrate(dsn) {
  const { status, error, stderr } = spawnSync(PROGRAM, ['migrate', 'sql', '-e', '--yes'], { env: { PATH: process.env.PATH, DSN: dsn, SQA_OPT_OUT: 'true' }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Ory Hydra's tables cannot be made: ${error?.message ?? stderr}`);
}

/**
 * @param {{dsn: string, origin: string, scopes: string[], count?: number}} options the database; the site, whose pages are at
 *   `/oauth/authorize` and `/oauth/logout`; the scopes; and how many processes there are
 * @returns `issuer` and `admin`, the names; `calls`, what came to the admin API; and `close`
 */
export async function startHydras({ dsn, origin, scopes, count = 2 }) {
  migrate(dsn);
  const calls = [];
  const [open, administration] = [[], []];
  const issuer = await startProxy({ targets: open });
  const admin = await startProxy({ targets: administration, onCall: (call) => { calls.push(call); } });
  const running = [];
  const close = () => Promise.all([issuer, admin, ...running].map((one) => one.close()));
  try {
    for (let number = 1; number <= count; number += 1) {
      const hydra = await startHydra({
        page: `${origin}/oauth/authorize`, logout: `${origin}/oauth/logout`, scopes, registers: true, secret: 'the secret of all Hydras of the cluster',
        more: { DSN: dsn, URLS_SELF_ISSUER: issuer.origin, OIDC_DYNAMIC_CLIENT_REGISTRATION_ENABLED: 'true', WEBFINGER_OIDC_DISCOVERY_CLIENT_REGISTRATION_URL: `${issuer.origin}/oauth2/register` },
      });
      running.push(hydra);
      open.push({ name: `hydra-${number}`, address: hydra.issuer });
      administration.push({ name: `hydra-${number}`, address: hydra.admin });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { issuer: issuer.origin, admin: admin.origin, calls, close };
}

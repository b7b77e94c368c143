// Finds Redis and PostgreSQL for the layer `stores`, or installs Debian's. The tests start programs of their own: no service is needed.
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { which } from '../lib/run.mjs';
import { mayWriteOutside, Stop } from '../lib/say.mjs';
import { aptInstall, hasApt } from './debian.mjs';

/** Debian has the programs of PostgreSQL's server beside PATH, by version. */
const DEBIAN = '/usr/lib/postgresql';

/** The folder of PostgreSQL's programs, or null. */
function postgresIn(env) {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : [];
  const folders = [env.POSTGRES_BIN, ...versions.map((version) => path.join(DEBIAN, version, 'bin')), which('initdb', env) && path.dirname(which('initdb', env))];
  return folders.find((folder) => folder && ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name)))) ?? null;
}

const find = (env) => ({ redis: env.REDIS_SERVER || which('redis-server', env), postgres: postgresIn(env) });

/** Adds REDIS_SERVER, a program, and POSTGRES_BIN, a folder, to the environment. */
export async function databasesFor(env) {
  let found = find(env);
  const missing = [found.redis ? null : 'redis-server', found.postgres ? null : 'postgresql'].filter(Boolean);
  if (missing.length) {
    const what = `The layer "stores" runs Redis and PostgreSQL, so the Debian packages ${missing.join(' and ')} are installed, and their services are not started.`;
    if (!hasApt()) throw new Stop(`The layer "stores" needs Redis and PostgreSQL: install them, or name them in REDIS_SERVER (the program) and POSTGRES_BIN (the folder of initdb), and run this command again, or leave the layer out with --only.`);
    await mayWriteOutside(what);
    await aptInstall(missing, 'the stores are tested on real databases', { services: false });
    found = find(env);
    if (!found.redis || !found.postgres) throw new Stop(`Debian installed ${missing.join(' and ')}, but not where the programs are looked for.`);
  }
  return { ...env, REDIS_SERVER: found.redis, POSTGRES_BIN: found.postgres };
}

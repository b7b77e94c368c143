// Builds countersign-hydra as one static file, for Linux of any distribution: `npm run program`. The pages are in it.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { aptInstall, hasApt } from './bootstrap/debian.mjs';
import { hostOf, rustupTarget } from './bootstrap/rust.mjs';
import { bootstrap, toolSteps } from './bootstrap.mjs';
import { main } from './lib/main.mjs';
import { inRoot } from './lib/root.mjs';
import { ask, run, which } from './lib/run.mjs';
import { mayWriteOutside, note, plan, step, Stop } from './lib/say.mjs';
import { pack, packageSteps } from './pack.mjs';

const NAME = 'countersign-hydra';
/** The profiles of Cargo.toml that it is built by, and the folder of each. Tests take the quick one. */
const FOLDERS = { server: 'server', dev: 'debug' };
const WHY = 'the program must need no library of the machine that it runs on';

/** The target of this machine whose standard library, musl, can be linked into a program. */
function staticTarget(env) {
  const host = hostOf(env);
  const architecture = /^(x86_64|aarch64)-unknown-linux-/.exec(host ?? '')?.[1];
  if (architecture === undefined) throw new Stop(`A static program is built on Linux, for x86_64 or aarch64, and this is ${host}: "cargo build --profile server -p ${NAME}" builds one for this machine.`);
  return `${architecture}-unknown-linux-musl`;
}

/** A compiler of C for musl: SQLite and the cryptography are in C. */
async function withCompiler(env) {
  if (which('musl-gcc', env)) return;
  if (!hasApt()) throw new Stop('A compiler of C for musl is missing ("musl-gcc", Debian: "apt-get install musl-tools"); install one and run this command again.');
  await mayWriteOutside(`A compiler of C for musl is missing, and ${WHY}: "apt-get install musl-tools".`);
  await aptInstall(['musl-tools'], WHY);
}

/** Whether a program has no interpreter that would load libraries: there is no such part in its header. */
function isStatic(file, env) {
  const parts = ask('readelf', ['--program-headers', file], env);
  if (parts === null) throw new Stop('readelf does not start: install binutils and run this command again.');
  return !/\bINTERP\b/.test(parts) && !/Requesting program interpreter/.test(parts);
}

/** Builds the program by a profile, and returns its path. */
async function program(profile, env) {
  const target = staticTarget(env);
  await pack(env);
  step('program', `building ${NAME} for ${target}`, 'a first build takes minutes');
  await withCompiler(env);
  await rustupTarget(target, WHY, env);
  // Each crate of C is compiled by it, and by no compiler that a host has set for its own target.
  const own = { ...env, [`CC_${target.replaceAll('-', '_')}`]: 'musl-gcc' };
  await run('cargo', ['build', '--profile', profile, '-p', NAME, '--target', target, '--config', `profile.${profile}.strip=true`], { env: own, what: `Building ${NAME}`, from: 'the crate registry' });
  const built = inRoot('target', target, FOLDERS[profile], NAME);
  if (!isStatic(built, env)) throw new Stop(`${built} was built, but is not static.`);
  const { status, stdout } = spawnSync(built, ['--version'], { encoding: 'utf8', env: {} });
  if (status !== 0) throw new Stop(`${built} was built, but does not start.`);
  const file = inRoot('target', 'program', NAME);
  mkdirSync(path.dirname(file), { recursive: true });
  copyFileSync(built, file);
  note(`${stdout.trim()} is in target/program/${NAME}`, `static, ${(statSync(file).size / 1e6).toFixed(1)} MB`);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  await main(async () => {
    const { values: { profile } } = parseArgs({ options: { profile: { type: 'string', default: 'server' } } });
    if (!Object.hasOwn(FOLDERS, profile)) throw new Stop(`--profile is ${Object.keys(FOLDERS).join(' or ')}, and not "${profile}".`);
    plan(toolSteps, packageSteps, 'program');
    const { env } = await bootstrap();
    await program(profile, env);
  });
}

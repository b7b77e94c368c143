// Installs the Python packages of the layers `clients` and `api` into a virtual environment, .tools/python.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from '../lib/root.mjs';
import { ask, run, which } from '../lib/run.mjs';
import { mayWriteOutside, note, Stop } from '../lib/say.mjs';
import { aptInstall, hasApt } from './debian.mjs';

/** The oldest Python that the pinned packages run on. */
const OLDEST = [3, 11];
const PROGRAMS = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python'];
const REQUIREMENTS = inRoot('scripts', 'bootstrap', 'requirements.txt');
const folder = inRoot('.tools', 'python');
const stamp = path.join(folder, 'requirements');

/** The interpreter with the packages. */
export const python = path.join(folder, 'bin', 'python');
/** The program that makes calls of an API's description. */
export const schemathesis = path.join(folder, 'bin', 'schemathesis');

/** True if a version, such as `3.11`, is one that the packages run on. */
export function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const versionOf = (program, env) => ask(program, ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])'], env);
const hasVenv = (program, env) => ask(program, ['-c', 'import venv, ensurepip'], env) !== null;

/** The first Python on PATH that is new enough, or undefined. */
function find(env) {
  return PROGRAMS.map((name) => which(name, env)).find((program) => program !== null && isNewEnough(versionOf(program, env) ?? '0.0'));
}

/** What the environment was made of, so that it is made again if either changes. */
const fingerprint = (version) => createHash('sha256').update(version).update(readFileSync(REQUIREMENTS)).digest('hex');

async function interpreter(env) {
  const found = find(env);
  if (found !== undefined && hasVenv(found, env)) return found;
  const need = `The layers "clients" and "api" run programs in Python, so Python ${OLDEST.join('.')} or newer with its module venv is needed`;
  if (!hasApt()) throw new Stop(`${need}: install it and run this command again, or leave the layers out with --only.`);
  await mayWriteOutside(`${need}: the Debian packages python3 and python3-venv are installed.`);
  await aptInstall(['python3', 'python3-venv'], 'programs in Python take part in the tests');
  const installed = find(env);
  if (installed === undefined || !hasVenv(installed, env)) throw new Stop(`${need}, and Debian's is older: install a newer one and run this command again, or leave the layers out with --only.`);
  return installed;
}

/** Makes the environment unless it is there. The versions and the hashes of all packages are in the requirements. */
export async function pythonPackages(env) {
  const program = await interpreter(env);
  const wanted = fingerprint(versionOf(program, env));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted && ask(python, ['--version'], env)) return;
  note('pip install into .tools/python', 'the layers "clients" and "api" run programs in Python');
  rmSync(folder, { recursive: true, force: true });
  await run(program, ['-m', 'venv', folder], { env, quiet: true, what: 'Making a virtual environment for Python' });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', '--retries=1', '--only-binary=:all:', '--require-hashes', '-r', REQUIREMENTS];
  await run(python, args, { env, quiet: true, what: 'Bringing the Python packages', from: "the Python packages' registry" });
  writeFileSync(stamp, wanted);
}

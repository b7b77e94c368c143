// Installs the engines that others wrote into .tools/engines, and the packages of the servers to copy into .tools/servers. Their
// versions are in examples/<engines or servers>/<name>/package-lock.json, or in go.mod for a program in Go. The other servers and runtimes
// that the kit is tested in are in .tools/runtimes, and what builds the documentation in .tools/site.
import { copyFileSync, lstatSync, mkdirSync, readFileSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { note } from '../lib/say.mjs';
import { goProgram, isGo } from './go.mjs';
import { install, staleIn } from './npm.mjs';

/** The engines with packages of their own, or a program in Go, each with the folder of its start program in `examples/engines`. */
export const engines = ['better-auth', 'workers', 'hydra'];
/** The servers to copy, each with its folder in `examples/servers`. */
export const servers = ['express', 'workers', 'oauth2orize'];
/** The site that runs in Fastify, Deno and Bun, with their versions. */
export const RUNTIMES = path.join('tests', 'packaging', 'fixtures', 'kit');
/** The package that this project makes. It is not in the lock files: servers find it as it was packed last. */
const OURS = 'countersign';

/** Lets a program find packages, as it would after `npm ci` in its own folder. */
function link(from, folder) {
  const to = path.relative(path.dirname(from), folder);
  const present = lstatSync(from, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(from) === to) return;
  // The packages of somebody who ran `npm ci` there are left alone.
  if (present?.isDirectory()) return;
  if (present) rmSync(from);
  mkdirSync(path.dirname(from), { recursive: true });
  symlinkSync(to, from, 'junction');
}

/** Copies what names the packages, without our own. */
function copyManifest(source, folder) {
  const { dependencies: { [OURS]: _, ...dependencies }, ...manifest } = JSON.parse(readFileSync(path.join(source, 'package.json'), 'utf8'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies }));
  copyFileSync(path.join(source, 'package-lock.json'), path.join(folder, 'package-lock.json'));
}

/** Installs what the lock file of `source` names into a folder below .tools, if it is not there, and lets programs in `source` find it. */
async function bring(project, into, source, what, env) {
  const folder = path.join(project, '.tools', into);
  const why = staleIn(folder, path.join(project, source, 'package-lock.json'));
  if (why) {
    note(`npm ci into .tools/${into}`, why);
    copyManifest(path.join(project, source), folder);
    await install(folder, what, env);
  }
  link(path.join(project, source, 'node_modules'), path.join(folder, 'node_modules'));
}

async function packages(kind, names, what, env, project) {
  for (const name of names) await bring(project, `${kind}/${name}`, path.join('examples', kind, name), `the ${what} "${name}"`, env);
}

/** Lets programs find our own package: the one in target/npm, once it is packed. */
const linkOurs = (project, ...into) => link(path.join(project, '.tools', ...into, 'node_modules', OURS), path.join(project, 'target', 'npm', 'package'));

/** Installs what is missing of the engines of a project. Quick if nothing is. */
export async function enginePackages(names, env, project = root) {
  for (const name of names.filter(isGo)) await goProgram(name, env, project);
  await packages('engines', names.filter((name) => !isGo(name)), 'engine', env, project);
}

/** The same of the servers to copy. */
export async function serverPackages(names, env, project = root) {
  await packages('servers', names, 'server', env, project);
  for (const name of names) linkOurs(project, 'servers', name);
}

/** The same of Fastify, Deno and Bun. */
export async function runtimePackages(env, project = root) {
  await bring(project, 'runtimes', RUNTIMES, 'Fastify, Deno and Bun', env);
  linkOurs(project, 'runtimes');
}

/** The same of what builds the documentation. */
export const sitePackages = (env, project = root) => bring(project, 'site', 'site', 'what builds the documentation', env);

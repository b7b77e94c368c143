// Builds the engines that others wrote in Go. Their modules and hashes are in examples/engines/<name>/go.mod and go.sum.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { run, which } from '../lib/run.mjs';
import { note, Stop } from '../lib/say.mjs';

/** The programs in Go: their packages, and how each is built. */
const programs = {
  hydra: {
    title: 'Ory Hydra',
    module: 'github.com/ory/hydra/v2',
    tags: 'sqlite,sqlite_omit_load_extension,json1',
    // What it says of itself.
    version: 'github.com/ory/hydra/v2/driver/config.Version',
  },
};

/** Whether an engine is a program in Go. */
export const isGo = (name) => Object.hasOwn(programs, name);

/** The program of an engine, once it was built. */
export const programOf = (name, project = root) => path.join(project, '.tools', 'engines', name, name);

function versionIn(goMod, module) {
  const version = new RegExp(`^\\s*(?:require )?${module.replaceAll('.', '\\.')} (v\\S+)`, 'm').exec(goMod)?.[1];
  if (version === undefined) throw new Stop(`The go.mod of an engine names no version of ${module}: restore it with "git checkout".`);
  return version;
}

/** What a program is made of, so that it is made again if any of it changes. */
function recipe(name, source) {
  const { module, tags, version: variable } = programs[name];
  const [goMod, goSum] = ['go.mod', 'go.sum'].map((file) => readFileSync(path.join(source, file), 'utf8'));
  const version = versionIn(goMod, module);
  const args = ['build', '-mod=readonly', '-buildvcs=false', '-trimpath', '-tags', tags, '-ldflags', `-s -w -X ${variable}=${version}`];
  return { version, args, stamp: createHash('sha256').update(JSON.stringify([goMod, goSum, args])).digest('hex') };
}

const contentOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/**
 * Builds the program of an engine unless it is there. Modules and objects, almost a gigabyte, go to a temporary folder and are
 * removed: neither the project nor the user's own caches grow, and nothing but the program is needed afterwards.
 */
export async function goProgram(name, env, project = root) {
  const { title, module } = programs[name];
  const [program, source] = [programOf(name, project), path.join(project, 'examples', 'engines', name)];
  const made = `${program}.made-of`;
  const { version, args, stamp } = recipe(name, source);
  if (existsSync(program) && contentOf(made) === stamp) return;
  if (!which('go', env)) throw new Stop(`Go is missing: ${title} is a program in Go; install Go 1.24 or newer from https://go.dev/dl and run this command again.`);
  note(`go build into .tools/engines/${name}`, `${title} ${version} is missing; once, about three minutes on two cores`);
  mkdirSync(path.dirname(program), { recursive: true });
  const caches = mkdtempSync(path.join(tmpdir(), 'countersign-go-'));
  const remove = () => rmSync(caches, { recursive: true, force: true });
  process.once('exit', remove); // Ctrl-C
  const own = { ...env, GOMODCACHE: path.join(caches, 'modules'), GOCACHE: path.join(caches, 'objects'), GOFLAGS: '-modcacherw', GOWORK: 'off' };
  try {
    // A build that is interrupted leaves no program at the final name.
    await run('go', [...args, '-o', `${program}.new`, module], { cwd: source, env: own, quiet: true, what: `Building ${title}`, from: 'the registry of Go modules' });
    renameSync(`${program}.new`, program);
    writeFileSync(made, stamp);
  } finally {
    remove();
    process.off('exit', remove);
  }
}

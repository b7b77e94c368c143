// Installs the engines that others wrote into .tools/engines. Their versions are in examples/engines/<name>/package-lock.json,
// or in go.mod for a program in Go.
import { copyFileSync, lstatSync, mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { note } from '../lib/say.mjs';
import { goProgram, isGo } from './go.mjs';
import { install, staleIn } from './npm.mjs';

/** The engines, each with the folder of its start program in `examples/engines`. */
export const engines = ['better-auth', 'workers', 'hydra'];

/** Lets a start program find its packages, as it would after `npm ci` in its own folder. */
function link(from, folder) {
  const to = path.relative(path.dirname(from), folder);
  const present = lstatSync(from, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() && readlinkSync(from) === to) return;
  // The packages of somebody who ran `npm ci` there are left alone.
  if (present?.isDirectory()) return;
  if (present) rmSync(from);
  symlinkSync(to, from, 'junction');
}

/** Installs what is missing of the engines of a project. Quick if nothing is. */
export async function enginePackages(names, env, project = root) {
  for (const name of names.filter(isGo)) await goProgram(name, env, project);
  for (const name of names.filter((one) => !isGo(one))) {
    const [folder, source] = [path.join(project, '.tools', 'engines', name), path.join(project, 'examples', 'engines', name)];
    const why = staleIn(folder, path.join(source, 'package-lock.json'));
    if (why) {
      note(`npm ci into .tools/engines/${name}`, why);
      mkdirSync(folder, { recursive: true });
      for (const file of ['package.json', 'package-lock.json']) copyFileSync(path.join(source, file), path.join(folder, file));
      await install(folder, `the engine "${name}"`, env);
    }
    link(path.join(source, 'node_modules'), path.join(folder, 'node_modules'));
  }
}

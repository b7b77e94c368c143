// Runs several programs together. When one ends, all are ended.
import { inRoot } from '../lib/root.mjs';
import { endAll, isEnding, start } from '../lib/run.mjs';
import { Stop, ticking } from '../lib/say.mjs';
import { listening } from './ports.mjs';

/** A Node program of the project that listens on `port`. */
export const node = (name, file, port, env) => ({ name, command: process.execPath, args: [inRoot(file)], port, env });

/**
 * Starts `programs` (`{ name, command, args, port, env, cwd, answers }`) one after the other: each one when the
 * previous one accepts connections, and `answers`, an address of it, has answered: a site may listen before its engine is there. Then calls `ready`. When a program ends, ends the others and stops.
 */
export async function serve(programs, env, ready) {
  let over = null;
  let ended;
  const someoneEnded = new Promise((resolve) => { ended = resolve; });
  for (const { name, command, args, cwd, port, answers, env: own } of programs) {
    const child = start(command, args, { cwd, env: { ...env, ...own } });
    child.ended.then(({ code }) => {
      over ??= { name, code };
      ended();
    });
    const quiet = ticking(`Starting the ${name}`);
    await listening(port, () => over !== null);
    if (answers && !over) await Promise.race([fetch(answers).catch(() => {}), someoneEnded]);
    quiet();
    if (over) break;
  }
  if (!over) {
    ready();
    await someoneEnded;
  }
  if (isEnding()) return new Promise(() => {});
  await endAll();
  throw new Stop(`The ${over.name} ended (exit code ${over.code}), so everything was ended.`);
}

// Keeps programs running together: where one ends, all end.
import { inRoot } from '../lib/root.mjs';
import { endAll, isEnding, start } from '../lib/run.mjs';
import { Stop, ticking } from '../lib/say.mjs';
import { listening } from './ports.mjs';

/** A Node program of the project, to be served on `port`. */
export const node = (name, file, port, env) => ({ name, command: process.execPath, args: [inRoot(file)], port, env });

/**
 * Starts `programs` (`{ name, command, args, port, env }`, with `cwd` for one that is not at home here) one after the other, each once the one before takes connections, and calls `ready`.
 * Settles only by stopping: when one of them has ended, after the rest was ended too.
 */
export async function serve(programs, env, ready) {
  let over = null;
  let ended;
  const someoneEnded = new Promise((resolve) => { ended = resolve; });
  for (const { name, command, args, cwd, port, env: own } of programs) {
    const child = start(command, args, { cwd, env: { ...env, ...own } });
    child.ended.then(({ code }) => {
      over ??= { name, code };
      ended();
    });
    const quiet = ticking(`Starting the ${name}`);
    await listening(port, () => over !== null);
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

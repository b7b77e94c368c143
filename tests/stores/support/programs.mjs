// Redis and PostgreSQL as programs of the tests' own: on free ports, with their data in a temporary folder, for this process alone.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { holdPort } from '../../e2e/support/ports.mjs';

/** PostgreSQL refuses to run as root. Debian's package makes a user for it. */
function unprivileged() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function freePort() {
  const held = await holdPort();
  await held.release();
  return held.port;
}

/** A program that can be killed and started again, with the same port and data. `ready` is what it prints when it takes connections. */
function programOf({ command, args, user = {}, ready, kill, port, folder }) {
  let child;
  const stopAtOnce = () => child?.kill('SIGKILL');
  process.once('exit', stopAtOnce);

  async function start() {
    child = spawn(command, args, { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = [];
    await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${command} ended (${code}):\n${said.join('\n')}`)));
      for (const from of [child.stdout, child.stderr]) {
        createInterface({ input: from }).on('line', (line) => {
          said.push(line);
          if (line.includes(ready)) resolve();
        });
      }
    });
  }

  async function end(signal) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    await once(child, 'exit');
  }

  return {
    port,
    start,
    /** Ends it without a good-bye. What it has promised to keep is kept. */
    crash: () => end(kill),
    close: async () => {
      await end(kill);
      process.off('exit', stopAtOnce);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Redis, which keeps each command in its file before it answers. */
export async function startRedis() {
  const [port, folder] = [await freePort(), mkdtempSync(path.join(tmpdir(), 'countersign-redis-'))];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const program = programOf({ command: process.env.REDIS_SERVER ?? 'redis-server', args, ready: 'Ready to accept connections', kill: 'SIGKILL', port, folder });
  await program.start();
  return program;
}

/** PostgreSQL with an empty cluster. Its files need no sync: the machine does not go down with it. */
export async function startPostgres() {
  const [port, folder, user] = [await freePort(), mkdtempSync(path.join(tmpdir(), 'countersign-postgres-')), unprivileged()];
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const program = (name) => path.join(process.env.POSTGRES_BIN ?? '', name);
  execFileSync(program('initdb'), ['-D', folder, '-A', 'trust', '-U', 'postgres', '--no-sync', '--no-locale', '-E', 'UTF8'], { ...user, cwd: folder, stdio: 'pipe' });
  const args = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F'];
  // An immediate shutdown: it recovers when it starts again.
  const running = programOf({ command: program('postgres'), args, user, ready: 'database system is ready to accept connections', kill: 'SIGQUIT', port, folder });
  await running.start();
  return running;
}

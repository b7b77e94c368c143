// Redis and PostgreSQL as programs of the tests' own: on free ports, with their data in a temporary folder, for this process alone.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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

/** Lets PostgreSQL take connections with TLS alone. It wants a key that only its user can read. */
function useTls(folder, { certificate, key }, { uid, gid }) {
  const own = [[certificate, 'own.crt'], [key, 'own.key']].map(([from, name]) => {
    const to = path.join(folder, name);
    copyFileSync(from, to);
    chmodSync(to, 0o600);
    if (uid !== undefined) chownSync(to, uid, gid);
    return to;
  });
  writeFileSync(path.join(folder, 'pg_hba.conf'), 'hostssl all all 127.0.0.1/32 trust\n');
  return ['-c', 'ssl=on', '-c', `ssl_cert_file=${own[0]}`, '-c', `ssl_key_file=${own[1]}`];
}

/**
 * Redis, which keeps each command in its file before it answers.
 *
 * @param {{tls?: {certificate: string, key: string}}} options the files of a certificate and its key, for TLS and nothing else
 */
export async function startRedis({ tls } = {}) {
  const [port, folder] = [await freePort(), mkdtempSync(path.join(tmpdir(), 'countersign-redis-'))];
  const listening = tls ? ['--port', '0', '--tls-port', String(port), '--tls-cert-file', tls.certificate, '--tls-key-file', tls.key, '--tls-auth-clients', 'no'] : ['--port', String(port)];
  const args = [...listening, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always', '--maxmemory-policy', 'noeviction'];
  const program = programOf({ command: process.env.REDIS_SERVER ?? 'redis-server', args, ready: 'Ready to accept connections', kill: 'SIGKILL', port, folder });
  await program.start();
  return program;
}

/**
 * PostgreSQL with an empty cluster. Its files need no sync: the machine does not go down with it.
 *
 * @param {{tls?: {certificate: string, key: string}}} options the files of a certificate and its key, for TLS and nothing else
 */
export async function startPostgres({ tls } = {}) {
  const [port, folder, user] = [await freePort(), mkdtempSync(path.join(tmpdir(), 'countersign-postgres-')), unprivileged()];
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const program = (name) => path.join(process.env.POSTGRES_BIN ?? '', name);
  execFileSync(program('initdb'), ['-D', folder, '-A', 'trust', '-U', 'postgres', '--no-sync', '--no-locale', '-E', 'UTF8'], { ...user, cwd: folder, stdio: 'pipe' });
  const args = ['-D', folder, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-F', ...(tls ? useTls(folder, tls, user) : [])];
  // An immediate shutdown: it recovers when it starts again.
  const running = programOf({ command: program('postgres'), args, user, ready: 'database system is ready to accept connections', kill: 'SIGQUIT', port, folder });
  await running.start();
  return running;
}

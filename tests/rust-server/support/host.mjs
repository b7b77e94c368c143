// The host in Rust (`server/rust/host`): built as the layer before builds it, and started on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../../../scripts/lib/root.mjs';

let built;

function build(...how) {
  const args = ['build', ...how, '--example', 'test-host', '--message-format', 'json-render-diagnostics'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  const found = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find(({ executable, target }) => executable && target.name === 'test-host');
  return path.resolve(found.executable);
}

/** Builds the host. The whole workspace is named, so that its crates have the features that `cargo test --workspace` has given them. */
export function hostProgram() {
  built ??= build('--workspace');
  return built;
}

/** Builds the host as a server is built, to measure it. */
export const fastHost = () => build('-p', 'countersign-server', '--profile', 'server');

/** Starts the host, with more of an environment. Resolves to its address and `close`. */
export async function startHost(env = {}) {
  const host = spawn(hostProgram(), { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const [origin] = await once(createInterface(host.stdout), 'line');
  return { origin, close: () => host.kill() };
}

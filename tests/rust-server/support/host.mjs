// The host in Rust (`server/rust/host`): built as the layer before builds it, and started on a free port.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { inRoot } from '../../../scripts/lib/root.mjs';

/** Builds the host. The whole workspace is named, so that its crates have the features that `cargo test --workspace` has given them. */
function build() {
  const args = ['build', '--workspace', '--example', 'test-host', '--message-format', 'json-render-diagnostics'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  const built = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find(({ executable, target }) => executable && target.name === 'test-host');
  return path.resolve(built.executable);
}

/** Starts the host. Resolves to its origin and `close`. */
export async function startHost() {
  const host = spawn(build(), { stdio: ['ignore', 'pipe', 'inherit'] });
  const [origin] = await once(createInterface(host.stdout), 'line');
  return { origin, close: () => host.kill() };
}

// The program `countersign-hydra`, built with the page's files in it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/root.mjs';

let built;

/**
 * Builds the program once, and returns its path. The whole workspace and an example are named, so that its crates have the features that
 * `cargo test --workspace` has given them.
 */
export function buildProgram() {
  if (built !== undefined) return built;
  const args = ['build', '--workspace', '--bin', 'countersign-hydra', '--example', 'test-host', '--message-format', 'json-render-diagnostics'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  const made = stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line)).find(({ executable, target }) => executable && target.name === 'countersign-hydra');
  built = path.resolve(made.executable);
  return built;
}

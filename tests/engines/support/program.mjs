// The programs in Rust, built with the page's files in them.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { inRoot } from '../../../scripts/lib/root.mjs';

let built;

/**
 * Builds the programs once, and returns the path of one. The whole workspace and an example are named, so that its crates have the
 * features that `cargo test --workspace` has given them.
 */
export function buildProgram(name = 'countersign-hydra') {
  built ??= build();
  return path.resolve(built.find(({ executable, target }) => executable && target.name === name).executable);
}

function build() {
  const args = ['build', '--workspace', '--bin', 'countersign-hydra', '--bin', 'countersign-axum', '--example', 'test-host', '--message-format', 'json-render-diagnostics'];
  const { status, stdout, stderr } = spawnSync('cargo', args, { cwd: inRoot(), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}

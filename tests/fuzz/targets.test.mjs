// Every fuzz target, from its kept corpus, for COUNTERSIGN_FUZZ_SECONDS (30). libFuzzer needs stable Rust and a C++ compiler.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';

const root = path.join(import.meta.dirname, '..', '..');
const fuzz = path.join(root, 'fuzz');
const SECONDS = Number(process.env.COUNTERSIGN_FUZZ_SECONDS ?? 30);
const TARGETS = [...readFileSync(path.join(fuzz, 'Cargo.toml'), 'utf8').matchAll(/^path = "targets\/(\w+)\.rs"$/gm)].map(([, name]) => name);

/** What lets libFuzzer follow the coverage: the flags of `cargo fuzz` without a sanitizer. */
const COVERAGE = [
  '-Cpasses=sancov-module', '-Ccodegen-units=1', '--cfg=fuzzing',
  ...['level=4', 'inline-8bit-counters', 'pc-table', 'trace-compares', 'stack-depth'].map((part) => `-Cllvm-args=-sanitizer-coverage-${part}`),
  '-Cllvm-args=-simplifycfg-branch-fold-threshold=0',
];

/** Runs a program. Returns its exit code and the end of its output. */
function run(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: fuzz, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output = (output + text).slice(-20_000); });
    child.on('error', reject).on('close', (code) => resolve({ code, output }));
  });
}

// A target of its own, so that build scripts and macros are compiled without the flags.
const host = async () => (await run('rustc', ['-vV'])).output.match(/^host: (.*)$/m)[1];
let built;

describe('fuzz targets', { concurrency: 2 }, () => {
  before(async () => {
    const triple = await host();
    const { code, output } = await run('cargo', ['build', '--release', '--locked', '--target', triple], { RUSTFLAGS: COVERAGE.join(' ') });
    assert.equal(code, 0, output);
    built = path.join(fuzz, 'target', triple, 'release');
  });

  for (const name of TARGETS) {
    test(`${name}: the kept inputs and new ones for ${SECONDS} s break nothing`, async () => {
      const found = mkdtempSync(path.join(tmpdir(), `fuzz-${name}-`));
      const artifacts = path.join(fuzz, 'artifacts', name);
      mkdirSync(artifacts, { recursive: true });
      const dictionary = name === 'wire' ? ['-dict=wire.dict'] : [];
      const { code, output } = await run(path.join(built, name), [
        found, path.join('corpus', name), ...dictionary, `-max_total_time=${SECONDS}`, '-max_len=2048', '-timeout=20', `-artifact_prefix=${artifacts}${path.sep}`,
      ]);
      rmSync(found, { recursive: true });
      assert.equal(code, 0, output);
      assert.match(output, /^Done \d+ runs in/m);
    });
  }
});

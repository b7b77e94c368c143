// Every fuzz target: first its kept corpus, then new inputs, together for COUNTERSIGN_FUZZ_SECONDS (20). A workflow fuzzes longer.
// libFuzzer needs stable Rust and a C++ compiler.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { before, describe, test } from 'node:test';

const root = path.join(import.meta.dirname, '..', '..');
const fuzz = path.join(root, 'fuzz');
const SECONDS = Number(process.env.COUNTERSIGN_FUZZ_SECONDS ?? 20);
const TARGETS = [...readFileSync(path.join(fuzz, 'Cargo.toml'), 'utf8').matchAll(/^path = "targets\/(\w+)\.rs"$/gm)].map(([, name]) => name);

/** What lets libFuzzer follow the coverage: the flags of `cargo fuzz` without a sanitizer. */
const COVERAGE = [
  '-Cpasses=sancov-module', '-Ccodegen-units=1', '--cfg=fuzzing',
  ...['level=4', 'inline-8bit-counters', 'pc-table', 'trace-compares', 'stack-depth'].map((part) => `-Cllvm-args=-sanitizer-coverage-${part}`),
  '-Cllvm-args=-simplifycfg-branch-fold-threshold=0',
];

/** Runs a program. Returns its exit code, its output and the end of it. `loud` prints its errors too. */
function run(program, args, { env = {}, loud = false, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: fuzz, env: { ...process.env, ...env }, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    if (loud) child.stderr.pipe(process.stderr, { end: false });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => { output += text; });
    child.on('error', reject).on('close', (code) => resolve({ code, output, end: output.slice(-20_000) }));
  });
}

// A target of its own, so that build scripts and macros are compiled without the flags.
const host = async () => (await run('rustc', ['-vV'])).output.match(/^host: (.*)$/m)[1];
let built;

describe('fuzz targets', { concurrency: 2 }, () => {
  before(async () => {
    const triple = await host();
    const { code, end } = await run('cargo', ['build', '--release', '--locked', '--target', triple], { env: { RUSTFLAGS: COVERAGE.join(' ') }, loud: true });
    assert.equal(code, 0, end);
    built = path.join(fuzz, 'target', triple, 'release');
  });

  for (const name of TARGETS) {
    test(`${name}: the kept inputs and new ones for ${SECONDS} s break nothing`, { timeout: (SECONDS + 60) * 1000 }, async (t) => {
      const found = mkdtempSync(path.join(tmpdir(), `fuzz-${name}-`));
      t.after(() => rmSync(found, { recursive: true }));
      const artifacts = path.join(fuzz, 'artifacts', name);
      mkdirSync(artifacts, { recursive: true });
      const dictionary = name === 'wire' ? ['-dict=wire.dict'] : [];
      const { code, output, end } = await run(path.join(built, name), [
        found, path.join('corpus', name), ...dictionary, `-max_total_time=${SECONDS}`, '-max_len=2048', '-timeout=20', `-artifact_prefix=${artifacts}${path.sep}`,
      ], { signal: t.signal });
      assert.equal(code, 0, end);
      const [, kept, reached] = output.match(/^#(\d+)\s+INITED cov: (\d+)/m) ?? assert.fail(end);
      const [, inputs] = output.match(/^Done (\d+) runs in/m) ?? assert.fail(end);
      const now = output.slice(output.lastIndexOf('cov: ')).match(/\d+/)[0];
      assert.ok(Number(inputs) > Number(kept), `there was no time for new inputs: ${inputs} of ${kept}`);
      t.diagnostic(`${name}: ${inputs} inputs; ${reached} places of the code reached by the kept ones, ${now} by all`);
    });
  }
});

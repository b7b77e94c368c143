// Reads the number of tests from the output of a test runner.

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');
const sum = (matches) => matches.reduce((total, [, number]) => total + Number(number), 0);

/** cargo test and wasm-bindgen-test print a line for each test binary. An ignored test counts as failed. */
function cargo(output) {
  const text = plain(output);
  return {
    passed: sum([...text.matchAll(/^test result: .*?(\d+) passed/gm)]),
    failed: sum([...text.matchAll(/^test result: .*?(\d+) failed/gm)]) + sum([...text.matchAll(/^test result: .*?(\d+) ignored/gm)]),
  };
}

/** node --test prints a summary. A test that was skipped, cancelled or marked as todo counts as failed. */
function node(output) {
  const text = plain(output);
  const count = (kind) => sum([...text.matchAll(new RegExp(`^(?:#|ℹ) ${kind} (\\d+)\\s*$`, 'gm'))]);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') + count('skipped') + count('todo') };
}

/** A check without a count is one test. */
const check = (output, ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const readers = { cargo, node, check };

/** `{ passed, failed }` of a layer. A runner that fails without a failed test, or runs no test, counts as one failure. */
export function count(kind, output, ok) {
  const { passed, failed } = readers[kind](output, ok);
  if (failed === 0 && (!ok || passed === 0)) return { passed, failed: 1 };
  return { passed, failed };
}

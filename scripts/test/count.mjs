// How many tests a layer ran, from what its runner itself said.

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, '');
const sum = (matches) => matches.reduce((total, [, number]) => total + Number(number), 0);

/** cargo test and wasm-bindgen-test: one line for each test binary. A test that is ignored was not passed. */
function cargo(output) {
  const text = plain(output);
  return {
    passed: sum([...text.matchAll(/^test result: .*?(\d+) passed/gm)]),
    failed: sum([...text.matchAll(/^test result: .*?(\d+) failed/gm)]) + sum([...text.matchAll(/^test result: .*?(\d+) ignored/gm)]),
  };
}

/** node --test: a summary at the end. A test that was skipped, cancelled or left for later was not passed. */
function node(output) {
  const text = plain(output);
  const count = (kind) => sum([...text.matchAll(new RegExp(`^(?:#|ℹ) ${kind} (\\d+)\\s*$`, 'gm'))]);
  return { passed: count('pass'), failed: count('fail') + count('cancelled') + count('skipped') + count('todo') };
}

/** A check that counts nothing is one test. */
const check = (output, ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1 });

const readers = { cargo, node, check };

/** `{ passed, failed }` of a layer: a runner that failed without a failed test, or ran no test, failed once. */
export function count(kind, output, ok) {
  const { passed, failed } = readers[kind](output, ok);
  if (failed === 0 && (!ok || passed === 0)) return { passed, failed: 1 };
  return { passed, failed };
}

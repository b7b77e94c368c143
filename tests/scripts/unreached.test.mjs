// What leaves a module and its glue because nothing reaches it.
import assert from 'node:assert/strict';
import test from 'node:test';
import binaryen from 'binaryen';
import { withoutClasses, withoutImports } from '../../scripts/build/unreached.mjs';

const EXPORT = 'intounderlyingsink_close';

/** A module with a function of an exported class, which only the table keeps, and one beside it. */
function module() {
  const tree = binaryen.parseText(`(module
    (table 2 funcref)
    (elem (i32.const 0) $"wasm_streams::into_underlying_sink::close" $"countersign::close")
    (func $"wasm_streams::into_underlying_sink::close" (result i32) (i32.const 1))
    (func $"countersign::close" (result i32) (i32.const 2))
    (func (export "call") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))`);
  binaryen.setDebugInfo(true);
  return tree.emitBinary();
}

async function started(bytes) {
  const { instance } = await WebAssembly.instantiate(bytes);
  return instance.exports.call;
}

test('the functions of an exported class are emptied where its exports are not in use, and no others', async () => {
  const call = await started(await withoutClasses(module(), ['call']));
  assert.throws(() => call(0), WebAssembly.RuntimeError);
  assert.equal(call(1), 2);
});

test('an exported class that is in use stays whole', async () => {
  const call = await started(await withoutClasses(module(), ['call', EXPORT]));
  assert.deepEqual([call(0), call(1)], [1, 2]);
});

/** A module whose table has a formatter. A function that is exported calls it, or does not. */
function formatting(calls) {
  const tree = binaryen.parseText(`(module
    (table 1 funcref)
    (elem (i32.const 0) $"<u32 as core[0]::fmt::Display>::fmt")
    (func $"<u32 as core[0]::fmt::Display>::fmt" (result i32) (call $"core[0]::fmt::write"))
    (func $"core[0]::fmt::write" (result i32) (i32.const 1))
    (func $between (result i32) (${calls ? 'call $"core[0]::fmt::write"' : 'i32.const 2'}))
    (func (export "own") (result i32) (call $between))
    (func (export "call") (param i32) (result i32) (call_indirect (result i32) (local.get 0))))`);
  binaryen.setDebugInfo(true);
  return tree.emitBinary();
}

test('what formats texts is emptied where only the table leads to it', async () => {
  const call = await started(await withoutClasses(formatting(false), ['call', 'own']));
  assert.throws(() => call(0), WebAssembly.RuntimeError);
});

test('what formats texts stays in the program of a host, whose code may call it by the table alone', async () => {
  const call = await started(await withoutClasses(formatting(false), ['call', 'own'], { foreign: true }));
  assert.equal(call(0), 1);
});

test('what formats texts stays where a function that is in use calls it', async () => {
  const call = await started(await withoutClasses(formatting(true), ['call', 'own']));
  assert.equal(call(0), 1);
});

test('imports that the module does not have leave its glue', () => {
  const glue = `    const import0 = {
        __proto__: null,
        __wbg_get_1: function(arg0) {
            return { a: arg0 };
        },
        __wbg_set_2: function() { return handleError(function (arg0) {
            arg0.set();
        }, arguments); },
        __wbindgen_object_3: function(arg0) {
            return arg0;
        },
    };
`;
  const left = withoutImports(glue, ['__wbg_get_1', '__wbindgen_object_3']);
  assert.match(left, /__wbg_get_1: function\(arg0\) \{\n {12}return \{ a: arg0 \};\n {8}\},\n {8}__wbindgen_object_3/);
  assert.doesNotMatch(left, /__wbg_set_2|handleError/);
});

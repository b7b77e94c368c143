// Starts the page's WebAssembly. It is a file of its own because the page's headers allow no inline script;
// the build writes the addresses of glue and wasm on its tag. Where one does not arrive, the page says so.
const main = document.getElementById('countersign');
const failed = document.getElementById('countersign-failed');
const { glue, wasm } = document.querySelector('script[data-wasm]').dataset;

try {
  const { default: start } = await import(glue);
  await start({ module_or_path: wasm });
} catch (error) {
  main.replaceChildren(failed);
  failed.hidden = false;
  reportError(error);
}

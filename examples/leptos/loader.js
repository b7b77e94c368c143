// Starts the page's WebAssembly. It is a file of its own because the page's headers allow no inline script; Trunk writes the addresses
// of glue and module on its tag. Where one does not arrive, the page says so.
const { glue, wasm } = document.querySelector('script[data-wasm]').dataset;

import(glue).then(({ default: start }) => start({ module_or_path: wasm })).catch((error) => {
  document.getElementById('failed').hidden = false;
  reportError(error);
});

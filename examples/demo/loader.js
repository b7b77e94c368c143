// Starts the page's WebAssembly. It is a file of its own because the page's headers allow no inline script;
// the build writes the addresses of glue and wasm on its tag. Where one does not arrive, the page says so.
// No `await` outside a function, so that older browsers can read it.
const main = document.getElementById('countersign');
const failed = document.getElementById('countersign-failed');
const { glue, wasm } = document.querySelector('script[data-wasm]').dataset;

// The outline of the page before sign-out.
if (location.pathname.endsWith('/logout')) main.dataset.flow = 'logout';
// iOS in Lockdown Mode has none.
if (!self.WebAssembly) document.getElementById('countersign-old').hidden = false;

import(glue).then(({ default: start }) => start({ module_or_path: wasm })).catch((error) => {
  main.replaceChildren(failed);
  failed.hidden = false;
  reportError(error);
});

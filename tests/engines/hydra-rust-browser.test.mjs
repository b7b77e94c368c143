// The same of the program `countersign-hydra`, with the page that is in it.
process.env.COUNTERSIGN_KIT = 'rust';
await import('./hydra-browser.test.mjs');

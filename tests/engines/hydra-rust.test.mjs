// The same of the program `countersign-hydra`, the kit in Rust: every test of the files that are named here.
process.env.COUNTERSIGN_KIT = 'rust';
for (const part of ['', '-findings', '-logout']) await import(`./hydra${part}.test.mjs`);

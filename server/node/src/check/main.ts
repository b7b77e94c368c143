#!/usr/bin/env node
// `countersign-check URL --config FILE`: compares a server with `api/openapi.yaml`. An old Node must be able to read this file, so
// that it can say what it lacks: all that is newer comes with the import.
const OLDEST = 20;
const { node } = process.versions;

// Until it is known better: a run that ends without an answer did not pass.
process.exitCode = 2;
if (Number(node.split('.')[0]) < OLDEST) console.error(`countersign-check: it needs Node ${OLDEST} or newer, and this is Node ${node}.`);
else import('./command.ts').then(({ main }) => main(process.argv.slice(2))).then((code) => { process.exitCode = code; });

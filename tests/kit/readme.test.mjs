// The code in the README of the kit: a server that is a file, and an adapter that compiles.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { inRoot } from '../../scripts/lib/root.mjs';

const readme = readFileSync(inRoot('server', 'node', 'README.md'), 'utf8');
const blocks = [...readme.matchAll(/^```(?:ts|js)\n(.*?)^```$/gms)].map(([, code]) => code);

/** What the README says of the engine in its sample, in types. */
const MY_SERVER = `
import type { RequestedScope } from 'countersign/server';
interface Client { client_id: string; client_name?: string; secret: string } // an engine's own: no index signature
interface Found { client?: Client; redirectUri?: string; error?: string; state?: string; scopes: RequestedScope[]; id: string }
interface MyServer {
  issuer: string;
  validate(query: string, options: { signal: AbortSignal }): Promise<Found>;
  grant(id: string, sub: string, scopes: readonly RequestedScope[]): Promise<string>;
  deny(id: string): Promise<string>;
}
`;

test('the server of the README is examples/start/server.mjs, which tests/engines runs', () => {
  assert.ok(blocks.includes(readFileSync(inRoot('examples', 'start', 'server.mjs'), 'utf8')));
});

test('the adapter of docs/write-an-adapter.md is that of examples/servers/oauth2orize, which tests/engines runs', () => {
  const document = readFileSync(inRoot('docs', 'write-an-adapter.md'), 'utf8');
  assert.ok(document.includes(`\n\`\`\`js\n${readFileSync(inRoot('examples', 'servers', 'oauth2orize', 'adapter.mjs'), 'utf8')}\`\`\`\n`));
});

test('the adapter of the README compiles under strict', (t) => {
  const sample = blocks.find((code) => code.includes('export const myEngine'));
  const folder = inRoot('target', 'readme');
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'engine.ts'), sample + MY_SERVER);
  const paths = { 'countersign/server': [inRoot('server', 'node', 'src', 'index.ts')] };
  writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ extends: inRoot('server', 'node', 'tsconfig.json'), compilerOptions: { paths, typeRoots: [inRoot('node_modules', '@types')] }, include: ['engine.ts'] }));
  const { status, stdout } = spawnSync(process.execPath, [inRoot('node_modules', 'typescript', 'bin', 'tsc'), '-p', folder], { encoding: 'utf8', timeout: 120_000 });
  assert.equal(status, 0, stdout);
});

/** Starts the program `countersign-hydra` beside a site, and passes requests on to it, as a proxy in front of both does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as send } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import texts from '../../authorization-server/fixtures/texts/en.json' with { type: 'json' };
import { describe, SCOPES } from '../site/describe.mjs';

/** Where the program asks the site who is signed in, and ends a session. */
export const [ACCOUNT, SIGN_OUT] = ['/sign-in/account', '/sign-in/sign-out'];
/** The program, as `cargo build` leaves it. */
const BUILT = fileURLToPath(new URL('../../../target/debug/countersign-hydra', import.meta.url));

const wordsOf = (scope) => {
  const { title, description, details, group, required, sensitive } = describe.scope({ scope });
  return { title: { en: title }, description, details, group, required, sensitive };
};
const clientOf = (id) => {
  const { party, verified, description } = describe.client({ client_id: id });
  return { first_party: party === 'first', verified, managed: true, description };
};

/** What the program says of the site, its scopes and its clients, as the demo does. */
export const WORDS = {
  site: { name: describe.site_name },
  scopes: Object.fromEntries(SCOPES.map((scope) => [scope, wordsOf(scope)])),
  clients: Object.fromEntries(Object.keys(texts.clients).map((id) => [id, clientOf(id)])),
};

/** The settings of the program. */
const settings = ({ origin, issuer, admin, secret, paths, program = {} }) => ({
  origin,
  listen: '127.0.0.1:0',
  monitor: '127.0.0.1:0',
  secrets: [secret].flat(),
  sign_in: { url: '/login', account: origin + ACCOUNT, sign_out: origin + SIGN_OUT },
  page: paths,
  ...WORDS,
  ...program,
  hydra: { admin, issuer, pkce: true, ...program.hydra },
});

/** Passes a request of Fetch on, with its headers as they are. */
const passTo = (port) => async (request) => {
  const { pathname, search } = new URL(request.url);
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  const { promise, resolve, reject } = Promise.withResolvers();
  const headers = { ...Object.fromEntries(request.headers), ...(body && { 'content-length': body.length }) };
  send({ host: '127.0.0.1', port, path: pathname + search, method: request.method, headers }, resolve).on('error', reject).end(body);
  const answer = await promise;
  const pairs = Object.entries(answer.headersDistinct).flatMap(([name, values]) => values.map((value) => [name, value]));
  const isEmpty = request.method === 'HEAD' || [204, 304].includes(answer.statusCode);
  return new Response(isEmpty ? null : Readable.toWeb(answer), { status: answer.statusCode, headers: pairs });
};

/**
 * Starts the program.
 *
 * @returns {Promise<{handle: (request: Request) => Promise<Response>, monitor: string, own: string, lines: object[], said: (event: string) => Promise<void>, child: object, close: () => Promise<void>}>}
 *   `lines` is what it has said, and `said` waits for an event; `own` and `monitor` are its addresses
 */
export async function startProgram(options) {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-hydra-'));
  const file = path.join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify(settings(options)), { mode: 0o600 });
  const program = process.env.COUNTERSIGN_HYDRA || BUILT;
  const child = spawn(program, ['--config', file], { stdio: ['ignore', 'pipe', 'pipe'], env: { RUST_BACKTRACE: '0' } });
  const [lines, ended] = [[], once(child, 'close')];
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { errors += text; });
  const out = createInterface(child.stdout).on('line', (line) => { lines.push(JSON.parse(line)); });
  const failed = once(child, 'error').then(([error]) => { throw new Error(`${program} cannot be started (${error.code}): "cargo build -p countersign-hydra" makes it.`); });
  await Promise.race([once(out, 'line'), ended.then(() => { throw new Error(`countersign-hydra ended: ${errors}`); }), failed]);
  rmSync(folder, { recursive: true });
  const { listen, monitor } = lines[0];
  const said = async (event) => {
    while (!lines.some((line) => line.event === event)) await once(out, 'line');
  };
  const close = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await ended;
  };
  return { handle: passTo(Number(listen.split(':')[1])), own: `http://${listen}`, monitor: `http://${monitor}`, lines, said, child, close };
}

/** Starts Ory Hydra on this machine, with everything in memory. */
import { spawn } from 'node:child_process';
import { generateKeyPair } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The program, as the bootstrap builds it. */
const PROGRAM = process.env.HYDRA_PROGRAM || fileURLToPath(new URL('../../../.tools/engines/hydra/hydra', import.meta.url));
const LONGEST = 30_000;
const PAUSE = 25;

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const settings = ({ issuer, ports, page, logout, secret, scopes, registers, more }) => ({
  DSN: 'memory',
  SECRETS_SYSTEM: secret,
  URLS_SELF_ISSUER: issuer,
  // One page for all of it: the kit tells the challenges apart.
  URLS_LOGIN: page,
  URLS_CONSENT: page,
  URLS_ERROR: page,
  URLS_LOGOUT: logout,
  URLS_POST_LOGOUT_REDIRECT: logout,
  SERVE_PUBLIC_HOST: '127.0.0.1',
  SERVE_PUBLIC_PORT: ports.public,
  // It asks for no credentials.
  SERVE_ADMIN_HOST: '127.0.0.1',
  SERVE_ADMIN_PORT: ports.admin,
  OAUTH2_PKCE_ENFORCED: 'true',
  WEBFINGER_OIDC_DISCOVERY_SUPPORTED_SCOPES: scopes.join(','),
  ...(registers && { WEBFINGER_OIDC_DISCOVERY_CLIENT_REGISTRATION_URL: `${issuer}/oauth2/register` }),
  OIDC_DYNAMIC_CLIENT_REGISTRATION_ENABLED: String(registers),
  OIDC_DYNAMIC_CLIENT_REGISTRATION_DEFAULT_SCOPE: scopes.join(','),
  LOG_LEVEL: 'error',
  SQA_OPT_OUT: 'true',
  ...more,
});

/** Waits until it answers. */
async function ready(admin, child) {
  let last = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { last = (last + text).slice(-2000); });
  const failed = once(child, 'error').then(([error]) => `it cannot be started (${error.code}); "npm run bootstrap -- --engines" builds it`);
  const ended = once(child, 'exit').then(([code]) => `it ended with code ${code}: ${last}`);
  let over;
  Promise.race([failed, ended]).then((why) => { over = why; }, () => {});
  for (const until = Date.now() + LONGEST; Date.now() < until && over === undefined;) {
    const answer = await fetch(`${admin}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => { setTimeout(resolve, PAUSE); });
  }
  throw new Error(`Ory Hydra does not answer: ${over ?? 'it takes too long'}.`);
}

/** Sends JSON to the admin API. */
async function send(method, address, body, what) {
  const response = await fetch(address, { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`Ory Hydra does not take ${what}: ${await response.text()}`);
}

/** Gives it a key to sign with. It would make two of 4,096 bits for its first request, which takes seconds. */
async function addKey(admin) {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), kid: crypto.randomUUID(), use: 'sig', alg: 'RS256' };
  for (const set of ['hydra.openid.id-token', 'hydra.jwt.access-token']) await send('PUT', `${admin}/admin/keys/${set}`, { keys: [key] }, 'a key');
}

/**
 * Starts it, for a site whose pages are at `page` and `logout`.
 *
 * @param {{page: string, logout: string, scopes: string[], port?: number, adminPort?: number, registers?: boolean, secret?: string,
 *   more?: object}} options its ports (0 for any free one), whether clients may register themselves, and more of Hydra's settings
 * @returns {Promise<{issuer: string, admin: string, close: () => Promise<void>}>}
 */
export async function startHydra({ port = 0, adminPort = 0, registers = false, secret = crypto.randomUUID(), ...options }) {
  const ports = { public: port || await freePort(), admin: adminPort || await freePort() };
  const [issuer, admin] = [`http://localhost:${ports.public}`, `http://127.0.0.1:${ports.admin}`];
  // --dev: http, on this machine.
  const child = spawn(PROGRAM, ['serve', 'all', '--dev'], {
    env: { PATH: process.env.PATH, ...settings({ issuer, ports, secret, registers, ...options }) }, stdio: ['ignore', 'ignore', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const close = async () => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null || !kill()) return;
    await once(child, 'exit');
  };
  try {
    await ready(admin, child);
    await addKey(admin);
  } catch (error) {
    await close();
    throw error;
  }
  return { issuer, admin, close };
}

/** Registers a client, as an administrator. */
export async function addClient(admin, { id, name, secret, redirectUri, signedOutUri, audience = [], ...more }, scopes) {
  const body = {
    client_id: id,
    client_name: name,
    client_secret: secret,
    token_endpoint_auth_method: secret ? 'client_secret_basic' : 'none',
    redirect_uris: [redirectUri].flat(),
    post_logout_redirect_uris: signedOutUri && [signedOutUri],
    scope: scopes.join(' '),
    audience,
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    ...more,
  };
  await send('POST', `${admin}/admin/clients`, body, `the client ${id}`);
}

// One process of the cluster: the kit in TypeScript, with a site that is as small as it can be. It listens on a free port of this
// machine and prints its address. Its settings are in the environment, under the names that the host in Rust has, too.
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createAccount } from '../../examples/engines/site/account.mjs';
import { describe as describeSite } from '../../examples/engines/site/describe.mjs';
import { sendFile } from '../../examples/engines/site/pages.mjs';
import { hydra } from '../../server/node/src/engines/hydra.ts';
import { countersign } from '../../server/node/src/index.ts';
import { packageFiles, toNodeHandler } from '../../server/node/src/node.ts';
import { page } from '../../server/node/src/page.ts';
import { describe as describeMemory, memoryEngine } from './memory.mjs';
import { accountOf, signIn, signOut } from './sessions.mjs';
import { storeAt } from './stores.mjs';

const {
  COUNTERSIGN_ORIGIN: origin, COUNTERSIGN_SECRETS: secrets, COUNTERSIGN_STORE: address, COUNTERSIGN_TIMEOUT: timeout = '10000',
  COUNTERSIGN_HYDRA_ADMIN: admin, COUNTERSIGN_HYDRA_ISSUER: issuer, COUNTERSIGN_PAGE_FILES: files, COUNTERSIGN_API: version, COUNTERSIGN_QUIET: quiet,
} = process.env;
const [AUTHORIZE, LOGOUT] = ['/oauth/authorize', '/oauth/logout'];
/** The kit is here. Everything else is the site's. */
const OF_KIT = new RegExp(`^(/countersign/|(${AUTHORIZE}|${LOGOUT})$)`);
/** No limit is to be met here. */
const MOST = 1_000_000;

const engine = admin ? hydra({ admin, issuer, pkce: true, signOut }) : memoryEngine(origin);
/** The page with the widget, whose files each process has at the same address; or a page for callers that show none. */
const shown = files ? { files: await packageFiles(pathToFileURL(path.join(files, '/'))) } : { files: '/assets/', html: () => '<!doctype html><title>Harbor</title>' };
const kit = countersign({
  engine,
  origin,
  secret: secrets.split('\n'),
  account: accountOf,
  describe: admin ? describeSite : describeMemory,
  store: await storeAt(address, () => console.log('The store is back.')),
  timeout: Number(timeout),
  limits: { perBrowser: MOST, perAddress: MOST },
  ...(quiet ? { log() {} } : {}),
  ...(admin ? {} : { realms: ['consumer', 'b2b'] }),
  page: page({ authorize: AUTHORIZE, ...shown, ...(admin && { logout: LOGOUT }) }),
});
const account = createAccount({ origin, authorize: AUTHORIZE, account: accountOf, signIn, signOut: () => new Headers() });

/** A server of the version before does not read the version of a page: each is one of version 1 for it. */
function asBefore(request) {
  const headers = new Headers(request.headers);
  headers.set('Accept', 'application/json');
  return new Request(request, { headers });
}

async function site(request) {
  const { pathname } = new URL(request.url);
  if (OF_KIT.test(pathname)) return kit(version === '1' ? asBefore(request) : request);
  if (pathname.startsWith('/account/')) return account(request);
  const { status, headers, body } = await sendFile(pathname);
  return new Response(body, { status, headers });
}

const server = createServer({ maxHeaderSize: 65_536 }, toNodeHandler(site, { origin }));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
console.log(`http://127.0.0.1:${server.address().port}`);

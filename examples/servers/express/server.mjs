// The kit in front of Better Auth, in Express: `npm start`. ORIGIN, SECRET and DATABASE are the settings of production.
import { DatabaseSync } from 'node:sqlite';
import { countersign } from 'countersign/server';
import { betterAuth } from 'countersign/server/better-auth';
import { packageFiles, toNodeHandler } from 'countersign/server/node';
import { page } from 'countersign/server/page';
import { redeemedCodes } from 'countersign/server/redeemed';
import { sqliteStore } from 'countersign/server/stores/sqlite';
import express from 'express';
import { BASE, CONSENT, createAuth } from './auth.mjs';
import { describe } from './describe.mjs';
import { createSignIn } from './sign-in.mjs';

const port = Number(process.env.PORT ?? 4400);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;
// Without a secret of its own, a restart ends all sessions and open requests.
const secret = process.env.SECRET ?? crypto.randomUUID() + crypto.randomUUID();
const database = new DatabaseSync(process.env.DATABASE ?? ':memory:');
// The widget is at the engine's own authorization endpoint, where clients find it by discovery.
const AUTHORIZE = `${BASE}/oauth2/authorize`;

const auth = await createAuth({ origin, secret, database });
const { account, routes } = await createSignIn(auth, origin);
const store = sqliteStore(database);
const codes = redeemedCodes(store);
const handle = countersign({
  engine: { ...betterAuth({ auth, base: origin + BASE, consentPage: CONSENT }), isRedeemed: codes.isRedeemed },
  origin,
  secret,
  account,
  describe,
  store,
  page: page({ authorize: AUTHORIZE, files: await packageFiles() }),
});

/** Notes each code that gets tokens: a page that is loaded again does not get it once more. */
async function exchange(request) {
  const code = new URLSearchParams(await request.clone().text()).get('code');
  const response = await auth.handler(request);
  if (response.ok && code) await codes.note(code);
  return response;
}

const app = express().disable('x-powered-by');
// Before anything that reads bodies.
app.all(['/countersign/*path', AUTHORIZE], toNodeHandler(handle, { origin }));
app.post(`${BASE}/oauth2/token`, toNodeHandler(exchange, { origin }));
app.all(`${BASE}/*path`, toNodeHandler(auth.handler, { origin }));
app.use(routes);
app.listen(port, 'localhost', (error) => {
  if (error) throw error;
  console.log(`Express with Better Auth, and the consent page in front: ${origin}`);
});

// The kit in front of Better Auth, in Express: `npm start`. ORIGIN, SECRET and DATABASE are the settings of production.
import { DatabaseSync } from 'node:sqlite';
import { toNodeHandler as authHandler } from 'better-auth/node';
import { countersign } from 'countersign/server';
import { betterAuth } from 'countersign/server/better-auth';
import { packageFiles, toNodeHandler } from 'countersign/server/node';
import { page } from 'countersign/server/page';
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
const handle = countersign({
  engine: betterAuth({ auth, base: origin + BASE, consentPage: CONSENT }),
  origin,
  secret,
  account,
  describe,
  store: sqliteStore(database),
  page: page({ authorize: AUTHORIZE, files: await packageFiles(new URL('./dist/', import.meta.resolve('countersign/package.json'))) }),
});

const app = express().disable('x-powered-by');
// Before anything that reads bodies.
app.all(['/countersign/*path', AUTHORIZE], toNodeHandler(handle, { origin }));
app.all(`${BASE}/*path`, authHandler(auth));
app.use(routes);
app.listen(port, 'localhost', (error) => {
  if (error) throw error;
  console.log(`Express with Better Auth, and the consent page in front: ${origin}`);
});

// A whole site: an authorization server, a login page and the consent page. npm install express oidc-provider countersign
import { randomUUID } from 'node:crypto';
import { countersign } from 'countersign/server';
import { checked } from 'countersign/server/development';
import { packageFiles, toNodeHandler } from 'countersign/server/node';
import { loadExistingGrant, oidcProvider } from 'countersign/server/oidc-provider';
import { page } from 'countersign/server/page';
import express from 'express';
import { Provider, interactionPolicy } from 'oidc-provider';

const port = Number(process.env.PORT ?? 4400);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;

// The authorization server. It answers for its metadata, keys and tokens itself; a real one has keys and a database of its own.
const policy = interactionPolicy.base();
policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0);
const provider = new Provider(origin, {
  clients: [{ client_id: 'photo-printer', client_name: 'Photo Printer', redirect_uris: ['https://photo-printer.example/callback'], token_endpoint_auth_method: 'none' }],
  scopes: ['openid', 'photos.read', 'photos.write'],
  features: { devInteractions: { enabled: false } },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  interactions: { policy },
  loadExistingGrant,
  routes: { authorization: '/oauth/authorize', token: '/oauth/token', jwks: '/oauth/jwks', userinfo: '/oauth/userinfo' },
});

// Who is signed in: your site knows that already.
const people = [{ sub: 'u1', name: 'Ada Lovelace', email: 'ada@example.com' }, { sub: 'u2', name: 'Grace Hopper', email: 'grace@example.com' }];
const sessions = new Map();
const account = (request) => sessions.get(/(?:^|; )sid=([\w-]+)/.exec(request.headers.get('cookie') ?? '')?.[1]) ?? null;

// The consent page, and the calls that it makes. `checked` names each option, and each answer of an adapter, that is wrong.
const consent = toNodeHandler(countersign(checked({
  engine: oidcProvider({ provider }),
  origin,
  secret: process.env.SECRET ?? randomUUID() + randomUUID(),
  account,
  describe: { site_name: 'Example Photos', scope: ({ scope }) => ({ 'photos.read': { title: 'See your photos' }, 'photos.write': { title: 'Change your photos' } })[scope] ?? null },
  page: page({ files: await packageFiles(), loginUrl: '/login' }),
})), { origin });

// The login page. It comes back to `return_to`, which must be a path of this site.
const back = (value) => (URL.canParse(value, origin) && new URL(value, origin).origin === origin ? new URL(value, origin).href : origin);
const escape = (text) => text.replace(/[&<"]/g, (one) => `&#${one.charCodeAt(0)};`);
const app = express().disable('x-powered-by');
app.all(['/countersign/*path', '/oauth/authorize'], consent); // before anything that reads bodies
app.all(['/oauth/{*path}', '/.well-known/openid-configuration'], provider.callback());
app.get('/login', (req, res) => res.send(`<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in</h1><form method="post">
  <input type="hidden" name="return_to" value="${escape(back(req.query.return_to))}">
  <label>Email <input name="email" type="email" value="${escape(String(req.query.login_hint ?? ''))}"></label> <button>Sign in without a password</button></form>`));
app.post('/login', express.urlencoded({ extended: false }), (req, res) => {
  const person = people.find(({ email }) => email === req.body?.email);
  if (req.get('origin') !== origin) return res.status(403).send('The form comes from another site.');
  if (person === undefined) return res.status(401).send('Nobody here has this address.');
  const id = randomUUID();
  sessions.set(id, { ...person, signed_in_at: Date.now(), session: id });
  return res.cookie('sid', id, { httpOnly: true, sameSite: 'lax' }).redirect(303, back(req.body.return_to));
});
app.get('/', (req, res) => res.send('Example Photos'));
app.listen(port, 'localhost', () => console.log(origin));

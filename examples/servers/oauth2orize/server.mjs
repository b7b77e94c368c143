// The kit in front of oauth2orize, in Express: `npm start`. ORIGIN and SECRET are the settings of production.
import { randomUUID } from 'node:crypto';
import { countersign, memoryStore } from 'countersign/server';
import { checked } from 'countersign/server/development';
import { packageFiles, toNodeHandler } from 'countersign/server/node';
import { page } from 'countersign/server/page';
import { redeemedCodes } from 'countersign/server/redeemed';
import express from 'express';
import { oauth2orize } from './adapter.mjs';
import { clientOf, createAuth, validate } from './auth.mjs';
import { SCOPES, describe } from './describe.mjs';
import { createSignIn } from './sign-in.mjs';

const port = Number(process.env.PORT ?? 4400);
const origin = process.env.ORIGIN ?? `http://localhost:${port}`;
const secret = process.env.SECRET ?? randomUUID() + randomUUID();

const store = memoryStore();
const codes = redeemedCodes(store);
const { server, tokenOf } = createAuth({ onRedeemed: codes.note });
const { account, routes } = createSignIn(origin);
const engine = { ...oauth2orize({ server, validate, issuer: origin }), isRedeemed: codes.isRedeemed };
// Leave `checked` out in production.
const handle = countersign(checked({ engine, origin, secret, account, describe, store, page: page({ files: await packageFiles() }) }));

const app = express().disable('x-powered-by');
// Before anything that reads bodies.
app.all(['/countersign/*path', '/oauth/authorize'], toNodeHandler(handle, { origin }));
app.get('/.well-known/oauth-authorization-server', (req, res) => res.json({
  issuer: origin, authorization_endpoint: `${origin}/oauth/authorize`, token_endpoint: `${origin}/oauth/token`, scopes_supported: SCOPES,
  response_types_supported: ['code'], grant_types_supported: ['authorization_code'], code_challenge_methods_supported: ['S256'],
  token_endpoint_auth_methods_supported: ['none'], authorization_response_iss_parameter_supported: true,
}));
app.post('/oauth/token', express.urlencoded({ extended: false }), (req, res, next) => {
  req.user = clientOf(req.body?.client_id);
  return req.user ? next() : res.status(401).json({ error: 'invalid_client' });
}, server.token(), server.errorHandler());
app.get('/api', (req, res) => {
  const token = tokenOf(/^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1]);
  return token ? res.json(token) : res.status(401).set('WWW-Authenticate', 'Bearer').end();
});
app.use(routes);
app.listen(port, 'localhost', (error) => {
  if (error) throw error;
  console.log(`Express with oauth2orize, and the consent page in front: ${origin}`);
});

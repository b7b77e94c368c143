// A web app with Auth.js (`@auth/core`), as its documentation sets up a provider of OpenID Connect.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { Auth } from '@auth/core';
import * as oauth from 'openid-client';

const NAME = 'Travel Diary';
/** Auth.js would take a picture from its own site. */
const LOGO = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E';
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Node's request as the standard one that Auth.js takes. */
async function toRequest(incoming, origin) {
  const body = incoming.method === 'POST' ? await buffer(incoming) : undefined;
  return new Request(new URL(incoming.url, origin), { method: incoming.method, headers: incoming.headers, body });
}

async function send(outgoing, response) {
  outgoing.statusCode = response.status;
  for (const [name, value] of response.headers) if (name !== 'set-cookie') outgoing.setHeader(name, value);
  outgoing.setHeader('set-cookie', response.headers.getSetCookie());
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}

const configure = ({ issuer, client }) => ({
  basePath: '/auth',
  secret: randomUUID(),
  trustHost: true,
  providers: [{
    id: 'countersign',
    name: 'Countersign',
    type: 'oidc',
    style: { logo: LOGO },
    issuer,
    clientId: client.client_id,
    clientSecret: client.client_secret,
    checks: ['pkce', 'state', 'nonce'],
  }],
  callbacks: {
    jwt: ({ token, account, profile }) => (account ? { ...token, subject: profile.sub, scope: account.scope } : token),
    session: ({ session, token: { subject, scope } }) => ({ ...session, subject, scope }),
  },
  // A denial is told on a page; nothing has to be in the log.
  logger: { error() {}, warn() {} },
});

async function home(incoming, config, origin) {
  const session = await (await Auth(new Request(`${origin}/auth/session`, { headers: { cookie: incoming.headers.cookie ?? '' } }), config)).json();
  const words = session ? `${session.user.name}, ${session.user.email}, ${session.subject}, ${session.scope}` : 'Nobody is signed in';
  return new Response(`<!doctype html><html lang="en"><title>${NAME}</title><link rel="icon" href="data:,"><h1>${escape(words)}</h1>`, {
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });
}

async function register(issuer, origin) {
  const config = await oauth.dynamicClientRegistration(new URL(issuer), {
    client_name: NAME, application_type: 'web', redirect_uris: [`${origin}/auth/callback/countersign`], token_endpoint_auth_method: 'client_secret_basic',
  }, oauth.None(), { execute: [oauth.allowInsecureRequests] });
  return config.clientMetadata();
}

/** Starts the app, registered at an issuer. */
export async function startAuthApp(visitor, issuer) {
  let [config, origin] = [];
  const server = createServer(async (incoming, outgoing) => {
    const { pathname } = new URL(incoming.url, origin);
    if (pathname.startsWith('/auth/')) await send(outgoing, await Auth(await toRequest(incoming, origin), config));
    else await send(outgoing, await home(incoming, config, origin));
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  server.unref();
  origin = `http://localhost:${server.address().port}`;
  config = configure({ issuer, client: await register(issuer, origin) });
  visitor.origins.add(origin);
  return { name: NAME, origin };
}

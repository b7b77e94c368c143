/**
 * The kit in front of workers-oauth-provider, in a Worker with Hono: `npm start`. The bindings are in wrangler.jsonc: OAUTH_KV is the
 * engine's, SESSIONS the sign-in's, DECISIONS the kit's; ORIGIN and SECRET are texts.
 */
import { env as bindings } from 'cloudflare:workers';
import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { countersign } from 'countersign/server';
import { page } from 'countersign/server/page';
import { redeemedCodes } from 'countersign/server/redeemed';
import { d1Store } from 'countersign/server/stores/d1';
import { workersOAuthProvider } from 'countersign/server/workers-oauth-provider';
import { Hono } from 'hono';
import { describe, SCOPES } from './describe.mjs';
import { accountOf, signIn } from './sign-in.mjs';

const AUTHORIZE = '/oauth/authorize';
const TOKEN = '/oauth/token';
// The files of the package are static assets.
const pages = page({ authorize: AUTHORIZE, files: '/lib/countersign/' });

const codesOf = (env) => redeemedCodes(d1Store(env.DECISIONS));
const engineOf = (env) => ({
  ...workersOAuthProvider({ provider: env.OAUTH_PROVIDER, endpoint: env.ORIGIN + AUTHORIZE, props: ({ sub, name }) => ({ sub, name }) }),
  isRedeemed: codesOf(env).isRedeemed,
});

/** The bindings come with each request, and so does the kit: making it costs next to nothing. */
const kit = ({ env, req }) => countersign({
  engine: engineOf(env),
  origin: env.ORIGIN,
  secret: env.SECRET,
  account: (request) => accountOf(request, env),
  describe,
  store: d1Store(env.DECISIONS),
  page: pages,
})(req.raw);

const site = new Hono();
site.all('/countersign/*', kit);
site.all(AUTHORIZE, kit);
site.route('/', signIn);

const provider = new OAuthProvider({
  authorizeEndpoint: AUTHORIZE,
  tokenEndpoint: TOKEN,
  clientRegistrationEndpoint: '/oauth/register',
  scopesSupported: SCOPES,
  // REPLACE THIS: the API that the tokens are for. This one says whose token it is.
  apiRoute: '/api',
  resourceMetadata: { resource: `${bindings.ORIGIN}/api` },
  apiHandler: { fetch: (request, env, context) => Response.json(context.props) },
  defaultHandler: site,
});

export default {
  /** The engine answers its token endpoint itself. Each code that gets tokens is noted: a page that is loaded again does not get it once more. */
  async fetch(request, env, context) {
    const code = new URL(request.url).pathname === TOKEN && new URLSearchParams(await request.clone().text()).get('code');
    const response = await provider.fetch(request, env, context);
    if (response.ok && code) await codesOf(env).note(code);
    return response;
  },
};

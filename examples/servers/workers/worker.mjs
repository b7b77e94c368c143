/**
 * The kit in front of workers-oauth-provider, in a Worker with Hono: `npm start`. The bindings are in wrangler.jsonc: OAUTH_KV is the
 * engine's, SESSIONS the sign-in's, DECISIONS the kit's; ORIGIN and SECRET are texts.
 */
import { env as bindings } from 'cloudflare:workers';
import { OAuthProvider } from '@cloudflare/workers-oauth-provider';
import { countersign } from 'countersign/server';
import { page } from 'countersign/server/page';
import { d1Store } from 'countersign/server/stores/d1';
import { workersOAuthProvider } from 'countersign/server/workers-oauth-provider';
import { Hono } from 'hono';
import { describe, SCOPES } from './describe.mjs';
import { accountOf, signIn } from './sign-in.mjs';

const AUTHORIZE = '/oauth/authorize';
// The files of the package are static assets.
const pages = page({ authorize: AUTHORIZE, files: '/lib/countersign/' });

/** The bindings come with each request, and so does the kit: making it costs next to nothing. */
const kit = ({ env, req }) => countersign({
  engine: workersOAuthProvider({ provider: env.OAUTH_PROVIDER, endpoint: env.ORIGIN + AUTHORIZE, props: ({ sub, name }) => ({ sub, name }) }),
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

export default new OAuthProvider({
  authorizeEndpoint: AUTHORIZE,
  tokenEndpoint: '/oauth/token',
  clientRegistrationEndpoint: '/oauth/register',
  scopesSupported: SCOPES,
  // REPLACE THIS: the API that the tokens are for. This one says whose token it is.
  apiRoute: '/api',
  resourceMetadata: { resource: `${bindings.ORIGIN}/api` },
  apiHandler: { fetch: (request, env, context) => Response.json(context.props) },
  defaultHandler: site,
});

// workers-oauth-provider alone, for the bench of servers: two calls that ask it what a consent page needs, and allow it.
import { OAuthProvider } from '@cloudflare/workers-oauth-provider';

const calls = {
  async open(request, { ORIGIN, OAUTH_PROVIDER: provider }) {
    const asked = await provider.parseAuthRequest(new Request(`${ORIGIN}/oauth/authorize${new URL(request.url).search}`));
    await provider.lookupClient(asked.clientId);
    return asked;
  },
  async allow(request, { OAUTH_PROVIDER: provider }) {
    const asked = await request.json();
    return provider.completeAuthorization({ request: asked, userId: 'ada', scope: asked.scope, metadata: {}, props: { sub: 'ada' } });
  },
};

const provider = new OAuthProvider({
  authorizeEndpoint: '/oauth/authorize',
  tokenEndpoint: '/oauth/token',
  resourceMetadata: { resource: 'https://api.harbor.example/' },
  apiRoute: 'https://api.harbor.example/',
  apiHandler: { fetch: () => new Response() },
  defaultHandler: {
    async fetch(request, env) {
      const { pathname } = new URL(request.url);
      // Nobody has to sign in here.
      if (pathname === '/account/login') return new Response();
      return Response.json(await calls[pathname.slice('/oauth/bench/'.length)](request, env));
    },
  },
});

export default { fetch: (request, env, context) => provider.fetch(request, env, context) };

// Better Auth alone: two calls that ask it what a consent page needs, and allow it.
import { clientRow, createAuth, emptyDatabase, PEOPLE } from '../../../examples/engines/better-auth/server.mjs';
import { listen } from '../../../examples/engines/site/listen.mjs';

const BASE = '/api/auth';

export async function createSite({ clients }) {
  const { origin, close } = await listen(0, async (own) => {
    const database = emptyDatabase();
    const auth = createAuth(own, { database, secret: 'the secret of the bench, which is no secret', registers: false });
    for (const person of PEOPLE) await auth.api.signUpEmail({ body: { ...person, password: 'demo' } });
    database.oauthClient.push(...clients.map(clientRow));
    const ask = async (request, path, body) => {
      const headers = { accept: 'application/json', 'content-type': 'application/json', origin: own, cookie: request.headers.get('cookie') ?? '' };
      return (await auth.handler(new Request(own + BASE + path, { headers, ...(body && { method: 'POST', body: JSON.stringify(body) }) }))).json();
    };
    const calls = {
      async open(request) {
        const { searchParams: asked } = new URL((await ask(request, `/oauth2/authorize${new URL(request.url).search}`)).url, own);
        await ask(request, `/oauth2/public-client?${new URLSearchParams({ client_id: asked.get('client_id') })}`);
        return { accept: true, scope: asked.get('scope'), oauth_query: asked.toString() };
      },
      allow: async (request) => ask(request, '/oauth2/consent', await request.json()),
    };
    return async (request) => {
      const { pathname } = new URL(request.url);
      const work = calls[/^\/oauth\/bench\/(\w+)$/.exec(pathname)?.[1]];
      if (work) return Response.json(await work(request));
      if (pathname !== '/account/login') return new Response(null, { status: 404 });
      return auth.api.signInEmail({ body: await request.json(), headers: request.headers, asResponse: true });
    };
  });
  return { origin, close };
}

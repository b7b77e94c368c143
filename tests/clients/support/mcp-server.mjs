// A protected MCP server on loopback: the SDK's own, over streamable HTTP. It knows of the authorization server
// nothing but its issuer.
import { once } from 'node:events';
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js';
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The scopes of an MCP server that the authorization server has never heard of. */
export const NOTES = { read: 'notes:read', write: 'notes:write' };

/** What a call needs: one tool needs more than the rest, which a client learns from the challenge (step-up). */
const scopesFor = ({ method, params } = {}, { read, write }) => (
  method === 'tools/call' && params?.name === 'write_note' ? [read, write] : [read]
);

const text = (words) => ({ content: [{ type: 'text', text: words }] });

function tools() {
  const server = new McpServer({ name: 'Notes', version: '1.0.0' });
  const who = ({ authInfo }) => authInfo.extra.sub;
  server.registerTool('read_note', { description: 'Reads the note' }, (extra) => text(`read by ${who(extra)}`));
  server.registerTool('write_note', { description: 'Writes the note' }, (extra) => text(`written by ${who(extra)}`));
  return server;
}

function deferred() {
  let resolve;
  const promise = new Promise((settle) => { resolve = settle; });
  return { promise, resolve };
}

/** Checks a token by its signature, its issuer and its audience (RFC 9068 section 4). */
function verifier({ issuer, jwks_uri: keys }, resource, refused) {
  const keySet = createRemoteJWKSet(new URL(keys));
  return {
    async verifyAccessToken(token) {
      const { payload } = await jwtVerify(token, keySet, { issuer, audience: resource, typ: 'at+jwt' }).catch((error) => {
        throw new InvalidTokenError(error.message);
      });
      if (refused.has(payload.jti)) throw new InvalidTokenError('The token has ended');
      const { client_id: clientId, scope = '', exp, aud, sub } = payload;
      return { token, clientId, scopes: scope.split(' ').filter(Boolean), expiresAt: exp, resource: new URL(aud), extra: { sub, jti: payload.jti } };
    },
  };
}

/**
 * Starts the server.
 *
 * @param issuer of the authorization server
 * @param options `scopes` (`{ read, write }`); `supported`, the scopes that the metadata names; `names`, whether a
 *   challenge names its scopes
 * @returns `url`; `seen`, the tokens that were accepted, oldest first; `endTokens()`, after which none of those is;
 *   `askedForStream`, which settles when a client has asked for a stream of events and heard that there is none
 */
export async function startMcpServer(issuer, { scopes = NOTES, supported = Object.values(scopes), names = true } = {}) {
  const { pathname, origin } = new URL(issuer);
  const path = pathname === '/' ? '' : pathname;
  const metadata = await (await fetch(`${origin}/.well-known/oauth-authorization-server${path}`)).json();
  const app = createMcpExpressApp();
  const listener = app.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  listener.unref();
  const url = new URL(`http://127.0.0.1:${listener.address().port}/mcp`);
  const [seen, refused] = [[], new Set()];
  const check = verifier(metadata, url.href, refused);

  app.use(mcpAuthMetadataRouter({ oauthMetadata: metadata, resourceServerUrl: url, scopesSupported: supported, resourceName: 'Notes' }));
  app.use('/mcp', (req, res, next) => requireBearerAuth({
    verifier: check,
    requiredScopes: names ? scopesFor(req.body, scopes) : [],
    resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(url),
    expectedResource: url,
  })(req, res, next));
  app.post('/mcp', async (req, res) => {
    seen.push(req.auth);
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined, enableJsonResponse: true });
    await tools().connect(transport);
    await transport.handleRequest(req, res, req.body);
  });
  const asked = deferred();
  app.all('/mcp', (req, res) => {
    res.status(405).set('Allow', 'POST').end();
    asked.resolve();
  });

  return {
    url,
    seen,
    askedForStream: asked.promise,
    endTokens: () => seen.forEach(({ extra }) => refused.add(extra.jti)),
    close: () => { listener.close(); listener.closeAllConnections(); },
  };
}

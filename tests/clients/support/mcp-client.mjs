// An MCP client with the TypeScript SDK, as a program on this device: everything that it keeps is in memory.
import { randomUUID } from 'node:crypto';
import assert from 'node:assert/strict';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { listen } from '../../e2e/support/listener.mjs';

export const NAME = 'Note Taker';

/** The SDK's interface of what a client knows and keeps. */
class Provider {
  kept = {};

  constructor(redirectUrl, metadata, clientMetadataUrl) {
    this.redirectUrl = redirectUrl;
    this.clientMetadata = metadata;
    if (clientMetadataUrl !== undefined) this.clientMetadataUrl = clientMetadataUrl;
  }

  state() { this.kept.state = randomUUID(); return this.kept.state; }

  clientInformation() { return this.kept.client; }

  saveClientInformation(client) { this.kept.client = client; }

  tokens() { return this.kept.tokens; }

  saveTokens(tokens) { this.kept.tokens = tokens; }

  saveCodeVerifier(verifier) { this.kept.verifier = verifier; }

  codeVerifier() { return this.kept.verifier; }

  redirectToAuthorization(address) { this.kept.address = address; }
}

/**
 * Starts the program.
 *
 * @param visitor whose browser may go to its callback
 * @param url of the MCP server
 * @param options `grants` of the client; `metadata`, more of its metadata; `clientMetadataUrl`, where its metadata is
 */
export async function startMcpClient(visitor, url, { grants = ['authorization_code'], metadata = {}, clientMetadataUrl, listener } = {}) {
  const callback = listener ?? await listen();
  visitor.origins.add(callback.origin);
  const redirectUrl = `${callback.origin}/callback`;
  const provider = new Provider(redirectUrl, {
    client_name: NAME, redirect_uris: [redirectUrl], grant_types: grants, response_types: ['code'], token_endpoint_auth_method: 'none', ...metadata,
  }, clientMetadataUrl);
  let transport;
  const client = new Client({ name: NAME, version: '1.0.0' });
  const open = () => {
    transport = new StreamableHTTPClientTransport(url, { authProvider: provider });
    return client.connect(transport);
  };

  /** The answer that came back to the program, with its state. */
  async function answer() {
    const { url: address } = await callback.received();
    assert.equal(address.searchParams.get('state'), provider.kept.state);
    return address.searchParams;
  }

  /** Waits until the tab is at the program: what it opens next would break off the way there. */
  const arrives = ({ page }) => page.waitForURL((address) => address.href.startsWith(redirectUrl));

  return {
    name: NAME,
    provider,
    redirectUrl,
    arrives,
    /** Connects to the server. Rejects with `UnauthorizedError` if the user has to be asked first. */
    open,
    answer,
    call: (name) => client.callTool({ name, arguments: {} }),
    tools: async () => (await client.listTools()).tools.map(({ name }) => name).sort(),
    /** Runs `work`, which needs the user: opens the page in the tab, lets `act` use it, and takes the answer. */
    async ask(tab, work, act) {
      await assert.rejects(work, UnauthorizedError);
      await tab.page.goto(provider.kept.address.href);
      await act(provider.kept.address.searchParams);
      const code = (await answer()).get('code');
      assert.ok(code);
      await arrives(tab);
      await transport.finishAuth(code);
    },
    close: () => client.close(),
  };
}

// The MCP TypeScript SDK as the client of a protected MCP server.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { startMcpClient } from './support/mcp-client.mjs';
import { NOTES, startMcpServer } from './support/mcp-server.mjs';
import { allow } from './support/person.mjs';

const { journey } = journeys();
const textOf = ({ content: [{ text }] }) => text;

journey('a client registers itself, is asked for what the server’s challenge names, and calls a tool', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const server = await startMcpServer(site.issuer);
  const program = await startMcpClient(ada, server.url);
  await program.ask(tab, program.open(), async (request) => {
    assert.equal(request.get('resource'), server.url.href);
    assert.equal(request.get('scope'), NOTES.read);
    await tab.login.signIn('ada@example.com');
    await tab.card.says(server.url.host);
    await allow(tab, program.name);
  });
  await program.open();
  assert.deepEqual(await program.tools(), ['read_note', 'write_note']);
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
  const { resource, scopes } = server.seen.at(-1);
  assert.equal(resource.href, server.url.href);
  assert.deepEqual(scopes, [NOTES.read]);
});

/** Asks for nothing but the first scope, and connects. */
async function connect(tab, program) {
  await program.ask(tab, program.open(), () => allow(tab, program.name));
  await program.open();
}

journey('a tool that needs more sends the user to the page again (step-up), for both scopes', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startMcpClient(ada, server.url);
  await connect(tab, program);
  await program.ask(tab, program.call('write_note'), (request) => {
    assert.equal(request.get('scope'), `${NOTES.read} ${NOTES.write}`);
    return allow(tab, program.name);
  });
  assert.equal(textOf(await program.call('write_note')), 'written by account-ada');
  assert.deepEqual(server.seen.at(-1).scopes.sort(), [NOTES.read, NOTES.write]);
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
});

journey('what the user unticks at a step-up is not granted, and the tool stays refused', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startMcpClient(ada, server.url);
  await connect(tab, program);
  await program.ask(tab, program.call('write_note'), async () => {
    await tab.card.asks(program.name);
    await tab.card.tick(NOTES.write, false);
    await allow(tab, program.name);
  });
  await assert.rejects(program.call('write_note'), { code: 403 });
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
});

journey('a token that has ended is refreshed without the user', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer, { names: false, supported: [NOTES.read, 'offline_access'] });
  const program = await startMcpClient(ada, server.url, { grants: ['authorization_code', 'refresh_token'] });
  await connect(tab, program);
  const before = program.provider.tokens();
  // Its last request of connecting: two that are refused at once would use one refresh token twice.
  await server.askedForStream;
  server.endTokens();
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
  const after = program.provider.tokens();
  assert.notEqual(after.access_token, before.access_token);
  assert.deepEqual(server.seen.at(-1).scopes, [NOTES.read]);
  assert.equal(server.seen.at(-1).resource.href, server.url.href);
});

journey('the client of an issuer with a path finds it, and the user chooses the organization', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(`${site.issuer}/b2b`);
  const program = await startMcpClient(ada, server.url);
  await program.ask(tab, program.open(), () => allow(tab, program.name, { organization: 'Acme Corporation' }));
  await program.open();
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
});

journey('a user who denies leaves the client without a token, and may allow later', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startMcpClient(ada, server.url);
  await assert.rejects(program.open());
  await tab.page.goto(program.provider.kept.address.href);
  await tab.card.asks(program.name);
  await tab.card.deny.click();
  assert.equal((await program.answer()).get('error'), 'access_denied');
  await program.arrives(tab);
  assert.equal(program.provider.tokens(), undefined);
  await connect(tab, program);
  assert.equal(textOf(await program.call('read_note')), 'read by account-ada');
});

journey('a token for one MCP server is refused by another', async ({ site, visitor }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const [server, other] = [await startMcpServer(site.issuer), await startMcpServer(site.issuer)];
  const program = await startMcpClient(ada, server.url);
  await connect(tab, program);
  const answers = await Promise.all([server, other].map(({ url }) => fetch(url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${program.provider.tokens().access_token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  })));
  assert.deepEqual(answers.map(({ status }) => status), [200, 401]);
});

// The MCP Python SDK as the client of a protected MCP server.
import assert from 'node:assert/strict';
import { journeys } from '../e2e/support/journey.mjs';
import { NOTES, startMcpServer } from './support/mcp-server.mjs';
import { allow, signInAndAllow } from './support/person.mjs';
import { startPythonClient } from './support/python.mjs';

const { journey } = journeys();

journey('a client registers itself, is asked for what the server’s challenge names, and calls a tool', async ({ site, visitor, t }) => {
  const ada = await visitor();
  const tab = await ada.tab();
  const server = await startMcpServer(site.issuer);
  const program = await startPythonClient(t, ada, server.url);
  await program.ask(tab, (request) => {
    assert.equal(request.get('resource'), server.url.href);
    return signInAndAllow(tab, program.name);
  });
  await program.says('connected');
  assert.equal(await program.call('read_note'), 'read by account-ada');
  const { resource, scopes } = server.seen.at(-1);
  assert.equal(resource.href, server.url.href);
  assert.deepEqual(scopes, [NOTES.read]);
});

journey('a tool that needs more sends the user to the page again (step-up), for both scopes', async ({ site, visitor, t }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startPythonClient(t, ada, server.url);
  await program.ask(tab, () => allow(tab, program.name));
  await program.says('connected');
  program.tell('call write_note');
  await program.ask(tab, (request) => {
    const asked = request.get('scope').split(' ');
    assert.ok([NOTES.read, NOTES.write].every((scope) => asked.includes(scope)), request.get('scope'));
    return allow(tab, program.name);
  });
  assert.equal((await program.says('result')).text, 'written by account-ada');
  assert.deepEqual(server.seen.at(-1).scopes.sort(), [NOTES.read, NOTES.write]);
});

journey('a token whose time is over is refreshed without the user', async ({ site, visitor, t }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startPythonClient(t, ada, server.url);
  await program.ask(tab, () => allow(tab, program.name));
  await program.says('connected');
  const before = await program.tokens();
  assert.ok(before.refresh_token);
  program.tell('expire');
  await program.says('expired');
  assert.equal(await program.call('read_note'), 'read by account-ada');
  const after = await program.tokens();
  assert.notEqual(after.access_token, before.access_token);
  assert.equal(server.seen.at(-1).resource.href, server.url.href);
});

journey('the client of an issuer with a path finds it, and acts for the user’s organization', async ({ site, visitor, t }) => {
  const grace = await visitor();
  const tab = await grace.signedIn('grace@example.com');
  const server = await startMcpServer(`${site.issuer}/b2b`);
  const program = await startPythonClient(t, grace, server.url);
  await program.ask(tab, () => allow(tab, program.name, { organization: 'Acme Corporation' }));
  await program.says('connected');
  assert.equal(await program.call('read_note'), 'read by account-grace');
});

journey('a user who denies leaves the client without a token', async ({ site, visitor, t }) => {
  const ada = await visitor();
  const tab = await ada.signedIn();
  const server = await startMcpServer(site.issuer);
  const program = await startPythonClient(t, ada, server.url);
  await program.ask(tab, async () => {
    await tab.card.asks(program.name);
    await tab.card.deny.click();
  });
  const { reason } = await program.says('failed');
  assert.match(reason, /^OAuthFlowError: /);
  assert.deepEqual(server.seen, []);
});

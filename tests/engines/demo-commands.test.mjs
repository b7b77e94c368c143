// The demos of Ory Hydra and of the server in axum, from the commands of their READMEs to a client that has its tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { journeys } from '../e2e/support/journey.mjs';
import { commandsOf, startDemo } from './support/demo.mjs';

const PROGRAM = commandsOf('server', 'hydra', 'README.md');
const AXUM = commandsOf('examples', 'servers', 'axum', 'README.md');
const LONGEST = { longest: 900_000 };

test('a README has at most five commands, and no command of ours stands in for another', () => {
  assert.ok(PROGRAM.length <= 5 && AXUM.length <= 5);
  assert.equal(PROGRAM.at(-1), 'COUNTERSIGN_KIT=rust npm run demo -- --engine hydra');
  assert.deepEqual(AXUM, ['npm run demo -- --server axum']);
});

/** The demo of some commands: a person signs in, allows, and the client is connected. */
function demo(name, commands, signIn) {
  const { journey } = journeys(() => startDemo(commands), LONGEST);
  journey(name, async ({ visitor }) => {
    const tab = await (await visitor()).tab();
    await tab.client.connect({ scopes: ['photos.read'] });
    await signIn(tab);
    await tab.card.asks('Photo Printer');
    await tab.card.reads();
    await tab.card.allow.click();
    const { scopes } = await tab.client.connected();
    assert.deepEqual(scopes.filter((scope) => scope !== 'openid'), ['email', 'photos.read', 'profile']);
  });
}

const onOurPage = ({ login }) => login.signIn('ada@example.com');

async function onAForm({ page }) {
  await page.getByLabel('Email').fill('ada@example.com');
  await page.getByLabel('Password').fill('demo');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

demo('countersign-hydra: from nothing to a signed-in client by the commands of its README', PROGRAM, onOurPage);
demo('the same demo with the kit in TypeScript', ['npm run demo -- --engine hydra'], onOurPage);
demo('the server in axum: from nothing to a signed-in client by the commands of its README', AXUM, onAForm);

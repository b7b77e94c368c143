// What a person does at the page in front of an engine, in Chromium. No page leaves a console message behind.
import assert from 'node:assert/strict';
import { journeys } from '../../e2e/support/journey.mjs';
import { systemOf } from './site.mjs';

export function engineJourneys(start) {
  const { journey } = journeys(systemOf(start));

  journey('a person signs in, leaves a scope out, and the client gets tokens for the rest', async ({ visitor }) => {
    const tab = await (await visitor()).tab();
    await tab.client.connect({ scopes: ['photos.read', 'calendar.read'] });
    await tab.login.signIn('ada@example.com');
    await tab.card.asks('Photo Printer');
    await tab.card.tick('See your calendar', false);
    await tab.card.reads();
    await tab.card.allow.click();
    const { scopes, idToken } = await tab.client.connected();
    assert.deepEqual(scopes.filter((scope) => scope !== 'openid'), ['email', 'photos.read', 'profile']);
    assert.equal('sub' in idToken, scopes.includes('openid'));
  });

  journey('a person who denies comes back to the client, which is told', async ({ visitor }) => {
    const tab = await (await visitor()).tab();
    await tab.client.connect();
    await tab.login.signIn('ada@example.com');
    await tab.card.asks('Photo Printer');
    await tab.card.deny.click();
    await tab.client.refused('access_denied');
  });
  return journey;
}

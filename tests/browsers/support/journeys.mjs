// What a visitor does, the same in every browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startSite } from '../../e2e/support/site.mjs';
import { collectReports } from './reports.mjs';
import { Visitor } from './visitor.mjs';

const WINDOW = [1200, 900];
/** For a whole test, whatever it waits for. */
const LONGEST = 120_000;

/**
 * Sets a file up: `journey(name, run)` with a fresh site and a visitor who was never here. No test passes that left a violation of the
 * policy, an error or a console message behind.
 */
export function journeys(start) {
  let browser;
  let told;
  before(async () => {
    told = await collectReports();
    browser = await start();
  });
  after(() => Promise.all([browser?.close(), told?.close()]));

  return function journey(name, run, { expects } = {}) {
    test(name, { timeout: LONGEST }, async (t) => {
      const site = await startSite();
      const tab = await browser.tab();
      const visitor = new Visitor(tab, site);
      told.reports.length = 0;
      try {
        await tab.resize(...WINDOW);
        await run(visitor, { site, reports: told.reports, t });
        if (!expects) assert.deepEqual([...tab.complaints, ...told.reports], []);
      } catch (error) {
        t.diagnostic(await tab.run(() => `${location.href}\n${document.body.innerText}`).catch(() => '(no page)'));
        throw error;
      } finally {
        await tab.close();
        await site.close();
      }
    });
  };
}

/** The main flow and its turns. */
export function visits(journey) {
  journey('a visitor signs in, allows, and the client gets what was shown', async (visitor, { site }) => {
    await visitor.tab.open(`${site.client}/`);
    await visitor.heading('^Try a sign-in$');
    await visitor.press('button', 'Connect');
    await visitor.signIn('ada@example.com');
    await visitor.asks('Photo Printer');
    await visitor.press('button', 'Allow');
    assert.deepEqual(await visitor.connected(), ['email', 'openid', 'photos.read', 'profile']);
  });

  journey('Deny tells the client, and a reload of the card before it asks the same', async (visitor) => {
    await visitor.connect();
    await visitor.signIn('ada@example.com');
    await visitor.asks('Photo Printer');
    await visitor.tab.reload();
    await visitor.asks('Photo Printer');
    await visitor.press('button', 'Deny');
    await visitor.refused('access_denied');
  });

  journey('what is unticked is not granted', async (visitor) => {
    await visitor.connect({ scopes: ['photos.read'] });
    await visitor.signIn('ada@example.com');
    await visitor.asks('Photo Printer');
    await visitor.press('checkbox', 'See your name');
    await visitor.sees('checkbox', 'See your name', ({ isTicked }) => !isTicked);
    await visitor.press('button', 'Allow');
    assert.deepEqual(await visitor.connected(), ['email', 'openid', 'photos.read']);
  });

  journey('the keyboard alone gets through the card', async (visitor) => {
    await visitor.connect();
    await visitor.signIn('ada@example.com');
    await visitor.asks('Photo Printer');
    await visitor.tabTo('checkbox', 'See your email address');
    await visitor.tab.press('Space');
    await visitor.sees('checkbox', 'See your email address', ({ isTicked }) => !isTicked);
    await visitor.tabTo('button', 'Allow');
    await visitor.sees('button', 'Allow', ({ isDisabled }) => !isDisabled);
    await visitor.tab.press('Enter');
    assert.deepEqual(await visitor.connected(), ['openid', 'profile']);
  });

  journey('a member chooses an organization and acts in it', async (visitor) => {
    await visitor.connect({ client: 'Harbor Console', action: 'organization', scopes: ['members.read'] });
    await visitor.signIn('ada@example.com');
    await visitor.press('button', 'Change organization');
    await visitor.press('radio', 'Globex');
    await visitor.asks('Harbor Console', 'Globex');
    await visitor.press('button', 'Deny');
    await visitor.refused('access_denied');
  });

  journey('signing out is asked, and ends at the client', async (visitor) => {
    await visitor.connect({ client: 'Trip Planner' });
    await visitor.signIn('ada@example.com');
    await visitor.asks('Trip Planner');
    await visitor.press('button', 'Allow');
    await visitor.connected();
    await visitor.press('button', 'Sign out without a hint');
    await visitor.heading('^Sign out\\?$');
    await visitor.press('button', 'Sign out');
    // Without a hint the way back is the user's to choose, and names where it leads.
    await visitor.press('button', `Continue: ${new URL(visitor.site.client).host}`);
    await visitor.heading('^Signed out$');
  });

  journey('what breaks the policy is told', async (visitor, { site, reports }) => {
    await visitor.tab.open(`${site.issuer}/login`);
    await visitor.heading('^Sign in to \\S+$');
    await visitor.tab.run(() => { document.body.setAttribute('style', 'color: red'); });
    await visitor.until('a report', async () => reports.some((line) => /^style-src/.test(line)));
  }, { expects: 'a violation' });
}

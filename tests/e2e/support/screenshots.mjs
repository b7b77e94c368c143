// Pictures of what users see, in test-results/: `node tests/e2e/support/screenshots.mjs`, after a build.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { closeContext, launchChromium } from './chromium.mjs';
import { CardPage, ClientPage, LoginPage } from './pages.mjs';
import { startSite } from './site.mjs';

const folder = fileURLToPath(new URL('../../../test-results/', import.meta.url));
const LOOKS = {
  desktop: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2 },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1280, height: 900 }, deviceScaleFactor: 2, colorScheme: 'dark' },
};

async function walk(page, site, shoot) {
  const client = new ClientPage(page, site);
  const login = new LoginPage(page, site);
  const card = new CardPage(page, site);

  await client.prepare({ scopes: ['photos.read', 'photos.write'] });
  await shoot('client');
  await client.press('Connect');
  await login.shown();
  await shoot('login');
  await login.signIn('ada@example.com', 'wrong');
  await page.getByRole('alert').waitFor();
  await shoot('login-wrong-password');
  await login.signIn('ada@example.com');
  await card.asks('Photo Printer');
  await shoot('consent');
  await card.allow.click();
  await client.connected();
  await shoot('client-connected');
  await client.connect({ scopes: ['photos.read', 'calendar.read'] });
  await card.asks('Photo Printer');
  await shoot('consent-again');
  await client.connect({ client: 'Postcard Club', pays: true });
  await card.asks('Postcard Club');
  await shoot('consent-payment');

  await client.connectOrganization({ client: 'Harbor Console', scopes: ['members.read'] });
  await card.chooseOrganization.waitFor();
  await shoot('consent-organization');
  await card.chooseOrganization.click();
  await card.organization('Initech Needs an administrator’s approval').waitFor();
  await shoot('consent-organizations');
  await card.organization('Initech Needs an administrator’s approval').click();
  await card.askForApproval.waitFor();
  await shoot('consent-approval');
  const address = await card.transactionAddress();
  await card.deny.click();
  await client.refused('access_denied');
  await shoot('client-not-connected');
  await page.goto(address);
  await card.heading('This request was already answered');
  await shoot('answered');
  await page.goto(`${site.issuer}/oauth/authorize?client_id=nobody`);
  await card.heading('This link doesn’t work');
  await shoot('invalid');
  await login.open();
  await shoot('login-with-session');
  await page.goto(`${site.issuer}/oauth/logout`);
  await card.heading('Sign out?');
  await shoot('sign-out');
  await page.goto(`${site.issuer}/`);
  await shoot('start-page');
}

await mkdir(folder, { recursive: true });
const browser = await launchChromium();
try {
  for (const [look, options] of Object.entries(LOOKS)) {
    const site = await startSite();
    const page = await (await browser.newContext(options)).newPage();
    await walk(page, site, (name) => page.screenshot({ path: `${folder}${name}-${look}.png`, fullPage: true }));
    await closeContext(page.context());
    await site.close();
  }
} finally {
  await browser.close();
}
console.log(`Pictures are in ${folder}`);

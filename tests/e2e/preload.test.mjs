// What the login page loads for the page after it.
import { journeys } from './support/journey.mjs';

const { journey } = journeys();

journey('the login page loads what the page after it needs, once it is idle', async ({ site, visitor }) => {
  const person = await visitor({ locale: 'de-DE' });
  const { page } = await person.tab();
  const files = ['authorization-*.wasm', 'glue-*.js', 'messages-*de.json'].map((name) => page.waitForResponse(`**/assets/authorization/${name}`));
  await page.goto(`${site.issuer}/login?return_to=%2F`);
  await Promise.all(files);
});

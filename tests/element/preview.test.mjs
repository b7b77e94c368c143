// The setting `preview`: any screen, also inside a frame, and nothing that acts.
import assert from 'node:assert/strict';
import { PNG } from 'pngjs';
import { pages } from './support/bare.mjs';
import { frames } from './support/framed.mjs';

const inPage = pages();
const framed = frames();

const put = (answers) => `
globalThis.backend = testing.scripted(${answers});
globalThis.told = [];
globalThis.element = Object.assign(document.createElement('countersign-identity-provider'), { preview: backend });
for (const type of ['countersign-event', 'countersign-error']) element.addEventListener(type, ({ detail }) => told.push(detail.type ?? detail.code));
document.body.append(element);`;

/** Nothing but the files of the package was requested, no other page was opened, and the frame is where it was. */
async function nothingElse({ frame, requests, opened, inside }) {
  assert.deepEqual(requests.filter((url) => !/^\/npm\/|^http:\/\/localhost:\d+\/outside$|^\/inside$|^data:/.test(url)), []);
  assert.deepEqual(opened, []);
  assert.equal(frame.url(), `${inside}/inside`);
  assert.equal(await frame.evaluate(() => history.length - entries), 0);
  assert.equal(await frame.evaluate(() => document.querySelector('form') ?? element.shadowRoot.querySelector('form')), null);
}

framed('inside a frame the card is drawn, Allow is pressed by a real mouse, and the page stays', put('testing.scenes.permissions'), async (all) => {
  const { frame } = all;
  await frame.getByRole('heading', { name: 'Photo Printer wants access' }).waitFor();
  for (const name of ['photo-printer.example', 'Terms', 'Privacy']) {
    await frame.getByRole('link', { name, exact: true }).click();
    await frame.getByRole('link', { name, exact: true }).click({ button: 'middle' });
  }
  await frame.getByRole('button', { name: 'Allow' }).click();
  await frame.evaluate(() => backend.until('redirecting'));
  assert.deepEqual(await frame.evaluate(() => [told, backend.navigations]), [
    ['started', 'consent_shown', 'allowed', 'redirecting'], [{ url: 'https://app.photo-printer.example/callback?code=preview' }],
  ]);
  await nothingElse(all);
});

const POST = "{ outcome: 'post', action: 'https://id.harbor.example/consent', fields: { ticket: 's3cret', accept: 'yes' } }";
framed('a form is not sent, and its fields are known', put(`testing.scenes.consent, ${POST}`), async (all) => {
  await all.frame.evaluate(() => backend.allow());
  assert.deepEqual(await all.frame.evaluate(() => backend.navigations), [{ url: 'https://id.harbor.example/consent', fields: { ticket: 's3cret', accept: 'yes' } }]);
  await nothingElse(all);
});

framed('the login page is not opened, by the browser or by the host', `${put('testing.scenes.consent')}
globalThis.handed = 0;
element.onLogin = () => { handed += 1; };`, async (all) => {
  await all.frame.evaluate(() => backend.switchAccount());
  assert.deepEqual(await all.frame.evaluate(() => [backend.state, backend.navigations.length, new URL(backend.navigations[0].url).pathname, handed]), ['login-required', 1, '/login', 0]);
  await nothingElse(all);
});

framed('a reference is not copied', put('testing.scenes.failed'), async (all) => {
  const { frame } = all;
  await frame.evaluate(() => { navigator.clipboard.writeText = () => { throw new Error('copied'); }; });
  await frame.getByRole('button', { name: 'Copy' }).click();
  await frame.getByText('Copied').waitFor();
  await nothingElse(all);
});

/** How much of an element's place has the colour of the mark. */
async function marked(page, frame) {
  const place = await frame.locator('[role=note]').boundingBox();
  const { data } = PNG.sync.read(await page.screenshot({ clip: place }));
  let yellow = 0;
  for (let at = 0; at < data.length; at += 4) if (data[at] > 240 && data[at + 1] > 200 && data[at + 2] < 110) yellow += 1;
  return yellow / (data.length / 4);
}

const HIDING = 'display:none!important;visibility:hidden!important;opacity:0!important;clip-path:inset(50%)!important;position:static!important;overflow:clip!important;scale:0!important;mask:linear-gradient(transparent,transparent)!important;color:transparent!important;background:none!important;font-size:0!important';
const COVERING = 'position:relative!important;z-index:2147483647!important;background:#fff!important;margin-top:-60px!important';
const HOSTILE = `
[role=note],.countersign-card > :last-child{${HIDING}}
::part(heading),::part(parties),::part(account),.countersign-card > :first-child{${COVERING}}
::part(card),.countersign-card{clip-path:inset(40px 0 0)!important;overflow:clip!important;position:static!important}
:root{--countersign-padding:0px;--countersign-surface:#fde047}`;

for (const light of [false, true]) {
  framed(`no style sheet of the page hides the mark by its own styles or by the card's, ${light ? 'in light DOM' : 'in the shadow tree'}, on any screen`, `${put('testing.scenes.consent').replace('document.body.append', `${light ? "element.setAttribute('light-dom', '');" : ''}document.body.append`)}
const sheet = new CSSStyleSheet();
sheet.replaceSync(${JSON.stringify(HOSTILE.replace(/--countersign-surface:[^}]*/, ''))});
document.adoptedStyleSheets = [sheet];`, async ({ page, frame }) => {
    await frame.evaluate(() => backend.until('consent'));
    assert.equal(await frame.locator('[role=note]').textContent(), 'Preview');
    assert.ok(await marked(page, frame) > 0.5);
    await frame.evaluate(() => backend.allow());
    assert.equal(await frame.locator('[role=note]').count(), 1);
    assert.ok(await marked(page, frame) > 0.5);
  });
}

framed('its language, its texts and its tokens are those of the element, and another language begins anew', put('testing.scenes.consent'), async ({ frame, requests }) => {
  await frame.evaluate(() => backend.until('consent'));
  await frame.evaluate(() => Object.assign(element, { locale: 'de', theme: 'dark', tokens: { '--countersign-accent': '#7c3aed' }, messages: { allow: 'Los' } }));
  await frame.getByRole('button', { name: 'Ablehnen' }).waitFor();
  await frame.getByRole('button', { name: 'Los', exact: true }).waitFor();
  await frame.getByText('Vorschau').waitFor();
  const [theme, accent, calls] = await frame.evaluate(() => {
    const { dataset, style } = element.shadowRoot.querySelector('.countersign');
    return [dataset.theme, style.getPropertyValue('--countersign-accent'), backend.calls.length];
  });
  assert.deepEqual([theme, accent, calls], ['dark', '#7c3aed', 2]);
  await frame.evaluate(() => { element.messages = { deny: 'Nein' }; });
  await frame.getByRole('button', { name: 'Nein' }).waitFor();
  assert.ok(requests.includes('/npm/messages/de.json'));
});

framed('two previews on a page are two', `${put('testing.scenes.consent')}
globalThis.other = testing.scripted(testing.scenes.failed);
document.body.append(Object.assign(document.createElement('countersign-identity-provider'), { preview: other }));`, async ({ frame, requests }) => {
  await frame.evaluate(() => Promise.all([backend.until('consent'), other.until('failed')]));
  await frame.evaluate(() => backend.deny());
  assert.deepEqual(await frame.evaluate(() => [backend.state, other.state, backend.calls.length, other.calls.length]), ['redirecting', 'failed', 2, 1]);
  assert.equal(requests.filter((url) => url.endsWith('.wasm')).length, 1);
});

inPage('a preview takes a scripted backend and nothing else', async ({ page }) => {
  const errors = await page.evaluate(async () => {
    const { scripted, scenes } = await import('/npm/testing.js');
    const said = [];
    const own = { start: async () => kit.consent(), submit: async () => kit.consent() };
    for (const settings of [{ preview: own }, { preview: '/countersign' }, { preview: scripted(scenes.consent), apiBase: '/countersign' }, { preview: scripted(scenes.consent), backend: own }]) {
      const element = kit.put({ debug: false, ...settings });
      said.push((await kit.until(() => element.told.find(({ code }) => code))).error);
    }
    return said;
  });
  const wrong = 'preview: must be a scripted backend';
  assert.deepEqual(errors, [wrong, wrong, 'apiBase, preview: only one of these', 'backend, preview: only one of these']);
});

inPage('under the strict policy a preview is drawn too, and the page keeps its address', async ({ page, card }) => {
  await page.evaluate(async () => {
    const { scripted, scenes } = await import('/npm/testing.js');
    globalThis.backend = scripted(scenes.permissions);
    kit.put({ preview: backend });
    await backend.until('consent');
  });
  const before = page.url();
  await card.allow.click();
  await page.evaluate(() => backend.until('redirecting'));
  assert.equal(page.url(), before);
});

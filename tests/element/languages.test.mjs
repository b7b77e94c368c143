// The reader's language: which one it is, that its file is asked for once, and that nothing is ever blank.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { inRoot } from '../../scripts/lib/root.mjs';
import { pages } from './support/bare.mjs';
import { languageOf } from './support/language-of.mjs';

const inPage = pages();
const text = (language, key) => JSON.parse(readFileSync(inRoot('messages', `${language}.json`), 'utf8'))[key];

/** The files of languages that were asked for so far. */
const files = (person) => person.requests('/npm/messages/').map((request) => new URL(request.url()).pathname.replace('/npm/messages/', ''));

/** A consent card in an element with these attributes and properties; answers its language, direction and first button. */
const shown = (page, attributes = {}, properties = {}) => page.evaluate(async ([named, set]) => {
  globalThis.element = kit.put({ backend: kit.scripted(kit.consent()), ...set }, 'countersign-identity-provider', named);
  await kit.state(element, 'consent');
  const widget = kit.widget(element);
  return [widget.lang, widget.dir, widget.querySelector('[part~=allow]').textContent];
}, [attributes, properties]);

inPage('what the request asks for comes first, then the host, then the browser, and never the document', async ({ page, person, open }) => {
  const cases = [
    ['', {}, 'fr'],
    ['', { lang: 'de-AT' }, 'de'],
    ['&ui_locales=tlh%20ja', { lang: 'de' }, 'ja'],
    ['&ui_locales=tlh', { lang: 'sv' }, 'fr'],
    ['&ui_locales=en', { lang: 'de' }, undefined],
    ['&ui_locales=ja&ui_locales=pl', { lang: 'de' }, 'de'],
  ];
  for (const [query, attributes, language] of cases) {
    const before = files(person).length;
    await open(query);
    const [lang, , allow] = await shown(page, attributes);
    assert.deepEqual([lang, allow], [language ?? 'en', text(language ?? 'en', 'allow')], query + attributes.lang);
    assert.deepEqual(files(person).slice(before), language ? [`${language}.json`] : []);
  }
}, { locale: 'fr-CA' });

inPage('script and WebAssembly choose the same language for every wish', async ({ page }) => {
  const wishes = [
    'de-AT', 'pt', 'pt-PT', 'pt-BR', 'zh', 'zh-TW', 'zh-Hant-HK', 'zh-Hans-TW', 'zh_HK', 'ZH-mo', 'zh-SG', 'zh-Latn-tw', 'iw', 'he-IL', 'EN-gb', 'es-419', 'ar-EG-u-nu-latn',
    'de_', 'd', 'p', 'zh-', '-de', 'i', 'it-', 'nl-x-hans', 'tlh', 'english', 'x-de',
  ];
  const spoken = await page.evaluate((all) => Promise.all(all.map(async (lang) => {
    const element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { lang });
    await kit.state(element, 'consent');
    const language = kit.widget(element).lang;
    element.remove();
    return [lang, language];
  })), wishes);
  assert.deepEqual(spoken, wishes.map((wish) => [wish, languageOf(wish) ?? 'en']));
}, { locale: 'sv-SE' });

inPage('a file is asked for once, whoever needs it', async ({ page, person }) => {
  await page.evaluate(async () => {
    const two = ['countersign-identity-provider', 'countersign-b2b-identity-provider'].map((name) => kit.put({ backend: kit.scripted(kit.consent()) }, name));
    await Promise.all(two.map((it) => kit.state(it, 'consent')));
    two[0].flow = 'sideways';
    await kit.until(() => kit.widget(two[0]).textContent.includes('eingerichtet'));
  });
  assert.deepEqual(files(person), ['de.json']);
}, { locale: 'de-DE' });

inPage('in English no file is asked for', async ({ page, person }) => {
  assert.deepEqual(await shown(page), ['en', 'ltr', 'Allow']);
  assert.deepEqual(files(person), []);
});

inPage('a language that does not come is English, and is told', async ({ page, person }) => {
  person.expects(/Failed to load resource/);
  await page.route('**/npm/messages/de.json', (route) => route.abort());
  assert.deepEqual(await shown(page), ['en', 'ltr', 'Allow']);
  const told = await page.evaluate(() => element.told.filter(({ code }) => code).map(({ code, error, cause }) => [code, error, cause.name]));
  assert.deepEqual(told, [['messages_unavailable', 'de', 'TypeError']]);
}, { locale: 'de-DE' });

inPage('a file that is no language’s is English', async ({ page }) => {
  await page.route('**/npm/messages/de.json', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  assert.deepEqual(await shown(page), ['en', 'ltr', 'Allow']);
  await page.evaluate(() => { element.layout = 'wide'; });
  await page.getByRole('heading', { name: text('en', 'shell_title') }).waitFor();
}, { locale: 'de-DE' });

// How long a language is waited for is not what these tests are about: for them it has no end.
const prepare = (page) => page.addInitScript(() => {
  const { setTimeout: wait } = globalThis;
  globalThis.setTimeout = (call, milliseconds, ...rest) => (milliseconds === 4000 ? 0 : wait(call, milliseconds, ...rest));
});

inPage('nothing is said in one language to be said again in another', async ({ page }) => {
  let arrive;
  let begin;
  const [arrived, begun] = [new Promise((resolve) => { arrive = resolve; }), new Promise((resolve) => { begin = resolve; })];
  await page.route('**/npm/messages/ar.json', async (route) => { await arrived; await route.continue(); });
  await page.route('**/npm/widget.wasm', async (route) => { await begun; await route.continue(); });
  const said = () => page.evaluate(() => kit.widget(element).querySelector('[role=status]').textContent);
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { lang: 'ar' });
    await kit.state(element, 'loading');
  });
  assert.equal(await said(), '');
  begin();
  await page.evaluate(() => kit.state(element, 'starting'));
  assert.equal(await said(), '');
  arrive();
  await page.evaluate(() => kit.state(element, 'consent'));
  assert.deepEqual(await page.evaluate(() => [kit.widget(element).lang, kit.widget(element).dir]), ['ar', 'rtl']);
}, { prepare });

inPage('the outline says in the reader’s language what goes on', async ({ page }) => {
  await page.route('**/npm/widget.wasm', () => {});
  await page.evaluate(async () => {
    globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { lang: 'he' });
    await kit.until(() => kit.widget(element)?.querySelector('[role=status]').textContent);
  });
  const said = await page.evaluate(() => [kit.widget(element).lang, kit.widget(element).dir, kit.widget(element).querySelector('[role=status]').textContent]);
  assert.deepEqual(said, ['he', 'rtl', text('he', 'outline_status')]);
});

for (const [language, dir] of [['de', 'ltr'], ['ar', 'rtl']]) {
  inPage(`what stands in the card's place speaks ${language}`, async ({ page, person }) => {
    person.expects(/Failed to load resource/);
    await page.route('**/npm/widget.wasm', (route) => route.abort(), { times: 1 });
    const said = (state) => page.evaluate(async (word) => {
      await kit.state(element, word);
      const heading = await kit.until(() => kit.widget(element).querySelector('h1'));
      const widget = kit.widget(element);
      return [widget.lang, widget.dir, heading.textContent, widget.querySelector('.countersign-text').textContent, widget.querySelector('button')?.textContent];
    }, state);
    const expected = (words, button) => [language, dir, text(language, 'shell_title'), text(language, words), button && text(language, button)];
    await page.evaluate((lang) => { globalThis.element = kit.put({ backend: kit.scripted(kit.consent()) }, 'countersign-identity-provider', { lang }); }, language);
    assert.deepEqual(await said('unavailable'), expected('shell_unavailable', 'shell_try_again'));
    await page.getByRole('button', { name: text(language, 'shell_try_again') }).click();
    await page.evaluate(() => kit.state(element, 'consent'));
    await page.evaluate(() => { element.flow = 'sideways'; });
    assert.deepEqual(await said('misconfigured'), expected('shell_setup'));
    await page.evaluate(async () => {
      element.backend = kit.scripted(kit.consent());
      element.flow = 'auto';
      await kit.state(element, 'consent');
      Document.prototype.createTextNode = () => { throw new Error('patched'); };
      element.messages = { allow: 'Yes' };
    });
    assert.deepEqual(await said('stopped'), expected('shell_stopped', 'shell_reload'));
  });
}

inPage('what went wrong is said in English where its language does not come, behind the outline as long as it is waited for', async ({ page, person }) => {
  person.expects(/Failed to load resource/);
  let fail;
  const failed = new Promise((resolve) => { fail = resolve; });
  await page.route('**/npm/messages/ja.json', async (route) => { await failed; await route.abort(); });
  const before = await page.evaluate(async () => {
    globalThis.element = kit.put({ flow: 'sideways' }, 'countersign-identity-provider', { lang: 'ja' });
    await kit.state(element, 'misconfigured');
    return [element.matches(':state(misconfigured)'), kit.widget(element).querySelectorAll('.countersign-bone').length > 3, element.told.length];
  });
  assert.deepEqual(before, [true, true, 1]);
  fail();
  await page.getByRole('heading', { name: text('en', 'shell_title') }).waitFor();
  assert.deepEqual(await page.evaluate(() => [kit.widget(element).lang, kit.widget(element).dir]), ['en', 'ltr']);
}, { prepare });

inPage('the host\'s own texts stay over every language, without the WebAssembly too', async ({ page }) => {
  assert.equal((await shown(page, {}, { messages: { allow: 'Jawohl', shell_title: 'Huch' } }))[2], 'Jawohl');
  await page.evaluate(() => { element.flow = 'sideways'; });
  await page.getByRole('heading', { name: 'Huch' }).waitFor();
}, { locale: 'de-DE' });

inPage('another language starts anew, in that one', async ({ page }) => {
  assert.equal((await shown(page, { lang: 'de' }))[0], 'de');
  const now = await page.evaluate(async () => {
    element.backend = kit.scripted(kit.consent());
    element.setAttribute('lang', 'nl');
    await kit.until(() => kit.widget(element)?.lang === 'nl' && kit.widget(element).dataset.state === 'consent');
    return kit.widget(element).querySelector('[part~=allow]').textContent;
  });
  assert.equal(now, text('nl', 'allow'));
});

inPage('configureMessages names another place, and a hash that the file has to have', async ({ page, person }) => {
  person.expects(/integrity/);
  const { 'messages/de.json': integrity } = JSON.parse(readFileSync(inRoot('target', 'npm', 'package', 'dist', 'integrity.json'), 'utf8'));
  await page.evaluate((hash) => {
    kit.configureMessages((language) => (language === 'nl' ? '/npm/messages/nl.json' : { url: new URL(`/npm/messages/${language}.json?x`, location.href), integrity: hash }));
  }, integrity);
  assert.equal((await shown(page, { lang: 'de' }))[0], 'de');
  assert.equal((await shown(page, { lang: 'nl' }))[0], 'nl');
  assert.equal((await shown(page, { lang: 'fr' }))[0], 'en');
  assert.deepEqual(files(person).slice(0, 2), ['de.json', 'nl.json']);
});

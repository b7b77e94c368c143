/** The language of a card's texts: which one is served, and that nothing else depends on it. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { textsIn } from '../../examples/authorization-server/fixtures/texts.mjs';
import { languageFor } from '../../server/node/src/language.ts';
import { ADA, Browser, Client, allowing, startServer } from './harness.mjs';

const EVERYTHING = 'openid profile email photos.read photos.write calendar.read contacts.read';
const PHOTOS = 'https://photos.example/api';

/** A browser that is signed in and asks in a language. */
async function speaking(origin, languages) {
  const browser = new Browser(origin);
  await browser.login(ADA);
  const ask = (body) => browser.ok('/countersign/authorize/start', body, { headers: languages === undefined ? {} : { 'accept-language': languages } });
  return { browser, ask };
}

const scopeOf = (shown, name) => shown.scopes.find(({ scope }) => scope === name);

test('a tag chooses the language that the widget chooses for it', () => {
  const chosen = {
    de: 'de', 'de-AT': 'de', 'DE_ch': 'de', pt: 'pt-BR', 'pt-PT': 'pt-BR', iw: 'he', 'zh': 'zh-Hans', 'zh-CN': 'zh-Hans', 'zh-SG': 'zh-Hans',
    'zh-TW': 'zh-Hant', 'zh-HK': 'zh-Hant', 'zh-Hant-TW': 'zh-Hant', 'zh-Hans-HK': 'zh-Hans', 'zh-MO': 'zh-Hant', tlh: 'en', '': 'en', 'x-y': 'en',
  };
  for (const [tag, language] of Object.entries(chosen)) assert.equal(languageFor([tag]).lang, language, tag);
});

test('the texts of a card', async (t) => {
  const { origin } = await startServer(t);
  const client = await Client.known(origin);
  const query = (more) => client.query({ scope: EVERYTHING, prompt: 'consent', ...more });

  await t.test('are in the first language of the browser that there is, else in English', async () => {
    for (const [header, language] of [['de-AT,de;q=0.9,en;q=0.8', 'de'], ['tlh, ja;q=0.5', 'ja'], ['zh-TW', 'zh-Hant'], ['tlh', 'en'], ['*', 'en'], [undefined, 'en']]) {
      const { ask } = await speaking(origin, header);
      const shown = await ask({ realm: 'consumer', query: await query() });
      const { title, description, details, group } = scopeOf(shown, 'photos.write');
      const { scopes, groups } = textsIn(language);
      assert.deepEqual({ title, description, details }, scopes['photos.write'], header);
      assert.equal(group, groups.photos, header);
    }
  });

  await t.test('follow ui_locales before the browser, also when the page is loaded again', async () => {
    const { ask } = await speaking(origin, 'de');
    const first = await ask({ realm: 'consumer', query: await query({ ui_locales: 'tlh fr' }) });
    const again = await ask({ realm: 'consumer', transaction: first.transaction });
    for (const shown of [first, again]) assert.equal(scopeOf(shown, 'calendar.read').title, 'Voir votre agenda');
  });

  await t.test('name the API and the reason of a refusal in the same language', async () => {
    const { ask } = await speaking(origin, 'nl');
    const member = await Client.known(origin, 'third-party-public', { realm: 'b2b' });
    const at = `${await member.query({ scope: 'openid photos.read members.read', prompt: 'consent' })}&${new URLSearchParams({ resource: PHOTOS })}`;
    const first = await ask({ realm: 'b2b', query: at });
    const shown = await ask({ realm: 'b2b', transaction: first.transaction, organization_id: 'globex' });
    assert.deepEqual(shown.resources, [{ resource: PHOTOS, name: 'Foto’s' }]);
    const { title, reason } = scopeOf(shown, 'members.read');
    assert.deepEqual([title, reason], ['Zien wie er bij je organisatie hoort', 'Globex deelt de ledenlijst niet.']);
  });

  await t.test('change nothing but what is read, in any language', async () => {
    const { browser, ask } = await speaking(origin, 'en');
    const first = await ask({ realm: 'consumer', query: await query() });
    const bare = ({ scopes, resources, ...rest }) => ({
      ...rest,
      scopes: scopes.map(({ title, description, details, group, reason, ...facts }) => facts),
      resources: resources.map(({ resource }) => resource),
    });
    for (const language of ['de', 'ar', 'zh-Hant', 'tlh']) {
      const shown = await browser.ok('/countersign/authorize/start', { realm: 'consumer', transaction: first.transaction }, { headers: { 'accept-language': language } });
      assert.deepEqual(bare(shown), bare(first), language);
    }
  });

  await t.test('do not make a decision on another language’s card an old one', async () => {
    const { browser, ask } = await speaking(origin, 'ja');
    const shown = await ask({ realm: 'consumer', query: await query() });
    const { status, answer } = await browser.allow(shown);
    assert.deepEqual([status, answer.outcome], [200, 'redirect']);
    const other = await ask({ realm: 'consumer', query: await query() });
    const { answer: current } = await browser.call('/countersign/authorize/submit', { ...allowing(other), version: 'stale' }, {
      headers: { 'idempotency-key': crypto.randomUUID(), 'accept-language': 'ko' },
    });
    assert.equal(scopeOf(current, 'photos.read').title, '내 사진 보기', 'the card again, in the language of the call');
    assert.equal(current.version, other.version);
  });
});

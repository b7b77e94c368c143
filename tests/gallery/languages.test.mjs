// Every screen in every language: nothing is left in English or unfilled, and both answers fit their buttons.
import assert from 'node:assert/strict';
import { LOOKS, wear } from './support/axe.mjs';
import { gallery, languages, none, read, scenes, texts } from './support/gallery.mjs';
import { misfits } from './support/measure.mjs';

const { visit } = gallery({ whole: true });
const RIGHT_TO_LEFT = ['ar', 'he'];
const english = texts('en');

/** What is said on the card and to those who only hear it, one text a line; and elements that should say something and do not. In the page. */
function said() {
  const widget = document.querySelector('.countersign');
  for (const raw of widget.querySelectorAll('details > .countersign-code')) raw.remove(); // JSON, which has braces of its own
  const names = [...widget.querySelectorAll('*')].flatMap((it) => ['aria-label', 'placeholder', 'title', 'alt'].map((name) => it.getAttribute(name)).filter(Boolean));
  const empty = [...widget.querySelectorAll('h1, h2, h3, p, li, a, button, label, summary, bdi')]
    .filter((it) => !it.textContent.trim() && it.getClientRects().length && !it.matches('[role=status], [role=alert], .countersign-bone'));
  return { texts: [...widget.textContent.split('\n'), widget.textContent, ...names], empty: empty.map((it) => it.outerHTML.slice(0, 120)) };
}

/** The words of a text between its values. */
const words = (text, least) => text.split(/\{[^}]*\}/).map((part) => part.trim()).filter((part) => part.length >= least);

/** Sentences of ours that this language does not have: none of them may be seen in it. */
function foreign(language) {
  const own = Object.values(texts(language)).join('\n');
  return Object.values(english).flatMap((text) => words(text, 13)).filter((part) => !own.includes(part));
}

for (const lang of languages) {
  visit(`${lang}: every screen is in it, filled in, and fits a narrow window`, { viewport: { width: 320, height: 640 } }, async (visitor) => {
    const found = [];
    const others = lang === 'en' ? [] : foreign(lang);
    const told = Object.values(texts(lang)).flatMap((text) => words(text, 4));
    let own = 0;
    for (const { name: scene } of scenes) {
      const widget = await visitor.open({ scene, lang });
      assert.deepEqual([await widget.getAttribute('lang'), await widget.getAttribute('dir')], [lang, RIGHT_TO_LEFT.includes(lang) ? 'rtl' : 'ltr']);
      const { texts: all, empty } = await visitor.page.evaluate(said);
      const shown = all.join('\n');
      found.push(...empty.map((html) => `${scene}: says nothing: ${html}`));
      found.push(...[...shown.matchAll(/.{0,20}[{}#|].{0,20}/g)].map(([part]) => `${scene}: not filled in: ${part}`));
      found.push(...others.filter((part) => shown.includes(part)).map((part) => `${scene}: in English: ${part}`));
      found.push(...(await visitor.page.evaluate(misfits)).map((line) => `${scene}: ${line}`));
      own += told.filter((part) => shown.includes(part)).length;
    }
    none(found);
    assert.ok(own > scenes.length, `${own} texts of its own`);
  });
}

/** In how many lines a button's words stand, and whether all of them are in it. In the page. */
function lines(button) {
  const range = document.createRange();
  range.selectNodeContents(button);
  const rects = [...range.getClientRects()];
  const box = button.getBoundingClientRect();
  const cut = rects.some((it) => it.left < box.left || it.right > box.right || it.top < box.top - 1 || it.bottom > box.bottom + 1);
  return { count: new Set(rects.map((it) => Math.round(it.top))).size, cut: cut || button.scrollWidth > button.clientWidth };
}

visit('both answers are whole, in two lines at most, in every language and theme', { viewport: { width: 360, height: 740 } }, async (visitor) => {
  const found = [];
  for (const lang of languages) {
    for (const scene of ['consent', 'approval', 'approval-requested', 'blocked', 'login-stuck', 'confirm-logout']) {
      await visitor.open({ scene, lang });
      for (const { palette, theme } of LOOKS.filter((look) => look.theme === 'light')) {
        await wear(visitor.page, { palette, theme });
        for (const button of await visitor.page.locator('[part~=button]').all()) {
          const { count, cut } = await button.evaluate(lines);
          if (count > 2 || cut) found.push(`${lang} ${palette} ${scene}: “${await button.innerText()}” in ${count} lines${cut ? ', cut' : ''}`);
        }
      }
    }
  }
  none(found);
});

/** The lines of each text with a name in it that end or begin where none may: after what opens, before what closes. In the page. */
function badLines() {
  const lines = (text) => {
    const found = [];
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let middle = -Infinity;
    while (walker.nextNode()) {
      for (let index = 0; index < walker.currentNode.length; index += 1) {
        const range = document.createRange();
        range.setStart(walker.currentNode, index);
        range.setEnd(walker.currentNode, index + 1);
        const { top, bottom, width } = range.getBoundingClientRect();
        if (width && Math.abs((top + bottom) / 2 - middle) > 8) {
          found.push('');
          middle = (top + bottom) / 2;
        }
        if (width) found[found.length - 1] += range.toString();
      }
    }
    return found;
  };
  const texts = [...document.querySelectorAll('.countersign :is(h1, h2, p):has(bdi)')].map(lines);
  return texts.filter((all) => all.slice(1).some((line) => /^[」”’）、。，：；,.;:!?»،]/.test(line)) || all.slice(0, -1).some((line) => /[「“‘（]$/.test(line)))
    .map((all) => all.join(' | '));
}

visit('no line begins with the comma or the full stop behind a name', { viewport: { width: 390, height: 900 } }, async (visitor) => {
  const found = [];
  for (const lang of languages) {
    for (const wish of [{ client: 'self-declared' }, { client: 'elsewhere' }, { client: 'long' }, { scene: 'approval' }, { scene: 'redirecting' }]) {
      await visitor.open({ ...wish, lang });
      found.push(...(await visitor.page.evaluate(badLines)).map((line) => `${lang}: ${line}`));
    }
  }
  none(found);
});

for (const width of [320, 390]) {
  visit(`no line ends inside the brackets around a name, in a window of ${width} pixels`, { viewport: { width, height: 900 } }, async (visitor) => {
    const found = [];
    for (const lang of ['ja', 'ko', 'zh-Hans', 'zh-Hant']) {
      const wishes = [{ scene: 'consent' }, { scene: 'organization' }, { scene: 'redirecting' }, { client: 'self-declared' }, { client: 'loopback' }, { client: 'long' }];
      for (const wish of wishes) {
        await visitor.open({ ...wish, lang });
        found.push(...(await visitor.page.evaluate(badLines)).map((line) => `${lang}: ${line}`));
      }
    }
    none(found);
  });
}

visit('what a client is called in a language is what it is called there', {}, async (visitor) => {
  for (const [lang, name] of [['de', 'Fotodrucker'], ['ar', 'طابعة الصور'], ['ja', 'フォトプリンター'], ['fr', 'Photo Printer']]) {
    await visitor.open({ lang });
    assert.ok((await visitor.page.getByRole('heading', { level: 1 }).innerText()).includes(name), lang);
  }
});

visit('the permissions of a scene are in the card’s language, with their headings and reasons', {}, async (visitor) => {
  const { page } = visitor;
  const says = (text) => page.locator('.countersign').getByText(text, { exact: true }).first().waitFor({ state: 'attached' });
  for (const lang of languages) {
    const [server, own] = ['examples/authorization-server/fixtures/texts', 'examples/demo/texts'].map((folder) => read(`${folder}/${lang}.json`));
    await visitor.open({ scene: 'scopes-eight', lang });
    for (const text of [server.groups.photos, server.scopes['photos.write'].title, server.scopes['photos.write'].description]) await says(text);
    await visitor.open({ scene: 'refused', lang });
    for (const text of [own.scopes['members.write'].title, own.reasons.owners]) await says(text);
  }
});

visit('a language whose file does not come is English', {}, async (visitor) => {
  visitor.expects(/Failed to load resource/);
  await visitor.page.route('**/messages-*-de.json', (route) => route.abort());
  const widget = await visitor.open({ lang: 'de' });
  assert.deepEqual([await widget.getAttribute('lang'), await widget.getAttribute('dir')], ['en', 'ltr']);
  await visitor.button('Allow').waitFor();
});

visit('a language that nobody has translated is English', {}, async (visitor) => {
  const widget = await visitor.open({ lang: 'tlh' });
  assert.equal(await widget.getAttribute('lang'), 'en');
  await visitor.button('Allow').waitFor();
});

// How the languages write: the signs of each, short buttons, one sentence for one thing. What they say is for those who read them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const json = (name) => JSON.parse(readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8'));
const languages = readdirSync(fileURLToPath(new URL('../../messages/', import.meta.url))).map((name) => name.replace(/\.json$/, ''));
const messages = Object.fromEntries(languages.map((tag) => [tag, json(`messages/${tag}.json`)]));
const wayOut = json('server/node/src/way-out-texts.json');
const ofForm = json('server/node/src/form/own-texts.json');

const flat = (value) => (typeof value === 'string' ? [value] : Object.values(value).flatMap(flat));

/** Every text in a language: the widget's, the demo's and the gallery's. */
const all = (tag) => [messages[tag], wayOut[tag], ofForm[tag], json(`examples/authorization-server/fixtures/texts/${tag}.json`), json(`examples/demo/texts/${tag}.json`)].flatMap(flat);

const KANJI = '\u3040-\u30ff\u4e00-\u9fff';

/** What no text of a language has. */
const WRONG = {
  // A colon has a wide space before it, the other signs a narrow one.
  fr: [/[^\u00a0]:/, /[^\u202f?!][?!;»]/, /«[^\u202f]/, /[“”„]/],
  de: [/[”«»]/, /[^\u00a0]…/],
  es: [/^[^¿]*\?/, /^[^¡]*!/, /[“”„]/],
  pl: [/[“«»]/],
  'zh-Hans': [/[「」]/, new RegExp(`[${KANJI}”][,;:?!()]`)],
  'zh-Hant': [/[“”]/, new RegExp(`[${KANJI}」][,;:?!()]`)],
  ja: [/[“”]/, new RegExp(`[${KANJI}」][,;:?!()]`)],
  ar: [/[,;?“”]/],
  he: [/[“”]/],
};

test('signs and quotation marks are those of the language', () => {
  for (const tag of languages) {
    for (const text of all(tag)) {
      for (const wrong of [/["']/, /\.\.\./, / {2}/, ...(WRONG[tag] ?? [])]) {
        // The table of words for details has signs of its own, which nobody reads.
        if (!text.includes('openid_credential=')) assert.doesNotMatch(text.replace(/\{[^}]*\}/g, 'x'), wrong, tag);
      }
    }
  }
});

test('the words of a button are short, and Deny is about as long as Allow', () => {
  const buttons = ['allow', 'deny', 'cancel', 'request_approval', 'try_again', 'continue_to_login', 'returned_button', 'sign_out', 'stay'];
  for (const [tag, texts] of Object.entries(messages)) {
    for (const key of buttons) assert.ok(texts[key].length <= 23, `${tag}: ${texts[key]}`);
    assert.ok(Math.abs(texts.allow.length - texts.deny.length) <= 4, `${tag}: ${texts.allow}, ${texts.deny}`);
  }
});

test('the page before a way out says in the widget’s words what the widget says too', () => {
  for (const [tag, own] of Object.entries(wayOut)) {
    const { signed_out_heading, close_page, invalid_heading, invalid_text, consent_destination } = messages[tag];
    const { unverified, continue: _, ...rest } = own;
    assert.deepEqual({ ...rest, verified: rest.verified.replace(/[.。]$/, '') }, {
      signed_out_heading, signed_out_text: close_page, error_heading: invalid_heading, error_text: invalid_text, verified: consent_destination,
    }, tag);
  }
});

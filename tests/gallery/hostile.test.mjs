// Clients that try everything with what they may say of themselves (tests/vectors/hostile.json), on the real page.
import assert from 'node:assert/strict';
import { gallery, hostile, none, texts } from './support/gallery.mjs';
import { misfits } from './support/measure.mjs';

const { visit } = gallery();
const SOUND_HEIGHT = 3000;
const STATES = { wire_error: 'failed', unsafe_address: 'unsafe-address' };
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** What a browser shows: where its URL parser sees another address than ours does, `browser` says so. */
function wanted({ expected, browser = {} }) {
  const { outcome, ...rest } = { ...expected, ...browser };
  return browser.name ? rest : { outcome, ...rest };
}

/** Whether a text is one of ours, whatever its values are. */
function isFilled(template, text) {
  const parts = template.split(/\{[^}]*\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^]+')}$`).test(text);
}

/** What the card is made of. In the page. */
function anatomy() {
  const widget = document.querySelector('.countersign');
  const all = [...widget.querySelectorAll('*')];
  const title = widget.querySelector('h1');
  const text = (selector) => widget.querySelector(selector)?.textContent ?? '';
  const name = title?.querySelector('bdi');
  const words = title?.lastChild;
  let behind = true;
  if (name && words !== name) {
    const range = document.createRange();
    range.selectNodeContents(words);
    const [first] = [...range.getClientRects()].filter(({ width }) => width);
    const last = [...name.getClientRects()].at(-1);
    behind = (first.top + first.bottom) / 2 > last.bottom || (first.left >= last.right - 1 && first.bottom > last.top);
  }
  return {
    heading: title?.textContent,
    name: name?.textContent,
    behind,
    next: text('.countersign-destination'),
    host: text('.countersign-destination .countersign-address'),
    caution: text('[part=caution]'),
    links: [...widget.querySelectorAll('a')].map(({ protocol, rel, target }) => ({ protocol, rel, target })),
    pictures: [...widget.querySelectorAll('img')].map(({ src }) => src),
    logo: widget.querySelector('.countersign-parties > :first-child img, .countersign-parties > img:first-child')?.getAttribute('src') ?? null,
    height: widget.getBoundingClientRect().height,
    elements: [...new Set(all.map(({ localName }) => localName))],
    handlers: all.flatMap((it) => it.getAttributeNames()).filter((it) => it.startsWith('on') || it === 'style'),
    text: widget.textContent,
  };
}

const ELEMENTS = ['div', 'p', 'h1', 'h2', 'bdi', 'strong', 'wbr', 'span', 'ul', 'li', 'input', 'label', 'button', 'a', 'img', 'details', 'summary'];

/** An emoji of several parts, with its joiners. */
const EMOJI = /\p{ExtPict}(?:\u200d\p{ExtPict})+/gu;

/** What is wrong with a card, whosever it is. */
function trespasses(card, origin) {
  return [
    card.height > SOUND_HEIGHT && `${card.height} px high`,
    card.handlers.length > 0 && `attributes: ${card.handlers}`,
    card.elements.some((it) => !ELEMENTS.includes(it)) && `elements: ${card.elements}`,
    /[\p{Cc}\p{Cf}\u2028\u2029\u{E0000}-\u{E0FFF}]/u.test(card.text.replace(EMOJI, '')) && 'a character that is not seen',
    card.pictures.some((it) => new URL(it).origin !== origin) && `pictures: ${card.pictures}`,
    card.links.some((it) => it.protocol !== 'https:' || it.target !== '_blank' || !it.rel.includes('noopener')) && `links: ${JSON.stringify(card.links)}`,
  ].filter(Boolean);
}

/** What is wrong with a card that asks. */
function wrongs(card, { name, caution, host, links, logo }, client, told) {
  const [before, after] = told.consent_heading.replace('{site}', 'Harbor').split('{client}');
  const cautions = told[`caution_${caution}`];
  return [
    name !== undefined && card.name !== name && `the name is “${card.name}”`,
    card.heading !== `${before}${card.name}${after}` && `the heading is “${card.heading}”`,
    after && !before && !card.behind && 'our words are not behind the name',
    host !== undefined && card.host !== host && `the host is “${card.host}”`,
    !card.next.includes(card.host) || !card.host ? `where it leads: “${card.next}”` : false,
    !isFilled(cautions, card.caution) && `the caution is “${card.caution}”`,
    links !== undefined && card.links.length !== links && `${card.links.length} links`,
    logo !== undefined && card.logo !== (logo ? client.logo_uri : null) && `the logo is ${card.logo}`,
  ].filter(Boolean);
}

/** Opens each case and collects what is wrong. */
async function check(visitor, cases, lang) {
  const { page, context, origin } = visitor;
  const told = texts(lang);
  const found = [];
  const left = [];
  page.on('framenavigated', (frame) => left.push(frame.url()));
  context.on('page', (other) => found.push(`another page opened: ${other.url()}`));
  // Its own pictures come, whatever they are called; of what else is asked for, the frame of the tests complains.
  await page.route((url) => url.origin === origin, (route) => (
    route.request().resourceType() === 'image' ? route.fulfill({ contentType: 'image/png', body: PICTURE }) : route.continue()));
  for (const [place, entry] of cases) {
    left.length = 0;
    const { outcome, ...rest } = wanted(entry);
    const widget = await visitor.open({ hostile: place, lang });
    const card = await page.evaluate(anatomy);
    const state = await widget.getAttribute('data-state');
    const answers = [await visitor.button(told.deny).count(), await visitor.button(told.allow).count()];
    const wrong = [
      ...trespasses(card, origin),
      ...await page.evaluate(misfits),
      state !== (STATES[outcome] ?? 'consent') && `the state is ${state}`,
      String(answers) !== (outcome ? '0,0' : '1,1') && `Deny and Allow: ${answers}`,
      left.length !== 1 && `navigations: ${left}`,
      ...(outcome || state !== 'consent' ? [] : wrongs(card, rest, entry.client, told)),
    ].filter(Boolean);
    found.push(...wrong.map((line) => `${place} ${entry.note}: ${line}`));
  }
  none(found);
}

const groupOf = ({ note }) => (note.includes(':') ? note.split(':')[0] : 'other');
for (const group of new Set(hostile.map(groupOf))) {
  const cases = [...hostile.entries()].filter(([, entry]) => groupOf(entry) === group);
  visit(`hostile clients, ${group}: the card stays ours, and says what they are`, {}, (visitor) => check(visitor, cases, 'en'));
}

visit('hostile names: the card stays ours from right to left too', {}, async (visitor) => {
  const cases = [...hostile.entries()].filter(([, { note }]) => /^name: .*(revers|left|isolat|direct|tower|characters|long|closing|embedded)|^host: .*(chain|app|version)/.test(note));
  assert.ok(cases.length > 30, String(cases.length));
  await check(visitor, cases, 'ar');
});

// The card that a server renders, parsed in Chromium, is the card that the widget draws of the same answer: node for node.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inputOf } from './support/answers.mjs';
import { clients, gallery, hostile, none, scenes } from './support/gallery.mjs';
import { render, RenderError } from './support/render.mjs';

const { visit } = gallery();
const PICTURE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64');

/** The scenes that no answer alone makes, and why. */
const WITHOUT = {
  words: 'the host words the card in the browser',
  starting: 'no answer yet',
  attesting: 'a token is exchanged in the browser',
  'login-other': 'after a press of another button than a decision',
  submitting: 'no answer yet',
  'signing-out': 'no answer yet',
  'redirecting-late': 'time has passed in the browser',
  returned: 'an app was opened from the browser',
  'returned-denied': 'an app was opened from the browser',
  'returned-error': 'an app was opened from the browser',
  'failed-offline': 'no answer',
  'failed-slow': 'no answer',
  'failed-token': 'a token is exchanged in the browser',
  invalid: 'refused before anybody is asked',
  framed: 'refused before anybody is asked',
};

/**
 * A card as data. In the page. What the widget measures and what passes with time is left out: what has been in view, how many rows are
 * below the window, and the moment before Allow counts, which is over in the gallery.
 */
function treeOf(root) {
  const MEASURED = ['data-unseen', 'data-below', 'data-fixed', 'data-over', 'checked'];
  const copy = root.cloneNode(true);
  // A framework marks its places by comments.
  for (const comment of [...copy.querySelectorAll('*'), copy].flatMap((node) => [...node.childNodes]).filter(({ nodeType }) => nodeType === Node.COMMENT_NODE)) comment.remove();
  copy.normalize();
  const of = (node) => {
    if (node.nodeType === 3) return node.data;
    const waits = node.hasAttribute('data-unready') ? ['data-unready', 'aria-disabled'] : [];
    const names = node.getAttributeNames().filter((name) => ![...MEASURED, ...waits].includes(name)).sort();
    return {
      tag: node.localName,
      attributes: names.map((name) => `${name}=${node.getAttribute(name)}`),
      ...(node.localName === 'input' && { checked: node.checked }),
      children: node.closest('.countersign-below') && node.localName === 'bdi' ? [] : [...node.childNodes].map(of),
    };
  };
  return of(copy);
}

/** Where two trees differ first. */
function difference(ours, theirs, at = ours.tag) {
  if (typeof ours !== 'object' || typeof theirs !== 'object' || ours.tag !== theirs.tag) {
    return ours === theirs ? undefined : `${at}: ${JSON.stringify(ours)?.slice(0, 200)} and not ${JSON.stringify(theirs)?.slice(0, 200)}`;
  }
  for (const name of ['attributes', 'checked']) {
    const [one, other] = [ours[name], theirs[name]].map((value) => JSON.stringify(value));
    if (one !== other) return `${at}: ${one} and not ${other}`;
  }
  const places = Math.max(ours.children.length, theirs.children.length);
  for (let place = 0; place < places; place += 1) {
    const [one, other] = [ours.children[place], theirs.children[place]];
    if (one === undefined || other === undefined) return `${at}: ${ours.children.length} children and not ${theirs.children.length}`;
    const found = difference(one, other, `${at} > ${one.tag ?? place}`);
    if (found) return found;
  }
  return undefined;
}

/** Finds what is different between the server's cards and the widget's. A job is `{ name, input, wishes }`. */
async function compare(visitor, jobs) {
  const drawn = [];
  for (const { wishes } of jobs) drawn.push(await (await visitor.open(wishes)).evaluate(treeOf));
  // A page that asks nobody for anything, and has no policy against HTML as text.
  await visitor.page.goto('about:blank');
  const found = [];
  for (const [place, { name, input }] of jobs.entries()) {
    await visitor.page.setContent(`<!doctype html><html lang="en"><meta charset="utf-8"><title>A card</title><body>${render(input).html}</body></html>`);
    const other = difference(await visitor.page.locator('.countersign').evaluate(treeOf), drawn[place]);
    if (other) found.push(`${name}: ${other}`);
  }
  none(found);
}

test('every scene is an answer that a server can render, or says why it is none', () => {
  const without = scenes.filter((scene) => !inputOf(scene)).map(({ name }) => name);
  assert.deepEqual(without.sort(), Object.keys(WITHOUT).sort());
});

for (const lang of ['en', 'de', 'ar']) {
  visit(`the server's card is the widget's, node for node, in every scene, in ${lang}`, {}, async (visitor) => {
    const all = scenes.map((scene) => ({ name: scene.name, input: inputOf(scene, { language: lang }), wishes: { scene: scene.name, lang } }));
    await compare(visitor, all.filter(({ input }) => input));
  });
}

visit('the server\'s card is the widget\'s for every kind of client', {}, async (visitor) => {
  const [scene] = scenes;
  await compare(visitor, clients.map(({ name: client }) => ({ name: client, input: inputOf(scene, { client }), wishes: { scene: scene.name, client } })));
});

visit('the server\'s card is the widget\'s for every hostile client', {}, async (visitor) => {
  // Their pictures come, whatever they are called: those that do not are taken away.
  await visitor.page.route((url) => url.origin === visitor.origin, (route) => (
    route.request().resourceType() === 'image' ? route.fulfill({ contentType: 'image/png', body: PICTURE }) : route.continue()));
  const jobs = [];
  for (const [place, { note, expected, browser }] of hostile.entries()) {
    const input = inputOf(scenes[0], { hostile: place });
    if (expected.outcome === 'wire_error') {
      assert.throws(() => render(input), RenderError, note);
    } else if (!browser) {
      // Where `browser` is set, Chromium's parser of addresses differs from those of servers.
      jobs.push({ name: `${place} ${note}`, input, wishes: { hostile: place, lang: 'en' } });
    }
  }
  await compare(visitor, jobs);
});

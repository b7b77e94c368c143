// What those hear who do not see the card: the accessibility tree. The trees of the main screens are in trees/, as Playwright writes
// them down; after a change that is meant, UPDATE_TREES=1 writes them anew, to be read before they are committed.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { gallery, none, scenes, texts } from './support/gallery.mjs';

const { visit } = gallery();

const TREES = [
  { scene: 'permissions' },
  { scene: 'permissions', lang: 'ar' },
  { scene: 'new' },
  { scene: 'all-or-nothing' },
  { scene: 'refused' },
  { scene: 'nothing' },
  { scene: 'empty' },
  { scene: 'details' },
  { scene: 'words' },
  { scene: 'trouble', client: 'self-declared' },
  { scene: 'organization' },
  { scene: 'organization-choice' },
  { scene: 'organization-choice', lang: 'ar' },
  { scene: 'approval' },
  { scene: 'starting' },
  { scene: 'submitting' },
  { scene: 'login-stuck' },
  { scene: 'failed-busy' },
  { scene: 'confirm-logout' },
];

for (const { scene, client = '', lang = 'en' } of TREES) {
  visit(`the tree of "${scene}" in ${lang} is the one that was read and found good`, {}, async (visitor) => {
    const widget = await visitor.open({ scene, client, lang });
    const tree = `${await widget.ariaSnapshot()}\n`;
    const file = new URL(`trees/${scene}-${lang}.yml`, import.meta.url);
    if (process.env.UPDATE_TREES) writeFileSync(file, tree);
    assert.equal(tree, readFileSync(file, 'utf8'));
  });
}

/** The nodes of the browser's own tree in the order in which they are read. */
async function nodes(page) {
  const session = await page.context().newCDPSession(page);
  const { nodes: all } = await session.send('Accessibility.getFullAXTree');
  const byId = new Map(all.map((node) => [node.nodeId, node]));
  const walk = (node) => [node, ...(node.childIds ?? []).flatMap((id) => (byId.has(id) ? walk(byId.get(id)) : []))];
  return walk(all[0]).filter(({ ignored }) => !ignored).map(({ role, name, description, properties = [] }) => ({
    role: role.value,
    name: name?.value ?? '',
    description: description?.value ?? '',
    ...Object.fromEntries(properties.map(({ name: key, value }) => [key, value.value])),
  }));
}

visit('a permission is described by what it says of itself', {}, async (visitor) => {
  await visitor.open({ scene: 'permissions' });
  const boxes = (await nodes(visitor.page)).filter(({ role }) => role === 'checkbox');
  assert.deepEqual(Object.fromEntries(boxes.map(({ name, description }) => [name, description])), {
    'See your photos': 'All your photos and albums. Included with: Add and delete photos',
    'Add and delete photos': 'Sensitive New photos can be added, and existing ones deleted for good.',
    'See your orders': 'Included with: Order prints for you',
    'Order prints for you': 'Sensitive Up to your account’s limit.',
    'Keep this access while you aren’t using the app': '',
    'If I allow this, don’t ask me again': '',
  });
  const fold = (await nodes(visitor.page)).find(({ name }) => name === 'What this includes');
  assert.equal(fold.expanded, false);
});

visit('the same permission at two targets is told apart', {}, async (visitor) => {
  await visitor.open({ scene: 'details' });
  const box = (await nodes(visitor.page)).find(({ role }) => role === 'checkbox');
  assert.equal(box.name, 'See your bank accounts');
  assert.match(box.description, /Applies to .*bank/i);
});

visit('what is going on is said at leisure, what failed at once', {}, async (visitor) => {
  const live = async (wanted) => (await nodes(visitor.page)).filter(({ role }) => role === wanted).map(({ live: how, atomic }) => `${how} ${atomic}`);
  for (const { name: scene } of scenes) {
    await visitor.open({ scene });
    const statuses = await live('status');
    assert.ok(statuses.length > 0 && statuses.every((how) => how === 'polite true'), `${scene}: ${statuses}`);
    // An empty alert is not shown: it is said as soon as it appears, where an answer did not count.
    assert.deepEqual(await live('alert'), ['trouble', 'changed'].includes(scene) ? ['assertive true'] : [], scene);
  }
});

visit('why Allow does nothing is said in a place that was there before', {}, async (visitor) => {
  const widget = await visitor.open({ scene: 'empty' });
  const box = visitor.page.getByRole('checkbox');
  await box.press('Space');
  const place = await widget.getByRole('status').last().elementHandle();
  assert.deepEqual(await place.evaluate((it) => [it.textContent, it.getBoundingClientRect().height]), ['', 0]);
  await box.press('Space');
  assert.match(await place.textContent(), /^Select at least one permission/);
});

visit('the place where things are said outlives the screen', {}, async (visitor) => {
  const widget = await visitor.open();
  const status = await widget.getByRole('status').first().elementHandle();
  await visitor.button('Use another account').click();
  await visitor.page.locator('[data-state=login-required]').waitFor();
  assert.ok(await status.evaluate((element) => element.isConnected && element === document.querySelector('[role=status]')));
});

visit('the list of organizations says whether it is open, which one is chosen and which cannot be', {}, async (visitor) => {
  await visitor.open({ scene: 'organizations' });
  const opener = async () => (await nodes(visitor.page)).find(({ name }) => name === 'Change organization');
  assert.equal((await opener()).expanded, false);
  await visitor.button('Change organization').press('Enter');
  assert.equal((await opener()).expanded, true);
  const snapshot = await visitor.page.locator('.countersign-picker').ariaSnapshot();
  assert.equal(snapshot, [
    '- radiogroup "Organization":',
    '  - radio "Acme Corporation" [checked]',
    '  - radio "Globex"',
    '  - radio "Umbrella Limited Needs an administrator’s approval"',
    '  - radio "Initech Doesn’t allow this app" [disabled]',
  ].join('\n'));
});

/** The texts of the card in the order of the document, and which stand above one that comes before. In the page. */
function order() {
  const card = document.querySelector('.countersign-card');
  const words = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  const all = [];
  while (words.nextNode()) {
    const { data, parentElement } = words.currentNode;
    if (!data.trim() || parentElement.closest('[aria-hidden], .countersign-status') || !parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    all.push({ words: data, box: range.getBoundingClientRect(), column: parentElement.closest('.countersign-card > *').getBoundingClientRect() });
  }
  // What is beside is read one column after the other: each text is compared with the one before it in its own column.
  const before = ({ column }, place) => all.slice(0, place).findLast((other) => other.column.left < column.right && column.left < other.column.right);
  const above = all.filter((it, place) => it.box.bottom <= (before(it, place)?.box.top ?? -Infinity) + 1);
  return { texts: all.map((it) => it.words.trim()), above: above.map((it) => it.words) };
}

// High windows: there is nothing that the answers stay in front of.
for (const [lang, width] of [['en', 1280], ['ar', 1280], ['en', 390], ['ar', 390]]) {
  visit(`the card is read in the order in which it is seen, in ${lang}, ${width} pixels wide`, { viewport: { width, height: 3000 } }, async (visitor) => {
    const found = [];
    for (const { name: scene } of scenes) {
      await visitor.open({ scene, lang });
      const { texts: seen, above } = await visitor.page.evaluate(order);
      found.push(...above.map((words) => `${scene}: “${words}” is above what is read before it`));
      const heard = (await nodes(visitor.page)).filter(({ role }) => ['StaticText', 'checkbox'].includes(role)).map(({ name }) => name.trim());
      let place = -1;
      for (const words of seen) {
        const next = heard.indexOf(words, place + 1);
        if (next < 0) found.push(`${scene}: “${words}” is not read in its place`);
        else place = next;
      }
    }
    none(found);
  });
}

visit('both answers are named by their words alone, in every language the same way', {}, async (visitor) => {
  for (const lang of ['en', 'ar', 'ja']) {
    const { allow, deny } = texts(lang);
    await visitor.open({ scene: 'permissions', lang });
    const buttons = (await nodes(visitor.page)).filter(({ role }) => role === 'button').map(({ name, description }) => [name, description]);
    assert.deepEqual(buttons.slice(-2), [[deny, ''], [allow, '']]);
  }
});

visit('a drawing is not read out', {}, async (visitor) => {
  const found = [];
  for (const { name: scene } of scenes) {
    await visitor.open({ scene, client: 'self-declared' });
    const all = await nodes(visitor.page);
    const drawn = all.filter(({ role, name }) => role === 'image' || /^[!✓]$/.test(name.trim()));
    found.push(...drawn.map(({ role, name }) => `${scene}: ${role} “${name}”`));
  }
  none(found);
});

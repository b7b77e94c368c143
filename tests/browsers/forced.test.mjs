// Every screen in Firefox with the user's own colours (forced colours), where no background of ours is left.
import assert from 'node:assert/strict';
import { none, scenes } from '../gallery/support/gallery.mjs';
import { edgeless } from '../gallery/support/measure.mjs';
import { startFirefox } from './support/firefox.mjs';
import { journeys } from './support/journeys.mjs';
import { show } from './support/scenes.mjs';

const journey = journeys(() => startFirefox({ 'browser.display.document_color_use': 2 }));

journey('with the user’s own colours everything to press has an edge', async (visitor) => {
  const found = [];
  for (const scene of scenes) {
    await show(visitor, scene, 'en');
    assert.equal(await visitor.tab.run(() => matchMedia('(forced-colors: active)').matches), true);
    found.push(...(await visitor.tab.run(edgeless)).map((line) => `${scene.name}: ${line}`));
  }
  none(found);
});

journey('with the user’s own colours a tick can be seen', async (visitor) => {
  await show(visitor, scenes.find(({ name }) => name === 'consent'), 'en');
  const look = () => visitor.tab.run(() => {
    const box = document.querySelector('input.countersign-box');
    const { color, backgroundColor, borderTopColor } = getComputedStyle(box);
    return { mark: getComputedStyle(box, '::before').content, isSeen: color !== backgroundColor, hasEdge: borderTopColor !== backgroundColor };
  });
  assert.deepEqual(await look(), { mark: '""', isSeen: true, hasEdge: true });
  await visitor.tab.run(() => { document.querySelector('input.countersign-box').checked = false; });
  assert.deepEqual(await look(), { mark: 'none', isSeen: true, hasEdge: true });
});

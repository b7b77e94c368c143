// For everybody: an automatic check of every screen in every theme, of WCAG 2.2 AA and of what is good practice beside it.
import { bring, Findings } from './support/axe.mjs';
import { gallery, none, scenes } from './support/gallery.mjs';

const { visit } = gallery();
/** The bar with the answers covers nothing here: axe does not judge what something else covers. */
const TALL = { viewport: { width: 1280, height: 3000 } };

for (const lang of ['en', 'ar']) {
  visit(`axe finds nothing on any screen, in every theme, light and dark, in ${lang}`, TALL, async (visitor) => {
    const found = new Findings();
    for (const { name: scene } of scenes) {
      await visitor.open({ scene, lang });
      await found.inEveryLook(visitor.page, `${scene} ${lang}`);
    }
    none(found.lines());
  });
}

visit('axe finds nothing where everything is unfolded', TALL, async (visitor) => {
  const found = new Findings();
  for (const scene of ['permissions', 'words']) {
    await visitor.open({ scene });
    for (const fold of await visitor.page.locator('summary').all()) await fold.click();
    await found.inEveryLook(visitor.page, scene);
  }
  none(found.lines());
});

visit('axe finds nothing on the open list of organizations, searched too', TALL, async (visitor) => {
  const found = new Findings();
  for (const scene of ['organizations', 'organization-many']) {
    await visitor.open({ scene });
    await visitor.page.locator('[aria-expanded=false]').click();
    await found.inEveryLook(visitor.page, scene);
  }
  await visitor.page.getByRole('searchbox').fill('a');
  await found.inEveryLook(visitor.page, 'a search');
  none(found.lines());
});

visit('axe finds nothing on a small card', TALL, async (visitor) => {
  const found = new Findings();
  for (const scene of ['permissions', 'organization-choice']) {
    await visitor.open({ scene, layout: 'compact' });
    await found.inEveryLook(visitor.page, `${scene}, compact`);
  }
  none(found.lines());
});

visit('axe finds nothing on the gallery itself', { viewport: { width: 1280, height: 900 } }, async (visitor) => {
  await visitor.open({ bare: '' });
  await bring(visitor.page);
  await visitor.page.locator('details', { hasText: 'Hostile clients' }).locator('summary').click();
  const violations = await visitor.page.evaluate(async () => (await window.axe.run('aside')).violations.map(({ id, nodes }) => `${id}: ${nodes.length}: ${nodes[0].html}`));
  none(violations);
});

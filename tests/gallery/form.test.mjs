// The card that a server renders as a form, in a browser without script: what it posts.
import assert from 'node:assert/strict';
import { inputOf } from './support/answers.mjs';
import { gallery, scenes } from './support/gallery.mjs';
import { render } from './support/render.mjs';

const { visit } = gallery();
const WITHOUT_SCRIPT = { javaScriptEnabled: false };
const HIDDEN = [['transaction', 'T1'], ['token', 'sealed & "quoted"']];

/** Opens the form of a scene. Returns what it has posted so far, as lists of fields. */
async function opened({ page, origin }, name) {
  const form = { action: '/decide', fields: Object.fromEntries(HIDDEN) };
  const { html, language } = render({ ...inputOf(scenes.find((scene) => scene.name === name)), form });
  const posts = [];
  await page.route(`${origin}/logos/**`, (route) => route.fulfill({ status: 204 }));
  await page.route(`${origin}/card`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!doctype html><html lang="${language}"><title>A card</title>${html}` }));
  await page.route(`${origin}/decide`, (route) => {
    posts.push([...new URLSearchParams(route.request().postData())]);
    return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Decided</title><p>Decided</p>' });
  });
  await page.goto(`${origin}/card`);
  return posts;
}

const decided = ({ page }) => page.getByText('Decided', { exact: true }).waitFor();

visit('without script, Allow posts the hidden fields, what is ticked, and its name', WITHOUT_SCRIPT, async (visitor) => {
  const posts = await opened(visitor, 'consent');
  await visitor.page.getByRole('checkbox').last().uncheck();
  await visitor.button('Allow').click();
  await decided(visitor);
  assert.deepEqual(posts, [[...HIDDEN, ['scope', '1'], ['press', 'allow']]]);
});

visit('without script, the Enter key in a box posts nothing, and Deny does', WITHOUT_SCRIPT, async (visitor) => {
  const posts = await opened(visitor, 'consent');
  await visitor.page.getByRole('checkbox').first().press('Enter');
  await visitor.button('Deny').click();
  await decided(visitor);
  assert.equal(posts.length, 1);
  assert.deepEqual(posts.map((fields) => fields.at(-1)), [['press', 'deny']]);
});

visit('without script, another organization is a press of its button', WITHOUT_SCRIPT, async (visitor) => {
  const posts = await opened(visitor, 'organizations');
  assert.equal(await visitor.button('Change organization').count(), 0);
  await visitor.radio('Globex').click();
  await decided(visitor);
  assert.deepEqual(posts[0].filter(([name]) => ['organization', 'press'].includes(name)), [['organization', 'globex']]);
});

visit('without script, what no form can do is not shown', WITHOUT_SCRIPT, async (visitor) => {
  await opened(visitor, 'organization-many');
  assert.equal(await visitor.page.getByRole('searchbox').count(), 0);
  await opened(visitor, 'invalid-client');
  assert.equal(await visitor.button('Copy').count(), 0);
});

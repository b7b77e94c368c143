// With the keyboard alone: where the focus goes, what is seen of it, and what the keys do.
import assert from 'node:assert/strict';
import { focused, stops, unseen } from './support/focus.mjs';
import { gallery, none, scenes } from './support/gallery.mjs';

const { visit } = gallery();
const LINKS = ['photo-printer.example', 'Terms', 'Privacy'].map((words) => `link "${words}"`);

const heading = ({ page }) => page.locator('h1:focus');
const reaches = ({ page }, state) => page.locator(`.countersign[data-state=${state}]`).waitFor();
const alertOf = ({ page }) => page.getByRole('alert').allInnerTexts();

/** Everything the focus went to, from the page's first moment on. */
async function trail({ page }) {
  await page.addInitScript(() => {
    globalThis.trail = [];
    document.addEventListener('focusin', ({ target }) => globalThis.trail.push(target.localName), true);
  });
  return () => page.evaluate(() => globalThis.trail.splice(0));
}

visit('on every screen that has a heading the focus goes there, and nowhere else', {}, async (visitor) => {
  const went = await trail(visitor);
  for (const { name: scene, state } of scenes) {
    await visitor.open({ scene });
    if (['starting', 'attesting'].includes(state)) continue;
    await heading(visitor).waitFor();
    assert.deepEqual(await went(), ['h1'], scene);
  }
});

visit('with every new screen the focus goes to its heading', {}, async (visitor) => {
  const went = await trail(visitor);
  const after = async (scene, presses, gone) => {
    await visitor.open({ scene });
    await heading(visitor).waitFor();
    for (const name of presses) await visitor.button(name).press('Enter');
    await gone.waitFor({ state: 'detached' });
    await heading(visitor).waitFor();
    assert.deepEqual(await went(), ['h1', ...presses.map(() => 'button'), 'h1'], scene);
  };
  await after('consent', ['Use another account'], visitor.button('Use another account'));
  await after('consent', ['Allow'], visitor.button('Allow'));
  await after('consent', ['Deny'], visitor.button('Deny'));
  await after('returned', ['Return to the app'], visitor.button('Return to the app'));
  await visitor.open({ scene: 'organizations' });
  await heading(visitor).waitFor();
  await visitor.button('Change organization').press('Enter');
  await visitor.radio('Globex').press('Enter');
  await visitor.radio('Globex').waitFor({ state: 'detached' });
  await heading(visitor).waitFor();
  assert.deepEqual(await went(), ['h1', 'button', 'button', 'button', 'h1'], 'the opener, the chosen one, another one');
});

const WAYS = {
  permissions: [
    'button "Use another account"', 'checkbox "Add and delete photos"', 'text: What this includes', 'text: What this includes', 'checkbox "Order prints for you"',
    'button "Select reading only"',
    'checkbox "Keep this access while you aren’t using the app"', 'checkbox "If I allow this, don’t ask me again"',
    'button "Deny"', 'button "Allow"', ...LINKS,
  ],
  'organization-choice': [
    'button "Use another account"', 'radio "Acme Corporation"', 'checkbox "See your name, picture and language"', 'checkbox "See your email address"',
    'button "Deny"', 'button "Allow" [disabled]', ...LINKS,
  ],
  organizations: [
    'button "Use another account"', 'button "Change organization": Change', 'checkbox "See your name, picture and language"',
    'checkbox "See your email address"', 'button "Deny"', 'button "Allow"', ...LINKS,
  ],
  'confirm-logout': ['button "Stay signed in"', 'button "Sign out"'],
  'login-stuck': ['button "Cancel"', 'button "Continue to sign in"'],
  submitting: ['button "Use another account" [disabled]', 'button "Deny" [disabled]', 'button "Allow" [disabled]', ...LINKS],
};

for (const [scene, way] of Object.entries(WAYS)) {
  visit(`the Tab key goes through "${scene}" in the order in which it is read`, {}, async (visitor) => {
    await visitor.open({ scene });
    await heading(visitor).waitFor();
    assert.deepEqual((await stops(visitor.page)).map(({ name }) => name), way);
  });
}

visit('in two columns the Tab key goes the same way as in one, and the focus is seen everywhere', {}, async (visitor) => {
  for (const scene of ['permissions', 'scopes-thirty', 'organization-choice']) {
    const ways = [];
    for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 720 }]) {
      await visitor.page.setViewportSize(viewport);
      await visitor.open({ scene });
      await heading(visitor).waitFor();
      const all = await stops(visitor.page);
      none(unseen(all).map((line) => `${scene}, ${viewport.width} wide: ${line}`));
      // This button is there only while a row is below the window.
      ways.push(all.map(({ name }) => name).filter((name) => !name.includes('More below')));
    }
    const columns = await visitor.page.evaluate(() => ['.countersign-who', '.countersign-permissions'].map((part) => document.querySelector(part).getBoundingClientRect().left));
    assert.ok(columns[0] < columns[1], 'there are two columns');
    assert.ok(ways[0].length > 5, scene);
    assert.deepEqual(ways[1], ways[0], scene);
  }
});

for (const theme of ['light', 'dark']) {
  for (const palette of ['', 'paper', 'harbor']) {
    visit(`the focus is seen wherever it is, ${palette || 'standard'}, ${theme}`, {}, async (visitor) => {
      const found = [];
      for (const scene of ['permissions', 'organization-many', 'failed']) {
        await visitor.open({ scene, palette, theme });
        await heading(visitor).waitFor();
        const opener = visitor.page.locator('[aria-expanded=false]');
        if (await opener.count()) {
          await opener.press('Enter');
          await visitor.page.getByRole('heading', { level: 1 }).focus();
        }
        const all = await stops(visitor.page);
        assert.ok(all.length > 0, scene);
        found.push(...unseen(all).map((line) => `${scene}: ${line}`));
      }
      none(found);
    });
  }
}

for (const [answer, key] of [['Allow', 'Enter'], ['Allow', 'Space'], ['Deny', 'Enter'], ['Deny', 'Space']]) {
  visit(`${answer} is reached with Tab and pressed with ${key}`, {}, async (visitor) => {
    await visitor.open();
    await heading(visitor).waitFor();
    const { page } = visitor;
    do await page.keyboard.press('Tab');
    while (await focused(page) !== `button "${answer}"`);
    await page.keyboard.press(key);
    await reaches(visitor, 'redirecting');
  });
}

visit('the list of organizations opens, is searched and closes without the mouse', {}, async (visitor) => {
  await visitor.open({ scene: 'organization-many' });
  await heading(visitor).waitFor();
  const { page } = visitor;
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'button "Change organization": Change');
  await page.keyboard.press('Space');
  assert.match(await focused(page), /^searchbox "Search organizations"/, 'the focus goes to the field');
  await page.keyboard.press('ArrowDown');
  assert.equal(await focused(page), 'radio "Acme Corporation"', 'the arrow leads to the chosen one');
  await page.keyboard.type('glob');
  await page.keyboard.press('Enter');
  assert.match(await focused(page), /^searchbox "Search organizations"/, 'Enter in the field does nothing');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'radio "Globex"');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'button "Change organization": Change', 'Escape gives the focus back');
  assert.equal(await visitor.radio('Globex').count(), 0);
});

visit('Escape changes nothing', {}, async (visitor) => {
  for (const scene of ['consent', 'permissions', 'organization-choice', 'confirm-logout', 'trouble']) {
    const widget = await visitor.open({ scene });
    await heading(visitor).waitFor();
    const before = await widget.ariaSnapshot();
    const places = [visitor.page.getByRole('heading', { level: 1 }), visitor.page.getByRole('button').first(), visitor.page.getByRole('button').last()];
    for (const place of places) await place.press('Escape');
    assert.equal(await widget.ariaSnapshot(), before.replace(/ \[active\]/g, ''), scene);
  }
});

for (const [answer, key] of [['Allow', 'Enter'], ['Allow', 'Space'], ['Deny', 'Enter']]) {
  visit(`${key}, held since before, does not press ${answer}`, {}, async (visitor) => {
    const widget = await visitor.open();
    await heading(visitor).waitFor();
    const { page } = visitor;
    await page.keyboard.down(key);
    await visitor.button(answer).focus();
    await page.keyboard.down(key); // of a key that is down, this is a repeat
    await page.keyboard.down(key);
    await page.keyboard.up(key);
    assert.equal(await widget.getAttribute('data-state'), 'consent');
    assert.deepEqual((await alertOf(visitor)).join(''), '');
    assert.equal(await focused(page), `button "${answer}"`);
  });
}

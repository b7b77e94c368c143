// The gallery shows what it says: every screen, every client; and what is pressed there answers.
import assert from 'node:assert/strict';
import { clients, DESKTOP, gallery, none, scenes } from './support/gallery.mjs';

const { visit } = gallery();
/** Where nothing is known yet, there is nothing to put into a heading. */
const WITHOUT_HEADING = ['starting', 'attesting'];

const heading = (visitor) => visitor.page.getByRole('heading', { level: 1 });
const isFocused = (locator) => locator.evaluate((element) => element === document.activeElement);

/** Waits for the widget to be in a state. */
const reaches = (visitor, state) => visitor.page.locator(`.countersign[data-state=${state}]`).waitFor();

visit('the frame has a link to every scene, and each leads to its state and its heading', { viewport: DESKTOP }, async (visitor) => {
  await visitor.open({ bare: '', client: 'app' });
  const { page } = visitor;
  const links = page.getByRole('navigation', { name: 'Screens' }).getByRole('link');
  const card = page.getByRole('region', { name: 'The card' });
  const found = [];
  for (const { name, title, state, group } of scenes) {
    const list = page.getByRole('list').filter({ has: page.getByRole('link', { name: title, exact: true }) });
    await page.locator('h2', { hasText: new RegExp(`^${group}$`) }).locator('+ ul').and(list).getByRole('link', { name: title, exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('scene') === name);
    const reached = await (await visitor.shown()).getAttribute('data-state');
    if (reached !== state) found.push(`${name}: ${reached} instead of ${state}`);
    const headings = await card.getByRole('heading', { level: 1 }).allInnerTexts();
    const wanted = WITHOUT_HEADING.includes(state) ? 0 : 1;
    if (headings.length !== wanted || headings.some((words) => !words.trim())) found.push(`${name}: headings ${JSON.stringify(headings)}`);
    assert.equal(await links.and(page.locator('[aria-current=page]')).innerText(), title);
    assert.equal(new URL(page.url()).searchParams.get('client'), 'app', 'what else was chosen stays');
  }
  none(found);
});

visit('the frame chooses client, theme, colours, language and layout', { viewport: DESKTOP }, async (visitor) => {
  await visitor.open({ bare: '' });
  const { page } = visitor;
  const choose = async (label, option, [name, value]) => {
    await page.getByRole('combobox', { name: label }).selectOption(option);
    await page.waitForURL((url) => url.searchParams.get(name) === value);
    return visitor.shown();
  };
  await choose('Client', 'First party', ['client', 'first-party']);
  await page.getByRole('heading', { level: 1, name: /^Example Notes/ }).waitFor();
  await choose('Theme', 'Harbor', ['palette', 'harbor']);
  assert.equal(await page.locator('html').getAttribute('data-countersign-theme'), 'harbor');
  assert.equal(await (await choose('Colours', 'Dark', ['theme', 'dark'])).getAttribute('data-theme'), 'dark');
  assert.equal(await (await choose('Layout', 'Compact', ['layout', 'compact'])).getAttribute('data-layout'), 'compact');
  assert.equal(await (await choose('Language', 'he', ['lang', 'he'])).getAttribute('dir'), 'rtl');
});

visit('every client of the catalogue is shown by its name, and where it leads', {}, async (visitor) => {
  for (const { name, client, redirect_uri: address } of clients) {
    const widget = await visitor.open({ client: name });
    assert.equal(await widget.getAttribute('data-state'), 'consent', name);
    const words = (await heading(visitor).innerText()).replace(/\s+/g, ' ');
    assert.ok(words.includes(client.name.slice(0, 70)), words);
    const { protocol, host } = new URL(address);
    const shown = /^http/.test(protocol) ? host : protocol;
    assert.ok((await visitor.page.locator('.countersign-destination').innerText()).includes(shown), `${name}: ${shown}`);
  }
});

visit('a logo of the host’s own takes the place of the initial', {}, async (visitor) => {
  const widget = await visitor.open({ logo: '/logos/acme' });
  const logo = widget.locator('img[src="/logos/acme"]');
  await logo.evaluate((image) => image.decode());
  assert.ok(await logo.evaluate((image) => image.naturalWidth > 0));
  assert.equal(await widget.locator('.countersign-host').count(), 0);
});

for (const answer of ['Allow', 'Deny']) {
  visit(`${answer} leads back to the client, and the frame says where`, {}, async (visitor) => {
    await visitor.open({ scene: 'consent' });
    await visitor.button(answer).click();
    await reaches(visitor, 'redirecting');
    await heading(visitor).getByText('Taking you back to Photo Printer').waitFor();
    await visitor.page.getByText('Here the page would leave for app.photo-printer.example.').waitFor();
  });
}

visit('an answer that did not get through can be given again, on the same card', {}, async (visitor) => {
  await visitor.open({ scene: 'trouble' });
  const alert = visitor.page.getByRole('alert');
  assert.match(await alert.innerText(), /didn’t get through.*Answer again\.$/);
  await visitor.button('Allow').click();
  await reaches(visitor, 'redirecting');
});

visit('another account is chosen at the login page', {}, async (visitor) => {
  await visitor.open({ scene: 'consent' });
  await visitor.button('Use another account').click();
  await reaches(visitor, 'login-required');
  await visitor.page.getByText('Here the page would leave for the login page.').waitFor();
});

visit('a permission is ticked with the mouse, on its box and on its words, and with the keyboard', {}, async (visitor) => {
  await visitor.open({ scene: 'consent' });
  const { page } = visitor;
  const box = page.getByRole('checkbox', { name: 'See your email address' });
  assert.equal(await box.isChecked(), true);
  const click = async (place) => {
    const { x, y, width, height } = await place.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
  };
  await click(box);
  assert.equal(await box.isChecked(), false);
  await click(page.getByText('See your email address'));
  assert.equal(await box.isChecked(), true);
  await box.focus();
  await page.keyboard.press('Space');
  assert.equal(await box.isChecked(), false);
  assert.equal(await isFocused(box), true, 'the focus stays on it');
  assert.equal(await page.getByRole('checkbox', { name: 'See your name, picture and language' }).isChecked(), true, 'another one is as it was');
});

visit('with nothing ticked, Allow says why it does nothing, and is back as soon as something is', {}, async (visitor) => {
  const widget = await visitor.open({ scene: 'empty' });
  const { page } = visitor;
  const hint = page.getByText('Select at least one permission, or deny the request.');
  await hint.waitFor();
  await page.getByRole('button', { name: 'Allow', disabled: true }).click({ force: true });
  assert.equal(await widget.getAttribute('data-state'), 'consent');
  await page.getByRole('checkbox', { name: 'See your photos' }).press('Space');
  await hint.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Allow', disabled: false }).waitFor();
});

visit('what comes with a permission that is ticked stays ticked, until that one goes', {}, async (visitor) => {
  await visitor.open({ scene: 'permissions' });
  const { page } = visitor;
  const see = page.getByRole('checkbox', { name: 'See your photos' });
  assert.deepEqual([await see.isChecked(), await see.isDisabled()], [true, true]);
  await page.getByRole('checkbox', { name: 'Add and delete photos' }).press('Space');
  assert.deepEqual([await see.isChecked(), await see.isDisabled()], [true, false]);
  await page.getByRole('button', { name: 'Select reading only' }).press('Space');
  assert.equal(await page.getByRole('checkbox', { name: 'Order prints for you' }).isChecked(), false);
});

visit('the list of organizations opens, is searched, and closes', {}, async (visitor) => {
  await visitor.open({ scene: 'organization-many' });
  const { page } = visitor;
  const opener = visitor.button('Change organization');
  const names = page.getByRole('radio');
  assert.equal(await names.count(), 0);
  await opener.click();
  assert.equal(await opener.getAttribute('aria-expanded'), 'true');
  assert.equal(await names.count(), 27);
  const search = page.getByRole('searchbox', { name: 'Search organizations' });
  const status = page.getByRole('status').filter({ hasText: 'found' });
  for (const wanted of ['angstrom', 'ÅNGSTRÖM', 'ström la']) {
    await search.fill(wanted);
    assert.deepEqual(await names.allInnerTexts().then((all) => all.map((it) => it.split('\n').pop())), ['Ångström Labs'], wanted);
    assert.equal(await status.textContent(), '1 organization found');
  }
  await search.fill('quark\'s nothing');
  assert.equal(await names.count(), 0);
  assert.equal(await status.textContent(), '0 organizations found');
  await search.fill('');
  assert.equal(await names.count(), 27);
  await opener.click();
  assert.equal(await opener.getAttribute('aria-expanded'), 'false');
  assert.equal(await names.count(), 0);
});

visit('an organization that blocks the client cannot be chosen, and says so', {}, async (visitor) => {
  const widget = await visitor.open({ scene: 'organization-choice' });
  const blocked = visitor.page.getByRole('radio', { name: /^Initech/ });
  assert.match(await blocked.innerText(), /Initech\s*Doesn’t allow this app/);
  assert.equal(await blocked.isDisabled(), true);
  await blocked.click({ force: true });
  assert.equal(await widget.getAttribute('data-state'), 'consent');
  await visitor.page.getByText('Choose an organization to continue.').waitFor();
});

visit('what is folded away unfolds', {}, async (visitor) => {
  await visitor.open({ scene: 'permissions' });
  const { page } = visitor;
  const inside = page.getByText('Where and when a photo was taken');
  assert.equal(await inside.isVisible(), false);
  await page.getByText('What this includes', { exact: true }).last().click();
  assert.equal(await inside.isVisible(), true);
});

/** The buttons of a screen by their computed styles: one text each, without what depends on the label's own letters. */
const styles = ({ page }) => page.locator('[part=actions] > button').evaluateAll((buttons) => buttons.map((button) => {
  const style = getComputedStyle(button);
  return [...style].map((name) => `${name}: ${style.getPropertyValue(name)}`).join('\n');
}));

for (const theme of ['light', 'dark']) {
  visit(`no answer weighs more than the other one, ${theme}`, {}, async (visitor) => {
    for (const scene of ['consent', 'organizations', 'approval', 'confirm-logout']) {
      await visitor.open({ scene, theme });
      await visitor.page.locator('[part=actions]:not(:has([data-unready]))').waitFor();
      const [one, other, ...more] = await styles(visitor);
      assert.deepEqual(more, [], scene);
      assert.equal(one, other, scene);
    }
  });
}

for (const [scene, expected] of [
  ['failed-token', [['Try again', true], ['Continue to sign in', false]]],
  ['login-required', [['Cancel', false], ['Continue to sign in', true]]],
  ['login-stuck', [['Cancel', false], ['Continue to sign in', true]]],
  ['blocked', [['Cancel', false]]],
  ['homeless', [['Cancel', false]]],
  ['nothing-grantable', [['Cancel', false]]],
  ['approval-requested', [['Return to the app', false]]],
]) {
  visit(`what is no answer is the quieter way on: ${scene}`, {}, async (visitor) => {
    await visitor.open({ scene });
    const filled = await visitor.page.locator('[part=actions] > button').evaluateAll((buttons) => {
      const ground = (element) => getComputedStyle(element).backgroundColor;
      const card = ground(document.querySelector('[part=card]'));
      return buttons.map((button) => [button.textContent, ground(button) !== card]);
    });
    assert.deepEqual(filled, expected);
  });
}

visit('where nothing can be allowed, the way out denies, and leads where the card says', {}, async (visitor) => {
  for (const [scene, answer] of [['blocked', 'Cancel'], ['approval-requested', 'Return to the app']]) {
    await visitor.open({ scene });
    assert.equal(await visitor.page.getByRole('checkbox').count(), 0, scene);
    await visitor.page.getByText('You’ll be sent to app.photo-printer.example').waitFor();
    await visitor.button(answer).click();
    await reaches(visitor, 'redirecting');
    await visitor.page.getByText('Here the page would leave for app.photo-printer.example.').waitFor();
  }
});

visit('before an organization is chosen, Allow keeps the focus, does nothing and says why', {}, async (visitor) => {
  const widget = await visitor.open({ scene: 'organization-choice' });
  const { page } = visitor;
  const allow = page.getByRole('button', { name: 'Allow', disabled: true });
  const place = await allow.boundingBox();
  await allow.press('Enter');
  await page.getByRole('status').filter({ hasText: 'Choose an organization to continue.' }).waitFor();
  assert.equal(await isFocused(allow), true);
  assert.equal(await widget.getAttribute('data-state'), 'consent');
  await page.getByRole('radio', { name: 'Globex' }).click();
  const armed = page.getByRole('button', { name: 'Allow', disabled: false });
  await armed.waitFor();
  assert.equal((await armed.boundingBox()).width, place.width, 'both answers were there from the start');
});

/** The reference of a screen, what is selected on the page, and what is said about the copy. */
const copied = ({ page }) => page.locator('[part=reference]').evaluate((element) => [
  element.querySelector('bdi').textContent, getSelection().toString(), element.querySelector('[role=status]').innerText,
]);

visit('a reference is copied by its button, which says so', { permissions: ['clipboard-read', 'clipboard-write'] }, async (visitor) => {
  await visitor.open({ scene: 'failed' });
  await visitor.button('Copy').click();
  await visitor.page.getByText('Copied', { exact: true }).waitFor();
  assert.deepEqual(await copied(visitor), ['server_error 5f1c2a', '', 'Copied']);
  assert.equal(await visitor.page.evaluate(() => navigator.clipboard.readText()), 'server_error 5f1c2a');
});

for (const [what, refuse] of [
  ['refuses', () => Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } })],
  ['has none', () => Object.defineProperty(navigator, 'clipboard', { value: undefined })],
]) {
  visit(`a reference is selected where the clipboard ${what}`, {}, async (visitor) => {
    await visitor.page.addInitScript(refuse);
    await visitor.open({ scene: 'failed' });
    await visitor.button('Copy').click();
    await visitor.page.waitForFunction(() => getSelection().toString());
    assert.deepEqual(await copied(visitor), ['server_error 5f1c2a', 'server_error 5f1c2a', '']);
  });
}

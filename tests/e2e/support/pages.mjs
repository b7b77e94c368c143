// The pages as a user finds them: by role and name, never by class or id.
import assert from 'node:assert/strict';
import { clients } from '../../../examples/relying-party/clients.mjs';

/** Waits for the page's heading and checks the whole of it. */
async function heading(page, name) {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
}

/** Opens everything that is folded. */
async function unfold(page) {
  for (const fold of await page.locator('details:not([open]) > summary').all().then((all) => all.reverse())) await fold.click();
}

/** The rows of a table, as [[head, cell, …], …]. */
async function rows(page, name) {
  const found = await page.getByRole('table', { name, exact: true }).getByRole('row').all(); // a table that is not there has none
  const cells = await Promise.all(found.map((row) => row.locator('th, td').allInnerTexts()));
  return cells.slice(1);
}

/**
 * Brings into view, one after the other, what must have been there before Allow counts, as somebody who reads the card does. What is
 * larger than the window is left to a press of Allow, which leads there.
 */
export async function read(page) {
  await page.locator('[data-unseen]').evaluateAll(async (parts) => {
    for (const part of parts) {
      if (part.getBoundingClientRect().height > window.innerHeight) continue;
      part.scrollIntoView({ block: 'center' }); // at the window's end the decision would cover it
      await new Promise((resolve) => {
        const check = () => (!part.isConnected || !part.hasAttribute('data-unseen')) && resolve();
        new MutationObserver(check).observe(part.getRootNode(), { attributes: true, childList: true, subtree: true });
        check();
      });
    }
  });
}

/** The demo's login page. */
export class LoginPage {
  constructor(page, site) {
    this.page = page;
    this.site = site;
  }

  async open() {
    await this.page.goto(`${this.site.issuer}/login`);
    await this.shown();
  }

  shown() {
    return heading(this.page, 'Sign in to Harbor');
  }

  async signIn(email, password = 'demo') {
    await this.shown();
    const form = await this.formFor(email);
    await form.getByLabel('Password', { exact: true }).fill(password);
    await form.getByRole('button', { name: 'Sign in', exact: true }).click();
  }

  /** The form of the account that is signed in, if its password is asked for; else the one for any account, with the email. */
  async formFor(email) {
    const own = this.page.locator('form', { has: this.page.locator(`[hidden] input[value="${email}"]`) });
    if (await own.count()) return own;
    const fold = this.page.locator('details:not([open]) > summary');
    if (await fold.count()) await fold.click();
    const form = this.page.locator('form', { has: this.page.getByRole('textbox', { name: 'Email' }) });
    await form.getByRole('textbox', { name: 'Email' }).fill(email);
    return form;
  }

  /** Signs the account in anew that is signed in: it is shown, its password is asked for, and choosing it is not offered. */
  async signInAgain(email, password = 'demo') {
    await this.shown();
    await this.page.getByText(email, { exact: true }).waitFor();
    assert.equal(await this.page.getByRole('button', { name: 'Continue as' }).count(), 0);
    assert.equal(await this.page.getByRole('textbox', { name: 'Email' }).count(), 0);
    await this.signIn(email, password);
  }

  async continueAs(name) {
    await this.shown();
    await this.page.getByRole('button', { name: `Continue as ${name}` }).click();
  }
}

/** What the button is called that gives what is asked. */
const ALLOW = /^(Allow|Pay)$/;

/** The widget's page. */
export class CardPage {
  constructor(page, site) {
    this.page = page;
    this.site = site;
    this.allow = page.getByRole('button', { name: ALLOW });
    this.deny = page.getByRole('button', { name: 'Deny', exact: true });
    this.askForApproval = page.getByRole('button', { name: 'Ask for approval', exact: true });
    this.switchAccount = page.getByRole('button', { name: 'Use another account' });
    this.chooseOrganization = page.getByRole('button', { name: 'Change organization', exact: true });
    this.search = page.getByRole('searchbox', { name: 'Search organizations', exact: true });
    this.remember = page.getByRole('checkbox', { name: 'If I allow this, don’t ask me again', exact: true });
    this.readOnly = page.getByRole('button', { name: 'Select reading only', exact: true });
    this.alert = page.getByRole('alert');
  }

  /** Waits for the consent card of this client (and organization), with buttons that work, and reads it. */
  async asks(client, organization) {
    const what = organization ? `.*${organization}` : 'your \\S+ account';
    await this.page.getByRole('heading', { level: 1, name: new RegExp(`${client}.* wants (access to|you to pay from) ${what}`) }).waitFor();
    await this.page.getByRole('button', { name: ALLOW, disabled: false }).waitFor();
    await this.reads();
  }

  reads() {
    return read(this.page);
  }

  /** Reads the card that is there in a moment, and allows. */
  async allows() {
    await this.allow.waitFor();
    await this.reads();
    await this.allow.click();
  }

  heading(name) {
    return heading(this.page, name);
  }

  scope(title) {
    return this.page.getByRole('checkbox', { name: title, exact: true });
  }

  /** Ticks or unticks a scope: where the box is, whatever lies over it there (its label may). */
  tick(title, on) {
    return this.scope(title).setChecked(on, { force: true });
  }

  /** An organization of the open list, with the reason that stands below its name, if any. */
  organization(name) {
    return this.page.getByRole('radio', { name, exact: true });
  }

  /** Opens the list and chooses an organization. */
  async actFor(name) {
    await this.chooseOrganization.click();
    await this.organization(name).click();
  }

  says(text) {
    return this.page.getByText(text).first().waitFor();
  }

  /** The transaction's own address, which the page shows once the server has opened one. */
  async transactionAddress() {
    await this.page.waitForURL((url) => url.searchParams.has('transaction'));
    return this.page.url();
  }
}

/** The demo's client. */
export class ClientPage {
  constructor(page, site) {
    this.page = page;
    this.site = site;
  }

  /** Opens the start page and fills the form. */
  async prepare({ client = 'Photo Printer', scopes = [], askAgain = false, push = false, pays = false, answerBy } = {}) {
    const { page } = this;
    await page.goto(`${this.site.client}/`);
    await heading(page, 'Try a sign-in');
    await unfold(page);
    await page.getByRole('radiogroup', { name: 'Client' }).getByRole('radio', { name: client, exact: true }).check();
    // Asked for from the start: the best card of the demo.
    await page.getByRole('checkbox', { name: 'photos.read', exact: true }).setChecked(scopes.includes('photos.read'));
    for (const scope of scopes) await page.getByRole('checkbox', { name: scope, exact: true }).check();
    if (askAgain) await page.getByRole('checkbox', { name: 'Ask again (prompt=consent)' }).check();
    if (push) await page.getByRole('checkbox', { name: 'Push the request first (PAR)' }).check();
    if (pays) await page.getByRole('checkbox', { name: 'With a payment of 45.00 EUR (RAR)' }).check();
    if (answerBy) await page.getByRole('combobox', { name: 'Answer by' }).selectOption(answerBy);
  }

  async press(button) {
    if (button.startsWith('Check')) await unfold(this.page);
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  /** Starts a login as the form would, without the form. */
  connect(request) {
    return this.#start('connect', request);
  }

  connectOrganization(request) {
    return this.#start('organization', request);
  }

  async #start(action, { client = 'Photo Printer', scopes = [], askAgain = false, push = false, pays = false, answerBy = 'query' } = {}) {
    const { id } = clients.find(({ name }) => name === client);
    const query = new URLSearchParams({ action, client: id, response_mode: answerBy });
    for (const scope of ['profile', 'email', ...scopes]) query.append('scope', scope);
    if (askAgain) query.set('prompt', 'consent');
    if (push) query.set('pushed', 'yes');
    if (pays) query.set('pays', 'yes');
    await this.page.goto(`${this.site.client}/connect?${query}`, { waitUntil: 'commit' });
  }

  /** What the client got: granted scopes and details, and both sets of claims. */
  async connected() {
    await heading(this.page, 'Connected');
    await this.page.waitForLoadState();
    await unfold(this.page);
    return {
      scopes: (await rows(this.page, 'Granted scopes')).flat().sort(),
      details: (await rows(this.page, 'Granted details')).map(([type, more]) => ({ type, ...JSON.parse(more) })),
      idToken: Object.fromEntries(await rows(this.page, 'ID token')),
      userinfo: Object.fromEntries(await rows(this.page, 'Userinfo')),
      refreshToken: await this.page.getByText('Refresh token: received.').isVisible(),
    };
  }

  /** The OAuth error the client got instead, its state having matched. */
  async refused(error) {
    await heading(this.page, 'Not connected');
    await this.page.waitForLoadState();
    const answer = Object.fromEntries(await rows(this.page, 'Answer'));
    assert.equal(answer.error, error);
    assert.equal(answer.state, 'matched');
    return answer;
  }

  /** What the silent check or the popup reported. */
  async report(pattern) {
    await this.page.getByRole('status').filter({ hasText: pattern }).waitFor();
  }
}

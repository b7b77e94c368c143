// A visitor of the demo, in any browser: what its pages offer, by a tab's few words (`firefox.mjs`, `webkit.mjs`).
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { clients } from '../../../examples/relying-party/clients.mjs';
import { find, look, rows } from './find.mjs';

const PATIENCE = 30_000;
/** Between two looks at a page that may still change. */
const MOMENT = 50;

const exactly = (name) => `^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`;
/** Finds and looks in one call, since a page may change between two. */
const seen = new Function('role', 'pattern', `return (${look})((${find})(role, pattern))`);

export class Visitor {
  constructor(tab, site) {
    this.tab = tab;
    this.site = site;
  }

  /** Waits until a look at the page tells something. A page on its way cannot be looked at. */
  async until(what, look) {
    for (const end = Date.now() + PATIENCE; ;) {
      const found = await look().catch(() => null);
      if (found) return found;
      if (Date.now() > end) throw new Error(`${what}: not after ${PATIENCE / 1000} s`);
      await pause(MOMENT);
    }
  }

  sees(role, name, fits = () => true) {
    return this.until(`${role} ${name}`, async () => {
      const found = await this.tab.run(seen, role, exactly(name));
      return found && fits(found) ? found : null;
    });
  }

  heading(pattern) {
    return this.until(`heading ${pattern}`, () => this.tab.run(seen, 'heading', pattern));
  }

  /** Presses something as soon as it says that it is ready. */
  async press(role, name) {
    await this.sees(role, name, ({ isDisabled }) => !isDisabled);
    await this.tab.click(find, role, exactly(name));
  }

  async fill(role, name, text) {
    await this.press(role, name);
    await this.tab.type(text);
  }

  async signIn(email) {
    await this.heading('^Sign in to \\S+$');
    await this.fill('textbox', 'Email', email);
    await this.fill('password', 'Password', 'demo');
    await this.press('button', 'Sign in');
  }

  /** The card of a client. */
  async asks(client, organization) {
    await this.heading(organization ? `${client}.* wants access to .*${organization}` : `${client}.* wants access to your \\S+ account`);
    await this.sees('button', 'Deny');
  }

  /** Starts a login as the client's form would. */
  async connect({ client = 'Photo Printer', scopes = [], action = 'connect', more = {} } = {}) {
    const { id } = clients.find(({ name }) => name === client);
    const query = new URLSearchParams({ action, client: id, response_mode: 'query', ...more });
    for (const scope of ['profile', 'email', ...scopes]) query.append('scope', scope);
    await this.tab.open(`${this.site.client}/connect?${query}`);
  }

  /** What the client got. */
  async connected() {
    await this.heading('^Connected$');
    return this.until('the granted scopes', async () => {
      const scopes = (await this.tab.run(rows, 'Granted scopes')).flat().sort();
      return scopes.length ? scopes : null;
    });
  }

  async refused(error) {
    await this.heading('^Not connected$');
    const answer = await this.until('the answer', async () => {
      const found = Object.fromEntries(await this.tab.run(rows, 'Answer'));
      return found.error ? found : null;
    });
    assert.equal(answer.error, error);
    assert.equal(answer.state, 'matched');
  }

  /** Moves the focus by Tab until it is there. */
  async tabTo(role, name) {
    for (let stops = 0; stops < 60; stops += 1) {
      if ((await this.sees(role, name)).isFocused) return;
      await this.tab.press('Tab');
    }
    throw new Error(`${role} ${name}: Tab does not get there`);
  }

  says(text) {
    return this.until(text, () => this.tab.run((words) => document.body.innerText.includes(words), text));
  }
}

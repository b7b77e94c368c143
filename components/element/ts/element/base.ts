/** The lifecycle of both elements: attributes and properties in, one widget inside, events out. */

import type { CountersignErrorDetail } from '../events.js';
import type { Tokens } from '../options.js';
import { programOf, type Loaded } from '../wasm/program.js';
import { Bridge } from './bridge.js';
import { diagnose, fail } from './diagnose.js';
import { afterFrame } from './frame.js';
import { loadTexts, type WithTexts } from './language.js';
import { own, quietly } from './own.js';
import { Properties } from './properties.js';
import { sent, type Running } from './running.js';
import { addSlots, applyAppearance, continueFrom, errorScreen, isOld, oldBrowser, outline, type ErrorState } from './screens.js';
import { identity, settings, type CurrentSettings, type SettingError, type Settings } from './settings.js';
import { adopt } from './styles.js';

/** How long the WebAssembly may take, in milliseconds, before the page says so. */
const LATE = 12_000;

/**
 * Base of `countersign-identity-provider` and `countersign-b2b-identity-provider`. One that a page contains already starts in a
 * microtask after it was defined. One that a script makes starts after the next frame, so that frameworks can set its properties
 * after they have connected it. With `hold` it starts when that is removed. It ends in a microtask after it was removed. Moving it
 * changes nothing.
 *
 * @attr {string} api-base - Base address of the countersign API; default `/countersign`.
 * @attr {string} login-url - Your login page; default `/login`.
 * @attr {string} return-to-param - Query parameter with the path to return to; default `return_to`.
 * @attr {'auto' | 'authorize' | 'logout'} flow - The flow of the page. `auto` is authorization; with Stytch the page's query decides.
 * @attr {string} lang - Your page's language (BCP 47). The request (`ui_locales`) takes precedence; the browser's languages follow.
 * @attr {string} site-name - Your site's name on the card, unless the backend sends one.
 * @attr {string} logo - Address of your logo, shown beside the client's. The page's policy must allow it.
 * @attr {'system' | 'light' | 'dark'} theme - Colour scheme; `system` follows the user's system.
 * @attr {'auto' | 'regular' | 'compact'} layout - Size of the card. `auto` is compact if the request has `display=popup`.
 * @attr {string} stytch-public-token - A Stytch project, instead of the countersign API.
 * @attr {boolean} light-dom - Renders without a shadow tree. Read once, when the element starts.
 * @attr {boolean | 'false'} debug - Tells in the console what is wrong; default on loopback only. `debug="false"` turns it off there.
 * @attr {boolean} hold - Delays the start until it is removed, so that a host can set properties.
 *
 * @fires {CountersignEvent} countersign-event - The flow has advanced: `detail.type`. Bubbles, composed.
 * @fires {CountersignErrorEvent} countersign-error - Something has failed: `detail.code`. The user sees a message on the screen. Bubbles, composed.
 *
 * @slot header - Above the card, with the same width. Not in light DOM.
 * @slot footer - Below the card. Not in light DOM.
 *
 * @csspart root - The widget.
 * @csspart card - The card.
 * @csspart parties - The logos of client and site at the top.
 * @csspart host-mark - The site's logo, or the initial of its name.
 * @csspart heading - The heading.
 * @csspart standing - Whether the site has verified the client.
 * @csspart description - The client's description of itself.
 * @csspart caution - A warning about the request.
 * @csspart account - The user's account and organization.
 * @csspart picker - The list of organizations.
 * @csspart manifest - The host's own description of the requested scopes.
 * @csspart scopes - The requested scopes.
 * @csspart read-only-toggle - The button that selects read access only.
 * @csspart offline-access - Access while the user is away (`offline_access`).
 * @csspart resources - The resource servers (RFC 8707).
 * @csspart details - Authorization details (RFC 9396).
 * @csspart not-grantable - Scopes that this account cannot grant.
 * @csspart notice - A note, such as a required approval.
 * @csspart destination - The host that the user is sent to.
 * @csspart remember - The checkbox that remembers the decision.
 * @csspart actions - The group of buttons.
 * @csspart button - Every button.
 * @csspart retry - Try again.
 * @csspart sign-in - Go to the login page.
 * @csspart reference - The reference of a failed call, with a button that copies it.
 * @csspart allow - Allow.
 * @csspart deny - Deny.
 * @csspart cancel - Cancel, or Return to the app, where nothing can be allowed.
 * @csspart request-approval - Ask an administrator.
 * @csspart sign-out - Sign out.
 * @csspart stay - Stay signed in.
 * @csspart legal - Links to the client's home page, terms and privacy policy.
 *
 * @cssstate loading - The WebAssembly is loading.
 * @cssstate unavailable - It could not be loaded, or not in twelve seconds; the user can try again.
 * @cssstate unsupported - The browser cannot run it.
 * @cssstate stopped - It has stopped; the user can reload the page.
 * @cssstate misconfigured - A setting is invalid.
 * @cssstate attesting - A trusted auth token is awaited or exchanged.
 * @cssstate starting - The first call to the backend is running.
 * @cssstate login-required - The user must sign in.
 * @cssstate consent - The card is shown.
 * @cssstate submitting - The decision is being sent.
 * @cssstate redirecting - The page is navigating away.
 * @cssstate returned - An app was opened by its own URL scheme, and the page is still open.
 * @cssstate failed - A call has failed; the user can try again.
 * @cssstate answered - The request was already decided.
 * @cssstate expired - The request has expired.
 * @cssstate invalid - The request is invalid.
 * @cssstate framed - The page is inside a frame, where it does nothing.
 * @cssstate unsafe-address - The backend sent an address that must not be opened.
 * @cssstate confirm-logout - The user can sign out or stay.
 * @cssstate signing-out - That decision is being sent.
 * @cssstate signed-out - The user is signed out.
 * @cssstate kept-signed-in - The user stays signed in.
 * @cssstate logout-unsupported - There is no sign-out here.
 */
export abstract class CountersignElement extends Properties {
  readonly #internals: ElementInternals | undefined;
  #tree: ShadowRoot | this | undefined;
  #scheduled = false;
  /** Whether it has all properties that it starts with; undefined if nothing waits for them yet. */
  #isSet: boolean | undefined;
  #running: Running | undefined;
  #errorScreen: HTMLElement | undefined;
  #outline: HTMLElement | undefined;
  #appliedTokens: Tokens | undefined;
  #withTexts!: WithTexts;
  #adopted: { by: Document | ShadowRoot; release: () => void } | undefined;
  #release: (() => void)[] = [];
  #state = '';

  /** Whether the realm is `b2b`. */
  protected abstract readonly b2b: boolean;

  constructor() {
    super();
    this.#internals = this.attachInternals?.();
    // A page's own tag, with whatever was set before the element was defined.
    if (this.isConnected) this.#isSet = true;
  }

  connectedCallback(): void { this.#schedule(); }
  disconnectedCallback(): void { this.#schedule(); }
  attributeChangedCallback(name: string): void {
    // Who holds it back says when it has everything.
    if (name === 'hold') this.#isSet = true;
    this.#schedule();
  }

  protected override changed(): void { this.#schedule(); }

  /** Handles all changes of one task together. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#settle();
    });
  }

  /** Lets frameworks set properties that come after the element, as Angular does, and effects. */
  #awaitProperties(): void {
    if (this.#isSet === false) return;
    this.#isSet = false;
    afterFrame(() => {
      if (this.#isSet) return;
      this.#isSet = true;
      this.#schedule();
    });
  }

  #settle(): void {
    if (!this.isConnected) return this.#end();
    if (this.hasAttribute('hold')) return undefined;
    if (!this.#isSet) return this.#awaitProperties();
    let current: Settings;
    try {
      current = settings(this.b2b, this as unknown as CurrentSettings);
    } catch (error) {
      this.#end();
      this.#withTexts = loadTexts(quietly(() => this.locale), quietly(() => ({ ...this.messages })));
      const { message, cause } = error as SettingError;
      return this.#fail('misconfigured', { code: 'setting_invalid', error: message, cause });
    }
    const path = identity(current);
    if (this.#running && this.#running.identity !== path) this.#end();
    if (this.#running) {
      this.#prepare();
      this.#update(this.#running, current);
    } else {
      this.#start(path, current);
    }
    diagnose(this, {});
    return this.#applyAppearance();
  }

  /** Loads the WebAssembly, and shows the outline meanwhile. */
  #start(path: string, current: Settings): void {
    this.#withTexts = loadTexts(current.locale, current.messages);
    const scripted = this.preview;
    if (!scripted && !globalThis.WebAssembly) return this.#unsupported();
    const program = scripted?.preview.program ?? programOf(current['stytch'] ? 'stytch' : 'widget');
    if (program.guard.stopped) return this.#stop(program);
    this.#clear();
    const bridge = new Bridge(this, () => this.currentSettings());
    // It may still arrive, and then takes the place of the message.
    const late = setTimeout(() => this.#fail('unavailable', { code: 'wasm_unavailable', error: 'timed_out' }), LATE);
    const running: Running = { program, bridge, identity: path, settings: current, sent: [], late };
    this.#running = running;
    this.#release.push(program.guard.onStopped(() => this.#stop(program)));
    this.#prepare();
    // What a server rendered stays until the widget has its card.
    if (!this.#root()) this.#outline = this.#append(outline(this.#withTexts));
    this.#setState('loading');
    bridge.startEarly(current);
    program.load().then(
      () => { if (this.#running === running) this.#mount(running); },
      (cause: unknown) => {
        if (this.#running !== running) return;
        this.#end();
        this.#fail(isOld() ? 'unsupported' : 'unavailable', { code: 'wasm_unavailable', cause });
      },
    );
    return undefined;
  }

  #mount(running: Running): void {
    const { program, bridge, settings: current } = running;
    if (program.guard.stopped) return this.#stop(program);
    running.sent = sent(current);
    const before = this.#outline;
    this.#clear();
    running.number = program.glue.mount(this.#tree as Node, current, bridge);
    this.#applyAppearance();
    const root = this.#root();
    // As in a test's window, which is none for the WebAssembly.
    if (!root) return this.#unsupported();
    this.#addSlots(root);
    if (before) continueFrom(before, root);
    const observer = new MutationObserver(() => this.#setState(root.dataset['state'] ?? ''));
    observer.observe(root, own({ attributeFilter: ['data-state'] }));
    this.#release.push(() => observer.disconnect());
    return this.#setState(root.dataset['state'] ?? '');
  }

  /** Sends changed messages and tokens to the running widget. */
  #update(running: Running, current: Settings): void {
    running.settings = current;
    if (running.number === undefined) return;
    const [messages, token] = running.sent;
    running.sent = sent(current);
    running.program.glue.update(running.number, {
      messages: messages === running.sent[0] ? undefined : (current.messages ?? {}),
      token: token === running.sent[1] ? undefined : current.token,
    });
  }

  /** Creates the tree of the widget and adopts the style sheets. */
  #prepare(): ShadowRoot | this {
    if (!this.#tree) {
      this.#tree = this.hasAttribute('light-dom') ? this : (this.answer && this.shadowRoot) || this.attachShadow(own<ShadowRootInit>({ mode: 'open' }));
      if (isOld()) this.#withTexts((texts) => this.#tree?.prepend(oldBrowser(texts)));
    }
    const by = this.#tree === this ? (this.getRootNode() as Document | ShadowRoot) : (this.#tree as ShadowRoot);
    if (this.#adopted?.by !== by) {
      this.#adopted?.release();
      this.#adopted = { by, release: adopt(by) };
    }
    return this.#tree;
  }

  #append(screen: HTMLElement): HTMLElement {
    this.#prepare().append(screen);
    this.#addSlots(screen);
    return screen;
  }

  #addSlots(widget: HTMLElement): void {
    if (this.#tree !== this && !widget.querySelector('slot')) addSlots(widget);
  }

  #root(): HTMLElement | null {
    return this.#tree?.querySelector<HTMLElement>('.countersign') ?? null;
  }

  #applyAppearance(): void {
    const root = this.#root();
    try {
      const current = this.currentSettings();
      if (root) applyAppearance(root, current, this.#appliedTokens);
      this.#appliedTokens = current.tokens;
    } catch {
      // A setting is invalid, and the screen says so with its standard look.
    }
  }

  /** Removes the screens without the widget. */
  #clear(): void {
    clearTimeout(this.#running?.late);
    this.#outline?.remove();
    this.#outline = undefined;
    this.#errorScreen?.remove();
    this.#errorScreen = undefined;
  }

  #unsupported(): void {
    this.#fail('unsupported', { code: 'wasm_unavailable', error: 'unsupported' });
  }

  #fail(state: ErrorState, detail: CountersignErrorDetail): void {
    this.#clear();
    const onPress = () => {
      if (state !== 'unavailable') return location.reload();
      this.#running?.program.giveUp();
      this.#end();
      return this.#settle();
    };
    // The card of a server is a form, which needs no program.
    if (!this.#root()) this.#errorScreen = this.#append(errorScreen(state, this.#withTexts, onPress));
    this.#applyAppearance();
    this.#setState(state);
    fail(this, detail);
  }

  /** Ends a widget whose WebAssembly has stopped. It cannot remove its own nodes. */
  #stop({ guard }: Loaded): void {
    this.#end();
    this.#tree?.replaceChildren();
    this.#fail('stopped', { code: 'stopped', cause: guard.stopped?.cause });
  }

  /** Ends the widget with its calls, nodes and listeners. */
  #end(): void {
    this.#clear();
    const running = this.#running;
    this.#running = undefined;
    if (running?.number !== undefined) running.program.glue.unmount(running.number);
    running?.bridge.end();
    for (const release of this.#release.splice(0)) release();
    this.#adopted?.release();
    this.#adopted = undefined;
    this.#appliedTokens = undefined;
    this.#setState('');
  }

  /** Sets the custom state for style sheets, such as `:state(consent)`. */
  #setState(state: string): void {
    const states = this.#internals?.states;
    if (state === this.#state || !states) return;
    states.delete(this.#state);
    this.#state = state;
    if (!state) return;
    try {
      states.add(state);
    } catch {
      // Before Chrome 125 the name of a state had to begin with two dashes. Only style sheets depend on it.
    }
  }
}

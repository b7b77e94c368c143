/** What both elements are: attributes and properties in, one widget inside, events out. */

import { errorOf } from '../events.js';
import type { Tokens } from '../options.js';
import { programOf, type Program } from '../wasm/program.js';
import { Host } from './host.js';
import { Properties } from './properties.js';
import { speech, type Speak } from './language.js';
import { dress, goOn, outline, slots, trouble, type Trouble } from './screens.js';
import { identity, SettingError, settings, type Settings } from './settings.js';
import { adopt } from './styles.js';

/** A widget that was started, and what it was started with. */
interface Running {
  program: Program;
  host: Host;
  identity: string;
  /** What is set: what it begins with, though more may be set while a host holds it. */
  wanted: Settings;
  /** The rest, as it was told last. */
  told: string;
  /** Its number; none as long as the WebAssembly is on its way. */
  number?: number;
}

/**
 * The element behind `countersign-identity-provider` and `countersign-b2b-identity-provider`. It starts in a microtask after it is connected and not
 * while `hold` is present, stays as it is when it is moved, and ends in a microtask after it was removed.
 *
 * @attr {string} api-base - Where the countersign API is; `/countersign` by default.
 * @attr {string} login-url - Your login page; `/login` by default.
 * @attr {string} return-to-param - The parameter that carries the way back; `return_to` by default.
 * @attr {'auto' | 'authorize' | 'logout'} flow - What the page is. `auto`: the authorization endpoint's, or with Stytch either by its address.
 * @attr {string} lang - Your page's language (BCP 47): after what the request asks for, before what the browser is set to.
 * @attr {string} site-name - What your site calls itself, where the backend does not say.
 * @attr {string} logo - Your logo, beside the client's: an address that the page's policy allows.
 * @attr {'system' | 'light' | 'dark'} theme - Light, dark, or as the user's system has it.
 * @attr {'auto' | 'regular' | 'compact'} layout - How much room the card takes. `auto`: compact where the request asks for a popup.
 * @attr {string} stytch-public-token - A project at Stytch, in the place of the countersign API.
 * @attr {boolean} light-dom - Puts the card into the page's own tree. Read once, as the element starts.
 * @attr {boolean} hold - Nothing starts as long as it is there, for hosts that have properties to set.
 *
 * @fires {CountersignEvent} countersign-event - Something happened: `detail.type` says what. Bubbles, composed.
 * @fires {CountersignErrorEvent} countersign-error - Something failed: `detail.code` says what; the user reads it on the screen. Bubbles, composed.
 *
 * @slot header - Above the card, as wide as it. Not in light DOM.
 * @slot footer - Below it.
 *
 * @csspart root - The widget.
 * @csspart card - The card.
 * @csspart parties - The two marks at the top: client and site.
 * @csspart host-mark - The site's own mark: its logo, or a keyhole.
 * @csspart heading - The heading.
 * @csspart standing - How the site knows the client.
 * @csspart description - What the client says of itself.
 * @csspart caution - What is unusual about the request.
 * @csspart account - Who is signed in, and for which organization.
 * @csspart picker - The choice of an organization.
 * @csspart manifest - What is asked, in the host's words.
 * @csspart scopes - What is asked.
 * @csspart read-only-toggle - The box that leaves out what goes beyond reading.
 * @csspart offline-access - Access that lasts while the user is away.
 * @csspart resources - The servers it is for.
 * @csspart details - Authorization details.
 * @csspart not-grantable - What this account cannot grant.
 * @csspart notice - What holds besides, such as an approval that is needed.
 * @csspart destination - Where the user goes next.
 * @csspart remember - The box that has the answer remembered.
 * @csspart actions - The buttons together.
 * @csspart button - Every button.
 * @csspart allow - Allow.
 * @csspart deny - Deny.
 * @csspart request-approval - Ask an administrator.
 * @csspart sign-out - Sign out.
 * @csspart stay - Stay signed in.
 * @csspart legal - The client's home page, terms and privacy.
 *
 * @cssstate loading - The WebAssembly is on its way.
 * @cssstate unavailable - It did not come; the user can try again.
 * @cssstate stopped - It stopped; the user can load the page again.
 * @cssstate misconfigured - A setting is wrong.
 * @cssstate attesting - A trusted auth token is awaited or exchanged.
 * @cssstate starting - The backend is asked.
 * @cssstate login-required - The user has to sign in.
 * @cssstate consent - The user is asked.
 * @cssstate submitting - The decision is on its way.
 * @cssstate redirecting - The page is being left.
 * @cssstate returned - An app's own address was opened, and the page is still here.
 * @cssstate failed - Something failed; the user can try again.
 * @cssstate answered - The request was answered already.
 * @cssstate expired - The request took too long.
 * @cssstate invalid - The request cannot be used.
 * @cssstate framed - The page is inside another one, and asks nothing.
 * @cssstate unsafe-address - The backend named an address that is not opened.
 * @cssstate confirm-logout - The user is asked whether to sign out.
 * @cssstate signing-out - The answer to that is on its way.
 * @cssstate signed-out - The user is signed out.
 * @cssstate kept-signed-in - The user stays signed in.
 */
export abstract class CountersignElement extends Properties {
  readonly #internals: ElementInternals | undefined;
  #tree: ShadowRoot | this | undefined;
  #scheduled = false;
  #running: Running | undefined;
  #trouble: HTMLElement | undefined;
  #wait: HTMLElement | undefined;
  #dressed: Tokens | undefined;
  #speak!: Speak;
  #adopted: { by: Document | ShadowRoot; release: () => void } | undefined;
  #release: (() => void)[] = [];
  #state = '';

  /** Whom the element serves. */
  protected abstract readonly b2b: boolean;

  constructor() {
    super();
    this.#internals = this.attachInternals?.();
  }

  connectedCallback(): void { this.#schedule(); }
  disconnectedCallback(): void { this.#schedule(); }
  attributeChangedCallback(): void { this.#schedule(); }

  protected override changed(): void { this.#schedule(); }

  /** Several changes of one moment are one. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#settle();
    });
  }

  #settle(): void {
    if (!this.isConnected) return this.#end();
    if (this.hasAttribute('hold')) return undefined;
    let wanted: Settings;
    try {
      wanted = settings(this.b2b, this.given());
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      this.#end();
      this.#speak = speech(this.locale, this.messages);
      return this.#fail('misconfigured', { code: 'setting_invalid', error: error.message });
    }
    const own = identity(wanted);
    if (this.#running && this.#running.identity !== own) this.#end();
    if (this.#running) {
      this.#prepare();
      this.#follow(this.#running, wanted);
    } else {
      this.#start(own, wanted);
    }
    return this.#dress();
  }

  /** Brings the WebAssembly, with the outline meanwhile. */
  #start(own: string, wanted: Settings): void {
    const { apiBase, stytch, backend, flow, trusted } = wanted;
    this.#speak = speech(this.locale, this.messages);
    const program = programOf(stytch ? 'stytch' : 'widget');
    if (program.guard.stopped) return this.#stop(program);
    this.#trouble?.remove();
    this.#trouble = undefined;
    const running: Running = { program, host: new Host(this, () => this.given()), identity: own, wanted, told: '' };
    this.#running = running;
    this.#release.push(program.guard.onStopped(() => this.#stop(program)));
    this.#wait = this.#put(outline(this.#speak));
    this.#show('loading');
    if (!stytch && !backend && !trusted && flow !== 'logout') running.host.ahead(apiBase ?? '/countersign', this.b2b ? 'b2b' : 'consumer');
    program.load().then(
      () => { if (this.#running === running) this.#mount(running); },
      (cause: unknown) => {
        if (this.#running !== running) return;
        this.#end();
        this.#fail('unavailable', { code: 'wasm_unavailable', cause });
      },
    );
    return undefined;
  }

  #mount(running: Running): void {
    const { program, wanted } = running;
    if (program.guard.stopped) return this.#stop(program);
    running.told = JSON.stringify([wanted.messages, wanted.token]);
    const wait = this.#wait;
    wait?.remove();
    this.#wait = undefined;
    running.number = program.glue.mount(this.#tree as Node, wanted, running.host);
    this.#dress();
    const root = this.#root();
    if (!root) return undefined;
    this.#frame(root);
    // The widget begins with the outline of its own, in English: nothing jumps, and nothing is said twice.
    if (wait) goOn(root, wait);
    const watched = new MutationObserver(() => this.#show(root.dataset['state'] ?? ''));
    watched.observe(root, { attributeFilter: ['data-state'] });
    this.#release.push(() => watched.disconnect());
    return this.#show(root.dataset['state'] ?? '');
  }

  /** What has changed reaches the widget while it is at work. */
  #follow(running: Running, wanted: Settings): void {
    running.wanted = wanted;
    if (running.number === undefined) return;
    const told = JSON.stringify([wanted.messages, wanted.token]);
    if (told === running.told) return;
    const [messages, token] = JSON.parse(running.told) as [unknown, unknown];
    const differs = (was: unknown, is: unknown) => JSON.stringify(was ?? null) !== JSON.stringify(is ?? null);
    running.told = told;
    running.program.glue.update(running.number, {
      messages: differs(messages, wanted.messages) ? (wanted.messages ?? {}) : undefined,
      token: differs(token, wanted.token) ? wanted.token : undefined,
    });
  }

  /** The tree that the widget is put into, with its style sheet. */
  #prepare(): ShadowRoot | this {
    if (!this.#tree) this.#tree = this.hasAttribute('light-dom') ? this : this.attachShadow({ mode: 'open' });
    const by = this.#tree === this ? (this.getRootNode() as Document | ShadowRoot) : (this.#tree as ShadowRoot);
    if (this.#adopted?.by !== by) {
      this.#adopted?.release();
      this.#adopted = { by, release: adopt(by) };
    }
    return this.#tree;
  }

  /** Puts a screen of our own into the tree. */
  #put(screen: HTMLElement): HTMLElement {
    this.#prepare().append(screen);
    this.#frame(screen);
    return screen;
  }

  #frame(widget: HTMLElement): void {
    if (this.#tree !== this) slots(widget);
  }

  #root(): HTMLElement | null {
    return this.#tree?.querySelector<HTMLElement>('.countersign') ?? null;
  }

  #dress(): void {
    const root = this.#root();
    if (root) dress(root, this, this.#dressed);
    this.#dressed = this.tokens;
  }

  #fail(state: Trouble, detail: Parameters<typeof errorOf>[0]): void {
    this.#trouble?.remove();
    this.#trouble = this.#put(trouble(state, this.#speak, () => (state === 'stopped' ? location.reload() : this.#settle())));
    this.#dress();
    this.#show(state);
    this.dispatchEvent(errorOf(detail));
  }

  /** The WebAssembly has stopped, and this widget with it: its nodes go without it. */
  #stop({ guard }: Program): void {
    this.#end();
    this.#tree?.replaceChildren();
    this.#fail('stopped', { code: 'stopped', cause: guard.stopped?.cause });
  }

  /** Ends what there is: its calls, its nodes, its listeners. */
  #end(): void {
    const running = this.#running;
    this.#running = undefined;
    if (running?.number !== undefined) running.program.glue.unmount(running.number);
    running?.host.end();
    for (const release of this.#release.splice(0)) release();
    this.#adopted?.release();
    this.#adopted = undefined;
    this.#wait?.remove();
    this.#wait = undefined;
    this.#trouble?.remove();
    this.#trouble = undefined;
    this.#dressed = undefined;
    this.#show('');
  }

  /** The widget's state, for style sheets: `:state(consent)`. */
  #show(state: string): void {
    const states = this.#internals?.states;
    if (state === this.#state || !states) return;
    states.delete(this.#state);
    this.#state = state;
    if (!state) return;
    try {
      states.add(state);
    } catch {
      // Before Chrome 125 a state had to begin with two dashes. Nothing depends on it but style sheets.
    }
  }
}

/** The scripted backend: it answers from a list, and does what a user would do. */

import type {
  Backend, CallContext, LogoutOutcome, LogoutStartRequest, LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest,
} from '../api.js';
import type { Previewed } from '../element/preview.js';
import { responseOf, resultOf, type Answer } from './answers.js';
import { callOf, Play, type Navigation, type ScriptedCall } from './play.js';
import { previewProgram } from './preview/program.js';
import type { Scene } from './scenes.js';

let count = 0;

const isScene = (part: Scene | Answer): part is Scene => typeof part === 'object' && 'acts' in part;

/**
 * A backend for tests, stories and previews. Its answers are a list. A call beyond the list is answered as the last card suggests: Allow
 * leads back to the client. Without a card it waits for {@link ScriptedBackend.answer}.
 *
 * As the setting `preview` it draws what it answers, and nothing else happens: no call, no navigation, no form.
 */
export class ScriptedBackend implements Backend, Previewed {
  readonly #play: Play;
  /** @internal What the element takes of it. */
  readonly preview: Previewed['preview'];

  constructor(...script: (Scene | Answer)[]) {
    const answers = script.flatMap((it) => (isScene(it) ? [...it.answers] : [it]));
    this.#play = new Play(script.find(isScene), answers);
    this.preview = { id: `preview-${count += 1}`, program: previewProgram(this.#play) };
  }

  /** The scene that is played. */
  get scene(): Scene | undefined { return this.#play.scene; }
  /** The calls, in order. */
  get calls(): readonly ScriptedCall[] { return this.#play.calls; }
  /** Where the page would have gone, in order. Only in a preview. */
  get navigations(): readonly Navigation[] { return this.#play.navigations; }
  /** The state of the element, such as `consent`; empty while no element shows this backend. Only in a preview. */
  get state(): string { return this.#play.state; }

  /** Gives the next call its answer. A call that waits gets it at once. */
  answer(answer: Answer): this {
    this.#play.answer(answer);
    return this;
  }

  start(request: StartRequest, context?: CallContext): Promise<Outcome> {
    return this.#result({ method: 'start', request }, context) as Promise<Outcome>;
  }

  submit(request: SubmitRequest, context?: CallContext): Promise<Outcome> {
    return this.#result({ method: 'submit', request, idempotencyKey: context?.idempotencyKey }, context) as Promise<Outcome>;
  }

  logoutStart(request: LogoutStartRequest, context?: CallContext): Promise<LogoutOutcome> {
    return this.#result({ method: 'logoutStart', request }, context) as Promise<LogoutOutcome>;
  }

  logoutSubmit(request: LogoutSubmitRequest, context?: CallContext): Promise<LogoutOutcome> {
    return this.#result({ method: 'logoutSubmit', request }, context) as Promise<LogoutOutcome>;
  }

  /**
   * The API's response to a call, for MSW and other interceptors:
   * `http.post('/countersign/*', ({ request }) => backend.respond(request))`.
   */
  async respond(request: Request): Promise<Response> {
    const call = callOf(new URL(request.url).pathname, await request.json(), request.headers.get('idempotency-key') ?? undefined);
    return call ? responseOf(await this.#play.settle(call)) : new Response(null, { status: 404 });
  }

  /** The user allows what is ticked. */
  allow(): Promise<void> { return this.#play.perform('allow'); }
  /** The user denies. */
  deny(): Promise<void> { return this.#play.perform('deny'); }
  /** The user asks the administrators for approval. */
  requestApproval(): Promise<void> { return this.#play.perform('request-approval'); }
  /** The user ticks or unticks a scope. */
  toggle(scope: string): Promise<void> { return this.#play.perform({ scope }); }
  /** The user chooses an organization. */
  choose(organization: string): Promise<void> { return this.#play.perform({ organization }); }
  /** The user goes to the login page for another account. */
  switchAccount(): Promise<void> { return this.#play.perform('switch-account'); }
  /** The user tries again. */
  retry(): Promise<void> { return this.#play.perform('retry'); }
  /** The user signs out. */
  signOut(): Promise<void> { return this.#play.perform('sign-out'); }
  /** The user stays signed in. */
  stay(): Promise<void> { return this.#play.perform('stay'); }
  /** Time passes: whatever the page waits for has not come. */
  wait(): Promise<void> { return this.#play.wait(); }

  /** Waits until the scene stands: everything that its user does is done. */
  async ended(): Promise<void> {
    await this.until(this.scene?.state ?? this.state);
    await this.#play.acted;
  }

  /** Waits until the element is in this state. */
  async until(state: string): Promise<void> {
    await this.#play.when(() => this.state === state || undefined, `"${state}"`);
  }

  async #result(call: ScriptedCall, context: CallContext | undefined): Promise<Outcome | LogoutOutcome> {
    const signal = context?.signal;
    const aborted = new Promise<never>((_, reject) => { signal?.addEventListener('abort', () => reject(signal.reason as Error)); });
    return resultOf(await Promise.race([this.#play.settle(call), aborted]));
  }
}

/** A scripted backend for a scene, or for these answers. */
export const scripted = (...script: (Scene | Answer)[]): ScriptedBackend => new ScriptedBackend(...script);

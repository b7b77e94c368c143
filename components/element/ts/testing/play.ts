/** A script at play: the answers, the calls, and the stage that shows what comes of them. */

import type { ConsentOutcome, LogoutOutcome, LogoutStartRequest, LogoutSubmitRequest, Outcome, StartRequest, SubmitRequest } from '../api.js';
import { replyOf, type Answer, type Fault } from './answers.js';
import type { Player } from './preview/program.js';
import type { Gesture, Stage } from './preview/stage.js';
import { restOf } from './rest.js';
import type { Act, Scene } from './scenes.js';

/** A call of the widget. */
export type ScriptedCall =
  | { method: 'start'; request: StartRequest }
  | { method: 'submit'; request: SubmitRequest; idempotencyKey: string | undefined }
  | { method: 'logoutStart'; request: LogoutStartRequest }
  | { method: 'logoutSubmit'; request: LogoutSubmitRequest };

/** Where the page would have gone. */
export interface Navigation {
  url: string;
  /** The fields of a form that would have been posted. */
  fields?: Record<string, string>;
}

/** An answer that comes. */
export type Settled = Outcome | LogoutOutcome | Fault;

/** How long the user waits for what the page does not offer yet, in milliseconds. */
const PATIENCE = 2000;
const OFTEN = 10;
// A test may set other timers later.
const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;

const METHODS = { '/authorize/start': 'start', '/authorize/submit': 'submit', '/logout/start': 'logoutStart', '/logout/submit': 'logoutSubmit' } as const;

/** A call of the API, by the end of its path. */
export function callOf(path: string, request: unknown, idempotencyKey: string | undefined): ScriptedCall | undefined {
  const method = Object.entries(METHODS).find(([end]) => path.endsWith(end))?.[1];
  return method && { method, request, ...(method === 'submit' && { idempotencyKey }) } as ScriptedCall;
}

/** A task of its own. */
const soon = () => new Promise((resolve) => { setTimeout(resolve, 0); });

export class Play implements Player {
  readonly calls: ScriptedCall[] = [];
  readonly navigations: Navigation[] = [];
  readonly scene: Scene | undefined;
  readonly #script: Answer[];
  #next = 0;
  #card: ConsentOutcome | undefined;
  readonly #waiting: ((answer: Settled) => void)[] = [];
  #stage: Stage | undefined;
  /** Settles when the scene stands. */
  acted: Promise<void> = Promise.resolve();

  constructor(scene: Scene | undefined, script: Answer[]) {
    this.scene = scene;
    this.#script = script;
    this.#card = scene?.consent;
  }

  get state(): string { return this.#stage?.state ?? ''; }

  /** Gives the next call its answer, or the one that waits. */
  answer(answer: Answer): void {
    const waits = answer !== 'never' && this.#waiting.shift();
    if (waits) waits(answer);
    else this.#script.push(answer);
  }

  /** Keeps the call and finds its answer. */
  async settle(call: ScriptedCall): Promise<Settled> {
    this.calls.push(call);
    const answer = this.#script[this.#next] ?? restOf(call, this.#card);
    this.#next += 1;
    const settled = answer === undefined || answer === 'never' ? await new Promise<Settled>((resolve) => { this.#waiting.push(resolve); }) : answer;
    if ('outcome' in settled && settled.outcome === 'consent') this.#card = settled;
    return settled;
  }

  /** The user does this, as soon as the page offers it. */
  async perform(gesture: Gesture): Promise<void> {
    const what = typeof gesture === 'string' ? `"${gesture}"` : Object.entries(gesture).map(([kind, name]) => `the ${kind} "${name}"`).join();
    await this.when(() => this.#stage?.perform(gesture) || undefined, what);
    // What it has caused comes first.
    await soon();
  }

  /** The time passes that the page waits. */
  async wait(): Promise<void> {
    const stage = await this.when(() => this.#stage, 'time');
    // What is on its way arrives first.
    await soon();
    stage.wait();
    await soon();
  }

  /** Waits until `look` finds something. It looks again and again: that a press would count is nowhere to be seen. */
  when<Of>(look: () => Of | undefined, what: string): Promise<Of> {
    return new Promise((resolve, reject) => {
      const end = () => {
        clearTimeout(late);
        clearInterval(looking);
      };
      const again = () => {
        const found = look();
        if (found === undefined) return;
        end();
        resolve(found);
      };
      const late = setTimeout(() => {
        end();
        const why = this.#stage ? `The element does not offer ${what}: its state is "${this.state}".` : 'No element shows this backend: is it the setting "preview" of one?';
        reject(new Error(why));
      }, PATIENCE);
      const looking = setInterval(again, OFTEN);
      again();
    });
  }

  leave(navigation: Navigation): void { this.navigations.push(navigation); }

  async reply(url: string, body: unknown, idempotencyKey: string | undefined) {
    const call = callOf(url, body, idempotencyKey);
    return replyOf(call ? await this.settle(call) : { fault: 'unreachable' });
  }

  placeOf(thing: Exclude<Gesture, string>): number {
    if (!this.#card) return -1;
    if ('scope' in thing) return this.#card.scopes.findIndex((it) => it.scope === thing.scope);
    return this.#card.organizations.findIndex((it) => it.organization_id === thing.organization);
  }

  /** An element begins to show the script, from its beginning. */
  open(stage: Stage): void {
    this.#stage = stage;
    this.#next = 0;
    this.#card = this.scene?.consent;
    this.#waiting.length = 0;
    this.acted = this.#act(stage, this.scene?.acts ?? []);
  }

  close(stage: Stage): void {
    if (this.#stage === stage) this.#stage = undefined;
  }


  async #act(stage: Stage, acts: readonly Act[]): Promise<void> {
    // The widget reads the request in a task of its own, which begins a moment later.
    await soon();
    await soon();
    for (const act of acts) {
      const place = act.startsWith('toggle') ? Number(act.split(' ')[1]) : undefined;
      const scope = place === undefined ? undefined : this.scene?.consent.scopes[place]?.scope;
      const done = act === 'wait' ? this.wait() : this.perform(scope === undefined ? act as Gesture : { scope });
      // Whoever takes the element away ends the scene.
      await done.catch(() => {});
      if (this.#stage !== stage) return;
    }
  }
}

/** The JavaScript side of a preview's widget. Events and texts are the element's; calls go to the scripted backend alone. */

import type { Bridge } from '../../element/bridge.js';
import { NO_REPLY, type Reply } from '../../element/http.js';
import type { CountersignErrorCode, CountersignErrorDetail } from '../../events.js';
import { quietly } from '../../element/own.js';
import type { Scene } from '../scenes.js';
import type { Navigation } from '../play.js';

/** What answers the calls of a preview, and hears where it would go. */
export interface Host {
  readonly scene: Scene | undefined;
  leave(navigation: Navigation): void;
  reply(url: string, body: unknown, idempotencyKey: string | undefined): Promise<Reply>;
}

/** What the widget calls. */
export type Called = Omit<{ [Name in keyof Bridge]: Bridge[Name] }, 'startEarly' | 'end' | 'fail'>;

/** The name and the value of each header in turn. */
function header(namesAndValues: string[], name: string): string | undefined {
  const at = namesAndValues.indexOf(name);
  return at < 0 ? undefined : namesAndValues[at + 1];
}

export class PreviewBridge implements Called {
  readonly #host: Host;
  readonly #element: Bridge;
  readonly #given = new Map<number, (reply: Reply) => void>();
  #reply = NO_REPLY;

  constructor(host: Host, element: Bridge) {
    this.#host = host;
    this.#element = element;
  }

  tell: Bridge['tell'] = (name, code, error, requestId, scopes, leftOut) => {
    if (name === 'failed') this.#element.fail(this.#failure(code, error, requestId));
    else this.#element.tell(name, code, error, requestId, scopes, leftOut);
  };

  manifest: Bridge['manifest'] = (scopes, clientName, locale) => this.#element.manifest(scopes, clientName, locale);
  detail: Bridge['detail'] = (json, locale) => this.#element.detail(json, locale);
  texts: Bridge['texts'] = (language) => this.#element.texts(language);
  page = (): undefined => undefined;
  login = (url: string): void => this.#host.leave({ url });

  async call(number: number, _method: string, url: string, namesAndValues: string[], body: string | undefined): Promise<Reply> {
    const given = new Promise<Reply>((resolve) => this.#given.set(number, resolve));
    this.#reply = NO_REPLY;
    const reply = this.#host.reply(url, JSON.parse(body ?? 'null'), header(namesAndValues, 'Idempotency-Key'));
    this.#reply = await Promise.race([reply, given]);
    this.#given.delete(number);
    return this.#reply;
  }

  giveUp(number: number): void {
    this.#given.get(number)?.(NO_REPLY);
  }

  #failure(code: CountersignErrorCode, error: string, requestId: string): CountersignErrorDetail {
    const [status, body] = this.#reply;
    const path = code === 'answer_malformed' && error.split(':')[0];
    const detail = quietly(() => status >= 400 && (JSON.parse(body) as { detail?: string }).detail);
    return Object.fromEntries(Object.entries({ code, error, requestId, status, path, detail }).filter(([, it]) => it)) as unknown as CountersignErrorDetail;
  }
}

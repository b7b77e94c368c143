/** The JavaScript side of a widget: methods that the WebAssembly calls. None of them throws, and every promise is fulfilled. */

import { BackendError, type AuthorizationDetail, type Backend, type CallContext, type LoginReason } from '../api.js';
import { eventOf, type CountersignErrorCode, type CountersignErrorDetail, type CountersignEventDetail, type CountersignEventType } from '../events.js';
import type { LoginHandOff } from '../options.js';
import { diagnose, fail, type Debugged } from './diagnose.js';
import { sendEarly, type TakeEarly } from './early-start.js';
import { errorReply, JSON_TYPE, NO_REPLY, send, type Call, type Reply } from './http.js';
import { loadLanguageFile } from './language.js';
import { sections } from './manifest.js';
import { member, pick, quietly } from './own.js';
import { callPage } from './page.js';
import type { CurrentSettings, Settings } from './settings.js';
import type { KnownProject } from '../react/stytch/client.js';

type Method = 'start' | 'submit' | 'logoutStart' | 'logoutSubmit';

const METHODS: Record<string, Method> = {
  '/authorize/start': 'start',
  '/authorize/submit': 'submit',
  '/logout/start': 'logoutStart',
  '/logout/submit': 'logoutSubmit',
};

const isStatus = (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 400 && (value as number) <= 599;
/** Checked by shape, because a page may load the package twice. */
const isBackendError = (error: unknown): error is BackendError => (
  error instanceof Error && error.name === 'BackendError' && isStatus((error as BackendError).status)
);

/** The `started` event of the page's request. */
function started(): CountersignEventDetail {
  const query = new URLSearchParams(location.search);
  const parameter = (name: string) => query.get(name) ?? '';
  return { type: 'started', data: { client_id: parameter('client_id'), redirect_uri: parameter('redirect_uri'), scope: parameter('scope') } };
}

/** Connects one widget to its element and to the network. */
export class Bridge {
  readonly #element: Debugged;
  readonly #currentSettings: () => CurrentSettings;
  readonly #calls = new Map<number, AbortController>();
  #takeEarly: TakeEarly | undefined;
  /** The last error thrown by a method of the backend, for the error event that follows. */
  #thrown: unknown;
  /** The reply to the last call. */
  #reply = NO_REPLY;

  constructor(element: Debugged, currentSettings: () => CurrentSettings) {
    this.#element = element;
    this.#currentSettings = currentSettings;
  }

  tell(
    name: CountersignEventType | 'failed', code: CountersignErrorCode, error: string, requestId: string, scopes: number, leftOut: number,
  ): void {
    if (name === 'failed') {
      const [status, body] = this.#reply;
      const path = code === 'answer_malformed' && error.split(':')[0];
      // Stytch's API has a name of its own for it.
      const said = quietly(() => JSON.parse(body) as { detail?: string; error_message?: string } | null);
      const detail = status >= 400 && (said?.detail ?? said?.error_message);
      const all = { code, error, requestId, status, path, detail, cause: this.#thrown };
      this.#thrown = undefined;
      this.fail(Object.fromEntries(Object.entries(all).filter(([, it]) => it)) as unknown as CountersignErrorDetail);
      return;
    }
    const data = name === 'allowed' ? { scopes, left_out: leftOut } : {};
    this.#element.dispatchEvent(eventOf(name === 'started' ? started() : { type: name, data } as CountersignEventDetail));
  }

  fail(detail: CountersignErrorDetail): void {
    fail(this.#element, detail);
  }

  manifest(scopes: string[], clientName: string, locale: string): object[] {
    try {
      const manifest = this.#currentSettings().getConsentManifest?.({ scopes, clientName, locale });
      diagnose(this.#element, { manifest, scopes });
      return manifest === undefined ? [] : sections(manifest);
    } catch (cause) {
      // The card then shows the backend's texts.
      this.fail({ code: 'setting_invalid', error: 'getConsentManifest', cause });
      return [];
    }
  }

  detail(json: string, locale: string): string[] | undefined {
    const detail = JSON.parse(json) as AuthorizationDetail;
    const { detailRenderers } = this.#currentSettings();
    // The client chooses the type, so it may be "constructor".
    if (!detailRenderers || !Object.hasOwn(detailRenderers, detail.type)) return undefined;
    try {
      const { title, lines } = pick(detailRenderers[detail.type]!(detail, { locale }), 'title', 'lines');
      const texts = [title, ...lines.flatMap(([label, text]) => [label, text])];
      if (!texts.every((it) => typeof it === 'string')) throw new TypeError('title and lines: must be texts');
      return texts;
    } catch (cause) {
      // The card then lists the detail's members.
      this.fail({ code: 'setting_invalid', error: `detailRenderers.${detail.type}`, cause });
      return undefined;
    }
  }

  async texts(language: string): Promise<string | undefined> {
    try {
      return await loadLanguageFile(language);
    } catch (cause) {
      // The card stays English.
      this.fail({ code: 'messages_unavailable', error: language, cause });
      return undefined;
    }
  }

  login(url: string): void {
    try {
      const { onLogin, returnToParam = 'return_to' } = this.#currentSettings();
      const query = new URL(url).searchParams;
      const parameter = (name: string) => query.get(name) ?? undefined;
      const handOff: LoginHandOff = { url, returnTo: parameter(returnToParam) ?? '', reason: parameter('reason') as LoginReason };
      const optional = { loginHint: parameter('login_hint'), uiLocales: parameter('ui_locales'), acrValues: parameter('acr_values') };
      onLogin?.(Object.assign(handOff, JSON.parse(JSON.stringify(optional))));
    } catch (cause) {
      this.fail({ code: 'setting_invalid', error: 'onLogin', cause });
      // The user must get to the login page in any case.
      location.replace(url);
    }
  }

  /** Sends the first calls while the WebAssembly loads. */
  startEarly(settings: Settings): void {
    this.#takeEarly = sendEarly(settings, this.#send);
  }

  readonly #send = (call: Call, signal: AbortSignal): Promise<Reply> => {
    const { stytch } = this.#currentSettings();
    const sending = () => send(call, signal);
    return (stytch && member(stytch, 'through') as KnownProject['through'])?.(call.url, sending) ?? sending();
  };

  async call(number: number, method: string, url: string, namesAndValues: string[], body: string | undefined): Promise<Reply> {
    const headers: Record<string, string> = {};
    for (let at = 0; at < namesAndValues.length; at += 2) headers[namesAndValues[at] as string] = namesAndValues[at + 1] as string;
    const call = { method, url, body, headers };
    const early = this.#takeEarly?.(call);
    const controller = early?.controller ?? new AbortController();
    this.#calls.set(number, controller);
    const { signal } = controller;
    const aborted = new Promise<Reply>((resolve) => signal.addEventListener('abort', () => resolve(NO_REPLY)));
    const { backend } = this.#currentSettings();
    const reply = Object.hasOwn(METHODS, url) && backend
      ? this.#callBackend(METHODS[url] as Method, JSON.parse(body ?? '') as never, { signal, idempotencyKey: headers['Idempotency-Key'] })
      : early?.reply ?? this.#send(call, signal);
    const replied = Promise.race([reply, aborted]);
    this.#reply = NO_REPLY;
    diagnose(this.#element, { call: { method, url, reply: replied } });
    try {
      return (this.#reply = await replied);
    } finally {
      this.#calls.delete(number);
    }
  }

  async #callBackend(method: Method, body: never, context: CallContext): Promise<Reply> {
    this.#thrown = undefined;
    try {
      const backend = this.#currentSettings().backend as Backend;
      const call = member(backend, method) as Backend['start'] | undefined;
      if (!call) throw new BackendError({ status: 501 }, `backend.${method}: missing`);
      return [200, JSON.stringify(await call.call(backend, body, context)) ?? 'null', JSON_TYPE];
    } catch (error) {
      if (!context.signal.aborted) this.#thrown = error;
      if (isBackendError(error)) return errorReply(error);
      // As `fetch` throws if there is no network. Anything else is a fault of the backend itself.
      return error instanceof TypeError || error instanceof DOMException ? NO_REPLY : [500, ''];
    }
  }

  page(name: string, argument: string): string | number | undefined {
    return callPage(name, argument);
  }

  giveUp(number: number): void {
    this.#calls.get(number)?.abort();
  }

  /** Aborts every call. */
  end(): void {
    this.#takeEarly?.();
    for (const controller of [...this.#calls.values()]) controller.abort();
  }
}

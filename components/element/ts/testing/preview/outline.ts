/**
 * The outline of the card as a stage, where there is no WebAssembly. It has the widget's states, calls and events for a backend that
 * answers as the API says; `tests/testing/` plays every scene on both.
 */

import type { ConsentOutcome, LogoutOutcome, Outcome } from '../../api.js';
import type { Reply } from '../../element/http.js';
import { outline } from '../../element/screens.js';
import type { Settings } from '../../element/settings.js';
import type { CountersignErrorCode } from '../../events.js';
import { Selection } from './selection.js';
import type { PreviewBridge } from './bridge.js';
import { failureOf, isSafe } from './failures.js';
import type { Gesture, Stage } from './stage.js';
import type { Scene } from '../scenes.js';

/** What the stage says to its backend. */
export interface Audience {
  readonly scene: Scene | undefined;
  leave(navigation: { url: string; fields?: Record<string, string> }): void;
}

type Call = '/authorize/start' | '/authorize/submit' | '/logout/start' | '/logout/submit';

const STATUS = 'Checking the request…';

export class OutlineStage implements Stage {
  readonly root: HTMLElement;
  readonly #settings: Settings;
  readonly #bridge: PreviewBridge;
  readonly #audience: Audience;
  #card: ConsentOutcome | undefined;
  #selection: Selection | undefined;
  #login: { transaction?: string } | undefined;
  #logout: string | undefined;
  #retry: (() => void) | undefined;
  #later: (() => void) | undefined;
  #calls = 0;
  #ended = false;

  constructor(parent: Node, settings: Settings, bridge: PreviewBridge, audience: Audience) {
    this.#settings = settings;
    this.#bridge = bridge;
    this.#audience = audience;
    this.root = outline((show) => show({ outline_status: STATUS, lang: settings.locale ?? 'en' } as Parameters<typeof show>[0]));
    this.root.dataset['state'] = 'starting';
    parent.appendChild(this.root);
  }

  get state(): string { return this.root.dataset['state'] ?? ''; }

  get #realm(): string { return this.#settings.b2b ? 'b2b' : 'consumer'; }

  end(): void {
    this.#ended = true;
    this.root.remove();
  }

  wait(): void {
    const later = this.#later;
    this.#later = undefined;
    later?.();
  }

  /** Reads the request and makes the first call, like the widget. */
  start(): void {
    const { scene } = this.#audience;
    if (scene?.framed) return this.#become('framed');
    const realm = this.#realm;
    if (this.#settings.flow === 'logout') return this.#call('/logout/start', { realm, query: '' });
    const query = scene ? scene.query : 'client_id=preview';
    const parameters = new URLSearchParams(query);
    const isNamed = parameters.has('client_id') || parameters.has('transaction');
    if (!isNamed) return this.#fails('invalid', 'parameter_missing', 'client_id');
    this.#event('started');
    if (this.#settings['trusted']) {
      this.#later = () => this.#fails('failed', 'trusted_token_refused');
      return this.#become('attesting');
    }
    return this.#call('/authorize/start', { realm, query });
  }

  perform(gesture: Gesture): boolean {
    if (typeof gesture === 'object') {
      return this.state === 'consent' && ('scope' in gesture ? Boolean(this.#selection?.toggle(gesture.scope)) : this.#choose(gesture.organization));
    }
    switch (gesture) {
      case 'allow': return this.state === 'consent' && Boolean(this.#selection?.canAllow) && this.#decide('allow');
      case 'request-approval': return this.state === 'consent' && this.#card?.organization?.approval === 'offered' && this.#decide('request_approval');
      case 'deny': return (this.state === 'consent' || Boolean(this.#login?.transaction && this.state === 'login-required')) && this.#decide('deny');
      case 'switch-account': return this.state === 'consent' && this.#goToLogin('select_account', this.#card?.transaction);
      case 'retry': return this.state === 'failed' && this.#again();
      default: return this.state === 'confirm-logout' && this.#end(gesture === 'stay' ? 'stay' : 'sign_out');
    }
  }

  #choose(id: string): boolean {
    const { transaction, organization, organizations = [] } = this.#card ?? {};
    const isOffered = organizations.some((it) => it.organization_id === id && it.status !== 'blocked');
    if (!transaction || !isOffered || organization?.organization_id === id) return false;
    this.#become('starting');
    this.#call('/authorize/start', { realm: this.#realm, transaction, organization_id: id });
    return true;
  }

  #decide(decision: 'allow' | 'deny' | 'request_approval'): true {
    const card = this.state === 'consent' ? this.#card : undefined;
    const organization_id = card?.organization?.organization_id;
    const allowed = decision === 'allow' && card;
    const details = allowed && allowed.authorization_details.length ? { authorization_details: allowed.authorization_details } : {};
    const remember = allowed && allowed.remember === 'choice' ? { remember: false } : {};
    this.#become('submitting');
    this.#call('/authorize/submit', {
      transaction: card?.transaction ?? this.#login?.transaction, version: card?.version, decision,
      scopes: allowed ? this.#selection?.granted : [], ...details, organization_id, ...remember,
    }, card, decision);
    return true;
  }

  #end(decision: 'sign_out' | 'stay'): true {
    this.#become('signing-out');
    this.#call('/logout/submit', { logout: this.#logout, decision });
    return true;
  }

  #again(): boolean {
    this.#become('starting');
    this.#retry?.();
    return true;
  }

  #goToLogin(reason: string, transaction: string | undefined): true {
    this.#login = { ...(transaction && { transaction }) };
    this.#become('login-required');
    this.#event('login_required');
    this.#audience.leave({ url: `${new URL(this.#settings['loginUrl'] as string | null ?? '/login', 'https://id.harbor.example').href}?reason=${reason}` });
    return true;
  }

  #call(url: Call, body: object, from?: ConsentOutcome, decision?: string): void {
    const number = (this.#calls += 1);
    const key = url === '/authorize/submit' ? ['Idempotency-Key', `preview-${number}`] : [];
    if (url.endsWith('start')) this.#retry = () => this.#call(url, body);
    this.#later = () => {
      this.#bridge.giveUp(number);
      this.#calls += 1;
      this.#fail('timed_out', from, url);
    };
    void this.#bridge.call(number, 'POST', url, key, JSON.stringify(body)).then((reply) => {
      if (this.#ended || number !== this.#calls) return;
      this.#later = undefined;
      this.#read(reply, url, from, decision);
    });
  }

  #read([status, body]: Reply, url: Call, from: ConsentOutcome | undefined, decision: string | undefined): void {
    if (status === 200) return this.#show(JSON.parse(body) as Outcome | LogoutOutcome, from, decision);
    const problem = (body ? JSON.parse(body) : {}) as { no_cookies?: true; request_id?: string };
    return this.#fail(failureOf(status, problem.no_cookies), from, url, problem.request_id);
  }

  #fail(code: CountersignErrorCode, from: ConsentOutcome | undefined, url: Call, requestId?: string): void {
    if (code === 'already_answered') return this.#fails('answered', code, '', requestId);
    if (code === 'expired') return this.#fails('expired', code, '', requestId);
    if (url === '/logout/submit') return this.#fails('confirm-logout', code, '', requestId);
    // The user stays where the decision was made.
    if (from && code !== 'no_cookies') return this.#fails('consent', code, '', requestId);
    return this.#fails('failed', code, '', requestId);
  }

  #show(outcome: Outcome | LogoutOutcome, from: ConsentOutcome | undefined, decision: string | undefined): void {
    switch (outcome.outcome) {
      case 'consent': return this.#consent(outcome);
      case 'redirect': return this.#leave({ url: outcome.redirect_uri }, Boolean(outcome.native), from, decision);
      case 'post': return this.#leave({ url: outcome.action, fields: outcome.fields as Record<string, string> }, false, from, decision);
      case 'login': return this.#signIn(outcome);
      case 'error': return this.#fails('invalid', 'request_refused', outcome.error, outcome.request_id);
      case 'confirm': this.#logout = outcome.logout; return this.#become('confirm-logout');
      case 'signed_out': this.#become('signed-out'); return this.#event('signed_out');
      case 'stayed': return this.#become('kept-signed-in');
      default: return this.#become('logout-unsupported');
    }
  }

  #consent(card: ConsentOutcome): void {
    if (!isSafe(card.redirect_uri, card.client.native)) return this.#fails('unsafe-address', 'address_scheme');
    this.#card = card;
    this.#selection = new Selection(card);
    this.#become('consent');
    return this.#event('consent_shown');
  }

  #signIn({ reason, transaction, attempt }: Extract<Outcome, { outcome: 'login' }>): void {
    // Signing in again and again does not help: the user is asked.
    if (attempt !== undefined && attempt >= 3) {
      this.#login = { ...(transaction && { transaction }) };
      this.#become('login-required');
      return this.#event('login_required');
    }
    this.#goToLogin(reason, transaction);
    return undefined;
  }

  #leave(to: { url: string; fields?: Record<string, string> }, native: boolean, from: ConsentOutcome | undefined, decision: string | undefined): void {
    if (!isSafe(to.url, native)) return this.#fails('unsafe-address', 'address_scheme');
    const granted = decision === 'allow' && from ? this.#selection?.granted.length ?? 0 : undefined;
    this.#become('redirecting');
    if (granted !== undefined) this.#event('allowed', granted, (from?.scopes.length ?? 0) - granted);
    this.#event(decision === 'deny' ? 'denied' : 'redirecting');
    this.#audience.leave(to);
    if (!/^https?:/.test(to.url)) this.#later = () => this.#become('returned');
    return undefined;
  }

  #fails(state: string, code: CountersignErrorCode, error = '', requestId = ''): void {
    this.#become(state);
    this.#bridge.tell('failed', code, error, requestId, 0, 0);
  }

  #event(name: Parameters<PreviewBridge['tell']>[0], scopes = 0, leftOut = 0): void {
    this.#bridge.tell(name, '' as CountersignErrorCode, '', '', scopes, leftOut);
  }

  #become(state: string): void {
    this.root.dataset['state'] = state;
  }
}

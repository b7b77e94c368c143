/** The gallery's scenes: every screen of the widget as data. */

import type { Client, ConsentOutcome, LogoutOutcome, Outcome } from '../api.js';
import { data, type ClientName, type SceneLanguage, type SceneName } from '../generated/scenes.js';
import type { Answer, Fault, FaultName } from './answers.js';
import { completed, type RawScope, type Texts } from './texts.js';

export type { ClientName, SceneLanguage, SceneName } from '../generated/scenes.js';

/** What the user does in a scene, or `wait`: time passes. */
export type Act = 'allow' | 'deny' | 'sign-out' | 'stay' | 'switch-account' | 'wait' | `toggle ${number}`;

/** A screen of the widget, and how it comes about. */
export interface Scene {
  name: SceneName;
  /** The heading in the gallery. */
  group: string;
  title: string;
  /** The state in which the scene stands, such as `consent`. */
  state: string;
  realm: 'consumer' | 'b2b';
  flow: 'authorize' | 'logout';
  /** The query of the page. */
  query: string;
  /** Whether the page has a name of its own. */
  siteName: string | undefined;
  /** Whether the page is inside a frame, as the widget sees it. */
  framed: boolean;
  /** Whether the page waits for a trusted auth token. */
  awaitsToken: boolean;
  /** The answers to the calls, in order. */
  answers: readonly Answer[];
  /** What happens then. */
  acts: readonly Act[];
  /** The card of the scene: what an answer beyond the list is made of. */
  consent: ConsentOutcome;
}

/** A client as the card shows it, and where it sends its users. */
export interface SceneClient {
  title: string;
  redirect_uri: string;
  client: Client;
}

interface RawFault { fault: string; request_id?: string; decision?: 'allow' | 'deny'; client?: true }
type RawAnswer = string | RawFault | Outcome | LogoutOutcome;
type RawCard = Omit<ConsentOutcome, 'scopes'> & { scopes: RawScope[] };
interface RawScene {
  name: SceneName; group: string; title: string; state: string; realm?: 'b2b'; query?: string; unnamed?: true; framed?: true;
  token?: true | RawFault; start?: RawAnswer; then?: RawAnswer[]; logout?: RawAnswer[]; do?: Act[]; consent?: Partial<RawCard>;
}
const raw = data as {
  texts: Record<SceneLanguage, Texts>; consent: RawCard; clients: Record<ClientName, SceneClient>; scenes: Record<SceneName, RawScene>;
};

/** The clients, by name. */
export const clients: Readonly<Record<ClientName, SceneClient>> = raw.clients;

const NAMES: Record<string, FaultName> = { cookies: 'no_cookies', setup: 'cross_origin' };
const HOME = { name: 'Photo Printer', client_uri: 'https://photo-printer.example/' };
const ADA = { sub: 'account-ada', name: 'Ada Lovelace', email: 'ada@example.com' };
const GRACE = { sub: 'account-grace', name: 'Grace Hopper', email: 'grace@example.com' };

/** The way back to the client of a card. */
export const redirectOf = ({ redirect_uri: address, client: { native } }: ConsentOutcome, parameter = ''): Outcome => ({
  outcome: 'redirect', redirect_uri: `${address}${parameter && (address.includes('?') ? '&' : '?')}${parameter}`, native,
});

function faultOf({ fault, request_id, decision, client }: RawFault): Fault | 'never' {
  // A call that takes too long: the scene lets the time pass.
  if (fault === 'slow') return 'never';
  return { fault: NAMES[fault] ?? fault as FaultName, ...(request_id && { request_id }), ...(decision && { decision }), ...(client && { client: HOME }) };
}

function answerOf(given: RawAnswer, consent: ConsentOutcome): Answer {
  if (given === 'redirect') return redirectOf(consent);
  if (given === 'other-account') return { ...consent, version: 'V2', account: GRACE };
  if (given === 'confirm') return { outcome: 'confirm', logout: 'L1', client: consent.client, expires_at: consent.expires_at, account: ADA };
  if (typeof given === 'string') return 'never';
  return 'fault' in given ? faultOf(given) : given;
}

const isSlow = (answer: RawAnswer | true | undefined) => typeof answer === 'object' && 'fault' in answer && /slow|token/.test(answer.fault);

/** What a scene can be played with. */
export interface SceneOptions {
  /** Who asks; default `verified`. */
  client?: ClientName;
  /** The language of the backend's own texts; default `en`. That of the card is the element's. */
  language?: SceneLanguage;
}

/** A scene by its name. */
export function scene(name: SceneName, { client = 'verified', language = 'en' }: SceneOptions = {}): Scene {
  const { realm = 'consumer', query, unnamed, framed, token, start, then = [], logout, do: acts = [], consent: more, ...named } = raw.scenes[name];
  const { title: _, ...asking } = clients[client];
  const card = { ...raw.consent, ...asking, ...more };
  const consent: ConsentOutcome = { ...card, scopes: completed(card.scopes, raw.texts[language] ?? raw.texts.en) };
  const answers = logout ?? (token ? [] : [start ?? consent, ...then]);
  return {
    ...named,
    realm,
    flow: logout ? 'logout' : 'authorize',
    query: logout ? '' : query ?? 'client_id=gallery',
    siteName: unnamed ? undefined : 'Harbor',
    framed: Boolean(framed),
    awaitsToken: Boolean(token),
    answers: answers.map((it) => answerOf(it, consent)),
    acts: isSlow(token) || isSlow(start) ? [...acts, 'wait'] : acts,
    consent,
  };
}

/** The names of all scenes, in the order of the gallery. */
export const sceneNames = Object.keys(raw.scenes) as SceneName[];

/** All scenes by name, with a client that the site has verified. */
export const scenes = Object.fromEntries(sceneNames.map((name) => [name, scene(name)])) as Readonly<Record<SceneName, Scene>>;

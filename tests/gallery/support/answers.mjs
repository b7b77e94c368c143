// What a server gets in a scene of the gallery, as examples/demo/src/bin/gallery/script.rs makes it: the answer, and what its page says
// besides. `null` for a scene that is no answer.
import { hostile as corpus, read, texts } from './gallery.mjs';

const data = read('examples/demo/gallery.json');
const STANDARD = ['openid', 'profile', 'email', 'offline_access'];
const PLAIN = { client_id: 'printer', name: 'Photo Printer', party: 'third', registration: 'dynamic', verified: false, native: false };
const HOME = { name: 'Photo Printer', client_uri: 'https://photo-printer.example/' };
const GRACE = { sub: 'account-grace', name: 'Grace Hopper', email: 'grace@example.com' };
const ADA = { sub: 'account-ada', name: 'Ada Lovelace', email: 'ada@example.com' };

/** The responses of a backend that fails, by the gallery's names. The others are none. */
const PROBLEMS = {
  answered: { status: 409, code: 'already_answered' },
  expired: { status: 410, code: 'expired' },
  cookies: { status: 410, code: 'expired', no_cookies: true },
  setup: { status: 403, code: 'cross_origin_call' },
  busy: { status: 503, code: 'unavailable', retry_after: 12 },
  server: { status: 500, code: 'server_error' },
};

const filesOf = (language) => [read(`examples/authorization-server/fixtures/texts/${language}.json`), read(`examples/demo/texts/${language}.json`)];

/** The site's texts for what a scene does not say itself. */
function completed(scopes, language) {
  const files = filesOf(language);
  const find = (section, name) => files.map((file) => file[section]?.[name]).find((found) => found !== undefined);
  return scopes.map((entry) => {
    const own = typeof entry === 'string' ? { scope: entry } : entry;
    const said = STANDARD.includes(own.scope) ? {} : find('scopes', own.scope);
    const scope = { grantable: true, required: own.scope === 'openid', granted: false, sensitive: false, ...said, ...own };
    for (const [member, section] of [['group', 'groups'], ['reason', 'reasons']]) {
      const text = scope[member] && find(section, scope[member]);
      if (text) scope[member] = text;
    }
    return scope;
  });
}

const lists = {
  few: data.few,
  many: data.many.map((name, place) => ({ organization_id: `o${place}`, name, status: 'allowed' })),
};

/** A value with the members of its objects by name, in which order the gallery's program, unlike a browser, reads them. */
function byName(value) {
  if (Array.isArray(value)) return value.map(byName);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, member]) => [name, byName(member)]));
}

function cardOf(scene, client, language, hostile) {
  const card = { ...data.consent, client: client.client, redirect_uri: client.redirect_uri, ...scene.consent };
  if (card.organizations === 'many') [card.organization] = lists.many;
  if (typeof card.organizations === 'string') card.organizations = lists[card.organizations];
  if (hostile !== undefined) {
    const attacker = corpus[hostile];
    card.client = { ...PLAIN, ...attacker.client };
    card.redirect_uri = attacker.redirect_uri ?? 'https://printer.example/cb';
  }
  return { ...card, scopes: completed(card.scopes, language), authorization_details: byName(card.authorization_details) };
}

function problemOf({ fault, decision, client, request_id }) {
  const problem = PROBLEMS[fault];
  return problem ? { ...problem, ...(decision && { decision }), ...(client && { client: HOME }), ...(request_id && { request_id }) } : null;
}

/** What is answered to a decision, or `null`. */
function decidedOf({ do: [decision], then: [next] }, card, { client, redirect_uri }) {
  const answers = {
    redirect: { outcome: 'redirect', redirect_uri, native: client.native },
    'other-account': { ...card, version: 'V2', account: GRACE },
  };
  const answer = typeof next === 'string' ? answers[next] : problemOf(next);
  return answer ? { decision, answer } : null;
}

/** The answer of a scene, and what came of a decision if there is one; `null` if no answer makes the scene. */
function answersOf(scene, card, client) {
  if (scene.logout) {
    const last = scene.logout.at(-1);
    const confirmed = { outcome: 'confirm', logout: 'L1', client: client.client, expires_at: 32503680000, account: ADA };
    return typeof last === 'object' || last === 'confirm' ? { answer: last === 'confirm' ? confirmed : last } : null;
  }
  const acts = scene.do ?? [];
  const toggled = acts.map((act) => act.match(/^toggle (\d+)$/)?.[1]);
  // A server that shows a card again says itself what was unticked on it.
  const start = scene.start ?? { ...card, scopes: card.scopes.map((scope, place) => (toggled.includes(String(place)) ? { ...scope, unticked: true } : scope)) };
  if (typeof start === 'string' || scene.token || scene.framed || scene.query || scene.words) return null;
  const answer = start.fault ? problemOf(start) : start;
  if (!answer || toggled.every(Boolean)) return answer && { answer };
  const submitted = acts.length === 1 && scene.then ? decidedOf(scene, card, client) : null;
  return submitted && { answer, submitted };
}

/** The texts of a language, with the site's words for authorization details, as the gallery has them. */
function textsOf(language) {
  if (language === 'en') return {};
  const words = filesOf(language).flatMap((file) => Object.entries(file.words ?? {})).map(([name, text]) => `|${name}=${text}`);
  const said = texts(language);
  return { ...said, consent_detail_words: said.consent_detail_words + words.join('') };
}

/**
 * The input of `countersign/render` for a scene, or `null` if there is none.
 *
 * @param {object} scene of examples/demo/gallery.json
 * @param {{language?: string, client?: string, hostile?: number}} how the language, the client by its name, or a hostile one by its number
 */
export function inputOf(scene, { language = 'en', client: name = 'verified', hostile } = {}) {
  const client = data.clients[name];
  const answers = answersOf(scene, cardOf(scene, client, language, hostile), client);
  return answers && {
    ...answers,
    language,
    texts: textsOf(language),
    realm: scene.realm ?? 'consumer',
    flow: scene.logout ? 'logout' : 'authorize',
    host: 'id.harbor.example',
    siteName: scene.unnamed ? undefined : 'Harbor',
  };
}

// What a server gets in a scene of the gallery, as examples/demo/src/bin/gallery/script.rs makes it: the answer, and what its page says
// besides. `null` for a scene that is no answer.
import { hostile as corpus, read, texts } from './gallery.mjs';

const data = read('examples/demo/gallery.json');
const STANDARD = ['openid', 'profile', 'email', 'offline_access'];
const PLAIN = { client_id: 'printer', name: 'Photo Printer', party: 'third', registration: 'dynamic', verified: false, native: false };
const HOME = { name: 'Photo Printer', client_uri: 'https://photo-printer.example/' };
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

function cardOf(scene, client, language, hostile) {
  const card = { ...data.consent, client: client.client, redirect_uri: client.redirect_uri, ...scene.consent };
  if (card.organizations === 'many') [card.organization] = lists.many;
  if (typeof card.organizations === 'string') card.organizations = lists[card.organizations];
  if (hostile !== undefined) {
    const attacker = corpus[hostile];
    card.client = { ...PLAIN, ...attacker.client };
    card.redirect_uri = attacker.redirect_uri ?? 'https://printer.example/cb';
  }
  return { ...card, scopes: completed(card.scopes, language) };
}

function problemOf({ fault, decision, client, request_id }) {
  const problem = PROBLEMS[fault];
  return problem ? { ...problem, ...(decision && { decision }), ...(client && { client: HOME }), ...(request_id && { request_id }) } : null;
}

function answerOf(scene, card, client) {
  const toggled = (scene.do ?? []).map((act) => act.match(/^toggle (\d+)$/)?.[1]);
  if (scene.logout) {
    const last = scene.logout.at(-1);
    return last === 'confirm' ? { outcome: 'confirm', logout: 'L1', client: client.client, expires_at: 32503680000, account: ADA } : last;
  }
  // A server that shows a card again says itself what was unticked on it.
  const start = scene.start ?? { ...card, scopes: card.scopes.map((scope, place) => (toggled.includes(String(place)) ? { ...scope, unticked: true } : scope)) };
  const isAnswer = typeof start !== 'string' && !scene.token && !scene.framed && !scene.query && !scene.words && toggled.every(Boolean);
  if (!isAnswer) return null;
  return start.fault ? problemOf(start) : start;
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
  const answer = answerOf(scene, cardOf(scene, client, language, hostile), client);
  return answer && typeof answer === 'object' ? {
    answer,
    language,
    texts: textsOf(language),
    realm: scene.realm ?? 'consumer',
    flow: scene.logout ? 'logout' : 'authorize',
    host: 'id.harbor.example',
    siteName: scene.unnamed ? undefined : 'Harbor',
  } : null;
}

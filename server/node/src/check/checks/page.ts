/** Profile page: the authorization endpoint for browsers. */
import { type Browser, expect, outcome } from '../browser.ts';
import type { Check } from '../check.ts';
import { type Trial, isAt, locationOf } from '../trial.ts';
import { answersOf } from './answers.ts';
import { files } from './page/files.ts';

const BACKEND = 'docs/backend.md';
const HEADERS = 'docs/security-headers.md';
const SENT = 'Send these with every page that carries the widget';
const NONE = '`prompt=none` is answered with a 303 and never by rendering the page.';
const STORED = '`POST` stores the request and answers 303 to `?transaction=ID`.';

const pathOf = (trial: Trial) => trial.site.page!.path;
const pageOf = (trial: Trial, query = '') => trial.browser().fetch(`${pathOf(trial)}?${query}`, { headers: { accept: 'text/html' } });

/** The directives of a policy, by name. */
function policyOf(text: string | null): Map<string, string> {
  const parts = (text ?? '').split(';').map((one) => one.trim()).filter(Boolean);
  return new Map(parts.map((one) => {
    const [name = '', ...values] = one.split(/\s+/);
    return [name.toLowerCase(), values.join(' ')];
  }));
}

const FRAMING = ['frame-ancestors'];

async function compare(trial: Trial, wanted: Readonly<Record<string, string>>): Promise<void> {
  const { headers } = await pageOf(trial);
  const given = policyOf(headers.get('content-security-policy'));
  for (const [name, value] of Object.entries(wanted)) {
    const own = trial.site.page!.policy[name] ?? value;
    expect(given.get(name) === own, `The directive ${name} must be "${own}", and is "${given.get(name)}".`);
  }
}

/** A POST of the page as another site makes it: a form, without the browser's cookies. The answer can set some. */
function post(trial: Trial, browser = trial.browser()): Promise<Response> {
  return browser.fetch(pathOf(trial), {
    method: 'POST',
    body: trial.request().query,
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: 'https://client.example', cookie: '' },
  });
}

interface Stored {
  readonly browser: Browser;
  /** Where the answer leads. */
  readonly address: URL;
  readonly transaction: string;
}

/** A request that came by POST from a browser in which the first account is signed in. */
async function stored(trial: Trial): Promise<Stored> {
  const browser = await trial.signedIn();
  const address = locationOf(await post(trial, browser), new URL(pathOf(trial), trial.outlet.origin));
  const transaction = address.searchParams.get('transaction');
  expect(transaction, 'The redirect after a POST must have a transaction.');
  return { browser, address, transaction };
}

const silent = (trial: Trial, more = {}) => trial.request({ ...trial.site.parameters, ...more, prompt: 'none' });

export const page: readonly Check[] = [
  {
    id: 'page.html',
    title: 'GET gives the page, as HTML.',
    says: '`GET` returns the page with the widget.',
    from: BACKEND,
    fix: 'Serve the page at the authorization endpoint, for every query: the widget finds out what the query is.',
    async run(trial) {
      const response = await pageOf(trial, trial.request().query);
      const type = response.headers.get('content-type') ?? '';
      expect(response.status === 200 && /^text\/html\b/i.test(type), `The page answered ${response.status} with "${type}".`);
    },
  },
  ...files,
  {
    id: 'page.framing',
    title: 'No other page can frame it.',
    says: 'The framing headers do not work in a `<meta>` element.',
    from: HEADERS,
    fix: 'Send X-Frame-Options: DENY and the directive frame-ancestors \'none\' as headers.',
    async run(trial) {
      const { headers } = await pageOf(trial);
      expect(headers.get('x-frame-options') === 'DENY', `X-Frame-Options must be DENY, and is ${headers.get('x-frame-options')}.`);
      await compare(trial, Object.fromEntries(FRAMING.map((name) => [name, trial.contract.pageHeaders.policy[name]!])));
    },
  },
  {
    id: 'page.policy',
    title: 'The page has the Content-Security-Policy.',
    says: SENT,
    from: HEADERS,
    fix: 'Send the policy of docs/security-headers.md. If a directive of yours has to differ, put it into `page.policy` of the config.',
    async run(trial) {
      const { policy } = trial.contract.pageHeaders;
      await compare(trial, Object.fromEntries(Object.entries(policy).filter(([name]) => !FRAMING.includes(name))));
    },
  },
  {
    id: 'page.headers',
    title: 'The page has the other headers.',
    says: SENT,
    from: HEADERS,
    fix: 'Send every header of docs/security-headers.md with its value.',
    async run(trial) {
      const { headers } = await pageOf(trial);
      const { 'X-Frame-Options': framing, ...wanted } = trial.contract.pageHeaders.headers;
      const https = trial.outlet.origin.startsWith('https:') ? trial.contract.pageHeaders.https : {};
      for (const [name, value] of Object.entries({ ...wanted, ...https })) {
        expect(headers.get(name) === value, `${name} must be "${value}", and is "${headers.get(name)}".`);
      }
    },
  },
  {
    id: 'page.opener',
    title: 'The page stays connected to the client that opened it in a popup.',
    says: 'Never send `Cross-Origin-Opener-Policy`: it cuts the connection to clients that open you in a popup.',
    from: HEADERS,
    fix: 'Take Cross-Origin-Opener-Policy out of the headers of this page; frameworks and their security middleware add it.',
    async run(trial) {
      const value = (await pageOf(trial)).headers.get('cross-origin-opener-policy');
      expect(value === null || value === 'unsafe-none', `Cross-Origin-Opener-Policy is ${value}.`);
    },
  },
  {
    id: 'page.cookies',
    title: 'The cookies of page and API cannot be read by scripts or sent by other sites.',
    says: 'On https, give them the prefix `__Host-` with `Secure`, `Path=/` and no `Domain`, and `HttpOnly` and `SameSite=Lax`: a page on a sibling host can then neither set nor read them.',
    from: HEADERS,
    fix: 'Set every cookie with HttpOnly and SameSite=Lax, and on https with Secure and the prefix __Host-.',
    async run(trial) {
      const browser = trial.browser();
      await browser.fetch(`${pathOf(trial)}?${trial.request().query}`);
      await browser.start(trial.request().query);
      const wanted = [/;\s*httponly/i, /;\s*samesite=(lax|strict)/i, ...(trial.outlet.origin.startsWith('https:') ? [/;\s*secure/i, /^__Host-/] : [])];
      const wrong = browser.lines.find((line) => !wanted.every((one) => one.test(line)));
      expect(wrong === undefined, `A cookie is set as ${wrong?.replace(/=[^;]*/, '=…')}.`);
    },
  },
  {
    id: 'page.silent',
    title: 'With prompt=none and nobody signed in, the client gets login_required by a 303.',
    says: NONE,
    from: BACKEND,
    fix: 'Answer `prompt=none` before the page is sent: 303 to the client with `error=login_required` and `state`.',
    async run(trial) {
      const request = silent(trial, { state: 'a silent one' });
      const response = await pageOf(trial, request.query);
      expect(response.status === 303, `It must be 303, and is ${response.status}.`);
      const address = locationOf(response, trial.outlet.origin);
      const [error, state] = [address.searchParams.get('error'), address.searchParams.get('state')];
      expect(isAt(address, new URL(request.client.redirect_uri)), `It leads to ${address.origin}${address.pathname}.`);
      expect(error === 'login_required' && state === request.state, `It has error=${error} and state=${state}.`);
    },
  },
  {
    id: 'page.silent-signed-in',
    title: 'With prompt=none and somebody signed in, the client gets its answer by a 303.',
    says: NONE,
    from: BACKEND,
    fix: 'Answer with a code if consent was given, else with `consent_required` or `interaction_required`. Never render.',
    async run(trial) {
      const browser = await trial.signedIn();
      const request = silent(trial);
      const response = await browser.fetch(`${pathOf(trial)}?${request.query}`);
      expect(response.status === 303, `It must be 303, and is ${response.status}.`);
      const address = locationOf(response, trial.outlet.origin);
      expect(isAt(address, new URL(request.client.redirect_uri)), `It leads to ${address.origin}${address.pathname}.`);
    },
  },
  {
    id: 'page.silent-nowhere',
    title: 'With prompt=none and an address that is not registered, nobody is redirected there.',
    says: 'Only the server validates it.',
    fix: 'Validate client and address before you answer `prompt=none`; show an error with status 400.',
    async run(trial) {
      const response = await pageOf(trial, silent(trial, { redirect_uri: 'https://evil.example/callback' }).query);
      const location = response.headers.get('location') ?? '';
      expect(!location.startsWith('https://evil.example'), 'The page redirects to an address that is not registered.');
      expect(response.status >= 400 && response.status < 500, `It must be an error page with a status of 400, and is ${response.status}.`);
    },
  },
  {
    id: 'page.post',
    title: 'A POST is stored and answered with a 303 to the page.',
    says: STORED,
    from: BACKEND,
    fix: 'Take the request from the form, store it, and answer 303 (not 302 or 307) to your own page with `?transaction=`.',
    async run(trial) {
      const response = await post(trial);
      expect(response.status === 303, `A POST must be answered with 303, and is ${response.status}.`);
      const address = locationOf(response, new URL(pathOf(trial), trial.outlet.origin));
      const own = address.origin === trial.outlet.origin && address.pathname === pathOf(trial) && address.searchParams.has('transaction');
      expect(own, `It must lead to ${pathOf(trial)}?transaction=…, and leads to ${address.origin}${address.pathname}.`);
    },
  },
  {
    id: 'page.post-resume',
    title: 'A request that came by POST goes on in the browser that asks for it.',
    says: STORED,
    from: BACKEND,
    fix: 'A POST of another site carries no cookie: bind the stored request to the first browser that resumes it.',
    async run(trial) {
      const { browser, address, transaction } = await stored(trial);
      await browser.fetch(address);
      outcome(await browser.start({ transaction }), 'consent');
      const { status } = await (await trial.signedIn()).start({ transaction });
      expect(status === 410, `A second browser must get 410, and gets ${status}.`);
    },
  },
  {
    id: 'page.head',
    title: 'HEAD has no effect.',
    says: '`HEAD` answers with the headers of the page, and has no effect.',
    from: BACKEND,
    fix: 'Link scanners send HEAD: do not answer, bind or use up a request for it.',
    async run(trial) {
      const { browser, address, transaction } = await stored(trial);
      const { status } = await (await trial.signedIn()).fetch(address, { method: 'HEAD' });
      expect(status === 200, `HEAD of the page answered ${status}.`);
      await browser.fetch(address);
      const result = await browser.start({ transaction });
      expect(result.status === 200, `After HEAD from elsewhere the request is ${result.status} for its browser.`);
    },
  },
  answersOf('page'),
];

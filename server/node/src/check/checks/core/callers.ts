/** Who may call: the page of the same origin, and nobody else. */
import { type CallOptions, expect, problem } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { Trial } from '../../trial.ts';

const CALLS = ['authorize/start', 'authorize/submit', 'logout/start', 'logout/submit'];

/** A call that would be answered with 200 if its headers were right. */
async function refused(trial: Trial, variants: readonly CallOptions['headers'][]): Promise<void> {
  const { browser, transaction, request } = await trial.open();
  const realm = trial.site.realm;
  for (const headers of variants) {
    problem(await browser.call('authorize/start', { realm, query: request.query }, { headers: headers! }), 403, 'cross_origin_call');
    const body = { transaction, decision: 'deny', scopes: [] };
    const key = { 'idempotency-key': crypto.randomUUID() };
    problem(await browser.call('authorize/submit', body, { headers: { ...key, ...headers } }), 403, 'cross_origin_call');
  }
  const first = variants[0]!;
  problem(await browser.call('logout/start', { realm, query: '' }, { headers: first }), 403, 'cross_origin_call');
  problem(await browser.call('logout/submit', { logout: 'x', decision: 'stay' }, { headers: first }), 403, 'cross_origin_call');
}

/** Origins that differ from the site's in one part. */
function foreignOrigins(origin: string): string[] {
  const { protocol, hostname, host, port } = new URL(origin);
  const other = port === '4499' ? '4498' : '4499';
  return ['https://evil.example', 'null', `${origin}/`, `${protocol}//www.${host}`, `${protocol}//${hostname}:${other}`, `${protocol}//${host}.evil.example`];
}

const FIRST = 'Every call has `X-Countersign: 1` and an exact `Origin`.';

export const callers: readonly Check[] = [
  {
    id: 'core.foreign-origin',
    title: 'A call from another origin is refused.',
    says: FIRST,
    fix: 'Compare the header Origin with your own origin as a whole text, before you read the body. Answer 403 `cross_origin_call` to any other.',
    run: (trial) => refused(trial, foreignOrigins(trial.outlet.origin).map((origin) => ({ origin }))),
  },
  {
    id: 'core.missing-origin',
    title: 'A call without an Origin is refused.',
    says: FIRST,
    fix: 'Treat a missing Origin as a foreign one: browsers always send it with a POST.',
    run: (trial) => refused(trial, [{ origin: null }]),
  },
  {
    id: 'core.missing-header',
    title: 'A call without the header X-Countersign is refused.',
    says: 'Forces a preflight for pages of other origins; a form cannot set it.',
    fix: 'Answer 403 `cross_origin_call` unless X-Countersign is there and is `1`.',
    run: (trial) => refused(trial, [{ 'x-countersign': null }, { 'x-countersign': '' }]),
  },
  {
    id: 'core.media-type',
    title: 'A body that is not declared as JSON is refused.',
    says: '`cross_origin_call`: `X-Countersign`, `Origin` or the media type is missing or wrong.',
    fix: 'Answer 403 to any Content-Type but application/json (parameters such as charset are allowed): a form can send text/plain without a preflight.',
    run: (trial) => refused(trial, ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain; application/json', null].map((type) => ({ 'content-type': type }))),
  },
  {
    id: 'core.json-parameters',
    title: 'A media type with a charset is JSON all the same.',
    says: 'All are JSON over POST, from the origin of the page, with cookies.',
    fix: 'Compare the media type without its parameters and without regard to case.',
    async run(trial) {
      const { query } = trial.request();
      const { status } = await trial.browser().call('authorize/start', { realm: trial.site.realm, query }, { headers: { 'content-type': 'application/json; charset=utf-8' } });
      expect(status === 200, `A call with application/json; charset=utf-8 answered ${status}.`);
    },
  },
  {
    id: 'core.methods',
    title: 'Another method than POST is 405.',
    says: '`malformed_call`: another method than POST.',
    fix: 'Answer 405 to GET, PUT and DELETE on the paths of the API.',
    async run(trial) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        for (const call of method === 'GET' ? CALLS : CALLS.slice(0, 1)) {
          problem(await trial.browser().call(call, {}, { method }), 405, 'malformed_call');
        }
      }
    },
  },
  {
    id: 'core.preflight',
    title: 'A preflight of another origin gets no permission.',
    says: 'There is no CORS.',
    fix: 'Send no Access-Control-Allow-… header on the paths of the API; take them out of your CORS middleware.',
    async run(trial) {
      for (const call of CALLS) {
        const headers = {
          'content-type': null, 'x-countersign': null, origin: 'https://evil.example',
          'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type,x-countersign',
        };
        const result = await trial.browser().call(call, undefined, { method: 'OPTIONS', headers });
        const names = ['access-control-allow-origin', 'access-control-allow-headers', 'access-control-allow-methods'];
        const allowed = names.filter((name) => result.headers.has(name));
        expect(allowed.length === 0, `The preflight of ${call} is answered with ${allowed.join(', ')}.`);
      }
    },
  },
];

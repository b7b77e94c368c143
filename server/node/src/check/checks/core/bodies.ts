/** Bodies: what is not as described is 400, and has no effect. */
import { type Result, expect, outcome, problem } from '../../browser.ts';
import type { Check } from '../../check.ts';
import type { Trial } from '../../trial.ts';

const I_JSON = 'A repeated name, a lone surrogate, a whole number beyond 2^53 - 1 on either side, or values nested deeper than 32 are 400, with the place of the fault.';
const MALFORMED = '`malformed_call`: the body or a header does not match this document.';

/**
 * A denial that is right but for a detail, which a denial ignores. It must be 400, and the request still be open: nothing else
 * in the body can be the reason.
 */
async function refusedDetail(trial: Trial, details: readonly string[]): Promise<void> {
  const { browser, transaction } = await trial.open();
  for (const detail of details) {
    const body = `{"transaction":${JSON.stringify(transaction)},"decision":"deny","scopes":[],"authorization_details":[{"type":"x",${detail}}]}`;
    problem(await browser.submit(body), 400, 'malformed_call');
  }
  outcome(await browser.start({ transaction }), 'login');
}

async function refusedStart(trial: Trial, bodies: readonly unknown[]): Promise<Result[]> {
  const browser = trial.browser();
  const results: Result[] = [];
  for (const body of bodies) {
    const result = await browser.call('authorize/start', body);
    problem(result, 400, 'malformed_call');
    results.push(result);
  }
  return results;
}

const nested = (depth: number, open: string, close: string) => open.repeat(depth) + '1' + close.repeat(depth);

export const bodies: readonly Check[] = [
  {
    id: 'core.not-json',
    title: 'A body that is not JSON, or no object, is 400.',
    says: MALFORMED,
    fix: 'Catch the error of your JSON parser and answer 400 `malformed_call`, not 500 and not an HTML page of your framework.',
    run: async (trial) => { await refusedStart(trial, ['{', '', '[]', 'null', '"text"', '{"realm":"consumer","query":""},']); },
  },
  {
    id: 'core.not-utf8',
    title: 'A body that is not UTF-8 is 400.',
    says: '**Bodies are I-JSON** (RFC 7493), so that all readers agree about them.',
    fix: 'Decode the body strictly (in JavaScript `new TextDecoder("utf-8", { fatal: true })`). A lenient decoder changes what was sent.',
    async run(trial) {
      const { browser, transaction } = await trial.open();
      const [start, end] = [`{"transaction":"${transaction}","decision":"deny","scopes":[],"authorization_details":[{"type":"`, '"}]}'];
      problem(await browser.submit(Buffer.concat([Buffer.from(start), Buffer.from([0xc3, 0x28]), Buffer.from(end)])), 400, 'malformed_call');
    },
  },
  {
    id: 'core.unknown-member',
    title: 'A member that is not described is 400.',
    says: MALFORMED,
    fix: 'Read the body with a schema that has `additionalProperties: false`. Names such as `__proto__` and `constructor` are no exception.',
    async run(trial) {
      const good = { realm: trial.site.realm, query: trial.request().query };
      await refusedStart(trial, [{ ...good, more: true }, { ...good, constructor: 1 }, `${JSON.stringify(good).slice(0, -1)},"__proto__":{}}`]);
    },
  },
  {
    id: 'core.missing-member',
    title: 'A member that is missing, null or of another type is 400.',
    says: MALFORMED,
    fix: 'Check `required` and `type` before you use a value. `null` is not the same as a missing member.',
    async run(trial) {
      const good = { realm: trial.site.realm, query: '' };
      await refusedStart(trial, [{}, { realm: good.realm }, { query: '' }, { ...good, realm: 'other' }, { ...good, query: 1 }, { ...good, query: null }, { ...good, transaction: 'x' }]);
    },
  },
  {
    id: 'core.place',
    title: 'A 400 says where the fault is.',
    says: I_JSON,
    fix: 'Put the path of the member that is wrong into `detail`: `/scopes/1/resource`.',
    async run(trial) {
      const results = await refusedStart(trial, [{ realm: trial.site.realm, transaction: 'a b' }]);
      const [{ answer }] = results as [Result];
      expect(String(answer.detail).includes('/transaction'), `The detail must name /transaction, and is ${JSON.stringify(answer.detail)}.`);
    },
  },
  {
    id: 'core.query-characters',
    title: 'A query with a space, a fragment or a character outside of ASCII is 400.',
    says: 'The raw query of the page\'s address, without the `?`.',
    fix: 'Check `query` by its pattern. Whoever sends such a query did not read it from an address.',
    run: async (trial) => { await refusedStart(trial, ['a b', 'a#b', 'a\nb', 'é'].map((query) => ({ realm: trial.site.realm, query }))); },
  },
  {
    id: 'core.long-query',
    title: 'A query over 32,768 characters is 400.',
    says: 'A server has limits of its own, up to this length.',
    fix: 'Check the length of `query` before you parse it.',
    run: async (trial) => { await refusedStart(trial, [{ realm: trial.site.realm, query: `${trial.request().query}&x=${'x'.repeat(32_768)}` }]); },
  },
  {
    id: 'core.repeated-name',
    title: 'A body that has a name twice is 400.',
    says: I_JSON,
    fix: 'Most parsers keep the last of two members, some the first: use one that reports repeated names.',
    run: (trial) => refusedDetail(trial, ['"y":1,"y":2', '"y":{"z":1,"\\u007a":2}']),
  },
  {
    id: 'core.deep-json',
    title: 'A body that is nested deeper than 32 is 400.',
    says: I_JSON,
    fix: 'Count the depth while you parse, also inside of authorization details. A recursive function over thousands of levels ends the process.',
    run: (trial) => refusedDetail(trial, [`"y":${nested(40, '[', ']')}`, `"y":${nested(4000, '{"y":', '}')}`]),
  },
  {
    id: 'core.lone-surrogate',
    title: 'A body with a lone surrogate is 400.',
    says: I_JSON,
    fix: 'Refuse `\\ud800` without its partner (in JavaScript `text.isWellFormed()`): such a text cannot be written as UTF-8 again.',
    run: (trial) => refusedDetail(trial, ['"y":"\\ud800"', '"\\udfff":1']),
  },
  {
    id: 'core.large-number',
    title: 'A body with a whole number beyond 2^53 - 1 is 400.',
    says: I_JSON,
    fix: 'Refuse numbers that a double cannot hold exactly: what is compared with the card would not be what was sent.',
    run: (trial) => refusedDetail(trial, ['"y":9007199254740993', '"y":-12345678901234567890', '"y":1e999']),
  },
  {
    id: 'core.bad-key',
    title: 'A decision without a good Idempotency-Key is 400.',
    says: 'One for each decision; a retry uses the same.',
    fix: 'Require the header Idempotency-Key: 1 to 128 visible ASCII characters.',
    async run(trial) {
      const { browser, transaction } = await trial.open();
      for (const key of [null, '', 'x'.repeat(129), 'a b']) {
        problem(await browser.submit({ transaction, decision: 'deny', scopes: [] }, key), 400, 'malformed_call');
      }
    },
  },
  {
    id: 'core.version-required',
    title: 'An allow without a version is 400.',
    says: 'Only a `deny` can be without one, since it also works where no card was shown.',
    fix: 'Require `version` for every decision but `deny`.',
    async run(trial) {
      const { browser, card } = await trial.card();
      problem(await browser.allow(card, { version: undefined }), 400, 'malformed_call');
    },
  },
];

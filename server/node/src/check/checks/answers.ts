/** The shape of every answer that the checks of a profile got. These run last. */
import { expect } from '../browser.ts';
import type { Check } from '../check.ts';
import type { Profile } from '../model.ts';
import type { Fault } from '../contract.ts';
import type { Trial } from '../trial.ts';

const DESCRIBED = 'A server sends only the members in this document.';

function none({ faults }: Trial, kinds?: readonly Fault['kind'][]): void {
  const found = faults.filter(({ kind }) => kinds?.includes(kind) ?? true);
  const [first] = found;
  expect(first === undefined, `${first?.call}: ${first?.message}${found.length > 1 ? ` (and ${found.length - 1} more)` : ''}`);
}

const sampled = new WeakSet<Trial>();

/** One answer of each kind, so that these checks have something to look at without the others. */
async function sample(trial: Trial): Promise<void> {
  if (sampled.has(trial)) return;
  sampled.add(trial);
  await trial.open();
  const { browser, card } = await trial.card();
  await browser.start('client_id=nobody');
  await browser.deny(card.transaction);
  await browser.allow(card);
  await trial.browser().start({ transaction: card.transaction });
  const body = { realm: trial.site.realm, query: '' };
  for (const options of [{ method: 'GET' }, { headers: { origin: 'https://evil.example' } }]) await browser.call('authorize/start', body, options);
  await browser.call('authorize/start', {});
}

interface Shape {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly fix: string;
  readonly kinds: readonly Fault['kind'][];
}

const SHAPES: readonly Shape[] = [
  {
    name: 'members', title: 'Every answer has the described members, and no others.', says: DESCRIBED, kinds: ['members'],
    fix: 'Build answers by the schemas of `api/openapi.yaml`, and validate them with it in your tests.',
  },
  {
    name: 'status', title: 'Every answer has a described status and media type.', kinds: ['status', 'media-type'],
    says: 'Errors of the call itself are problem documents (RFC 9457) with a stable `code`.',
    fix: 'Outcomes are 200 with application/json, faults application/problem+json. Let no page or error of your framework through.',
  },
  {
    name: 'request-id', title: 'Every answer has an X-Request-Id.', kinds: ['request-id'],
    says: 'Identifies this call in the server\'s log; error screens show it.',
    fix: 'Make an id for each call, log it, and send it with every answer, also with 403, 405 and 500.',
  },
  {
    name: 'no-store', title: 'No answer can be stored.', kinds: ['no-store'], says: 'Always `no-store`.',
    fix: 'Send `Cache-Control: no-store` and nothing else in that header, also with errors.',
  },
  {
    name: 'headers', title: 'A 405 names the method that works, and an answer to wait says how long.', kinds: ['headers'], says: 'Always `POST`.',
    fix: 'Send `Allow: POST` with 405, and `Retry-After` in whole seconds with 429 and 503.',
  },
  {
    name: 'no-cors', title: 'No answer lets other origins read it.', kinds: ['cors'], says: 'There is no CORS.',
    fix: 'Send no Access-Control-Allow-Origin on the paths of the API.',
  },
];

export const coreAnswers: readonly Check[] = SHAPES.map(({ name, kinds, ...more }) => ({
  id: `core.${name}`,
  ...more,
  async run(trial) {
    await sample(trial);
    none(trial, kinds);
  },
}));

/** One check for all answers of a profile. */
export const answersOf = (profile: Profile): Check => ({
  id: `${profile}.answers`,
  title: `Every answer to the checks of ${profile} is as described.`,
  says: DESCRIBED,
  fix: 'Build answers by the schemas of `api/openapi.yaml`, and validate them with it in your tests.',
  run: (trial) => none(trial),
});

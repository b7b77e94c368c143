// What a cluster does when something happens to one of its processes, or to its store.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { startCluster, TYPESCRIPT } from '../../../scripts/cluster/cluster.mjs';
import { answeredBy, asking, atCard, decide, to, visitor } from './people.mjs';

const LONGEST = { timeout: 120_000 };
const RACES = 6;
const STORES = ['redis', 'postgres'];

function assertBusy({ status, headers, body }) {
  assert.deepEqual([status, body.code], [503, 'unavailable'], JSON.stringify(body));
  assert.match(headers.get('retry-after'), /^[1-9]\d*$/);
}

/** The calls that end a consent at Hydra since a number of calls. */
const ended = ({ calls }, since) => calls.slice(since).filter(({ method, url }) => method === 'PUT' && /requests\/consent\/(accept|reject)/.test(url)).length;

/**
 * @param name of the cluster
 * @param kits of `startCluster`, at least two
 * @param {{hydra?: boolean, stores?: string[]}} options whether Hydra is the engine, and the stores
 */
export function clusterTests(name, kits, { hydra = false, stores = STORES } = {}) {
  let cluster;
  before(async () => { cluster = await startCluster({ stores, kits, hydra, env: { COUNTERSIGN_QUIET: '1' } }); }, LONGEST);
  after(() => cluster?.close(), LONGEST);
  for (const store of stores) describe(`${name} on ${store}`, () => storeTests(() => cluster, name, store));
}

function storeTests(get, name, store) {
  let cluster;
  before(async () => {
    cluster = get();
    await cluster.use(store);
  }, LONGEST);

  /** The card is redeemed by its client. */
  async function assertRedeemed({ redeem, browser, card }, answer) {
    assert.deepEqual([answer.status, answer.body.outcome], [200, 'redirect'], JSON.stringify(answer.body));
    const address = browser.follow && answer.body.intermediate ? (await browser.follow(answer.body.redirect_uri)).address : answer.body.redirect_uri;
    const got = await redeem(address);
    if (cluster.admin) assert.deepEqual(got, card.scopes.map(({ scope }) => scope).sort());
    else assert.ok(got);
  }

  test(`${name} on ${store}: every step of a request can be answered by another process`, LONGEST, async () => {
    for (const kit of cluster.kits) {
      const next = cluster.kits[(cluster.kits.indexOf(kit) + 1) % cluster.kits.length];
      const person = await atCard(cluster, to(kit));
      assert.equal(answeredBy(cluster, person.shown), kit);
      const answer = await decide(person.browser, person.card, { headers: to(next) });
      assert.equal(answeredBy(cluster, answer), next);
      await assertRedeemed(person, answer);
    }
  });

  test(`${name} on ${store}: a process that is killed between the card and the decision is not missed`, LONGEST, async () => {
    for (const kit of cluster.kits) {
      const person = await atCard(cluster, to(kit));
      await kit.kill();
      const answer = await decide(person.browser, person.card);
      assert.notEqual(answeredBy(cluster, answer), kit);
      await assertRedeemed(person, answer);
      const another = await atCard(cluster);
      await assertRedeemed(another, await decide(another.browser, another.card));
      await kit.start();
    }
  });

  test(`${name} on ${store}: a double click that reaches several processes at once is one decision, with one answer`, LONGEST, async () => {
    for (let race = 0; race < RACES; race += 1) {
      const person = await atCard(cluster);
      const [since, key] = [cluster.calls?.length, randomUUID()];
      const answers = await Promise.all(cluster.kits.map((kit) => decide(person.browser, person.card, { key, headers: to(kit) })));
      for (const { status, body } of answers) assert.deepEqual([status, body], [200, answers[0].body]);
      if (cluster.admin) assert.equal(ended(cluster, since), 1);
      await assertRedeemed(person, answers[0]);
    }
  });

  test(`${name} on ${store}: of Allow and Deny that reach several processes at once exactly one counts`, LONGEST, async () => {
    for (let race = 0; race < RACES; race += 1) {
      const { browser, card } = await atCard(cluster);
      const since = cluster.calls?.length;
      const answers = await Promise.all(cluster.kits.flatMap((kit) => ['allow', 'deny'].map((decision) => decide(browser, card, { decision, headers: to(kit) }))));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      for (const { status, body } of answers.filter((answer) => answer.status !== 200)) assert.deepEqual([status, body.code], [409, 'already_answered']);
      if (cluster.admin) assert.equal(ended(cluster, since), 1);
    }
  });

  test(`${name} on ${store}: while the store is started again a decision gets 503 with Retry-After, and then it is made`, LONGEST, async () => {
    const [people, key] = [[], randomUUID()];
    for (const kit of cluster.kits) people.push({ kit, ...await atCard(cluster, to(kit)) });
    await cluster.store.crash();
    for (const { kit, browser, card } of people) assertBusy(await decide(browser, card, { key, headers: to(kit) }));
    // The client of Redis in TypeScript connects by itself. Until then, it says "try again".
    const back = people.filter(({ kit }) => store === 'redis' && kit.name.startsWith(TYPESCRIPT.language)).map(({ kit }) => kit.says());
    await cluster.store.start();
    await Promise.all(back);
    for (const { kit, ...person } of people) {
      const answer = await decide(person.browser, person.card, { key, headers: to(kit) });
      await assertRedeemed(person, answer);
      assert.deepEqual((await decide(person.browser, person.card, { key })).body, answer.body);
    }
  });

  test(`${name} on ${store}: the secret is changed while requests are open, and each of them goes on`, LONGEST, async () => {
    const [old, next] = [cluster.secret, 'the-next-secret-of-the-cluster-which-is-no-secret'];
    const open = [await atCard(cluster), await atCard(cluster)];
    // First each process opens both, then the new one seals, one process after the other.
    for (const secrets of [[old, next], [next, old]]) {
      for (const kit of cluster.kits) {
        await kit.restart({ COUNTERSIGN_SECRETS: secrets.join('\n') });
        open.push(await atCard(cluster, to(kit)));
      }
    }
    for (const [index, person] of open.entries()) {
      await assertRedeemed(person, await decide(person.browser, person.card, { headers: to(cluster.kits[index % cluster.kits.length]) }));
    }
    const last = await atCard(cluster);
    await Promise.all(cluster.kits.map((kit) => kit.restart({ COUNTERSIGN_SECRETS: next })));
    await assertRedeemed(last, await decide(last.browser, last.card));
    await Promise.all(cluster.kits.map((kit) => kit.restart()));
  });

  test(`${name} on ${store}: while one process is of the version before, pages of both versions go on at either`, LONGEST, async () => {
    const [one, other] = cluster.kits;
    await one.restart({ COUNTERSIGN_API: '1' });
    const before = { accept: 'application/json' };
    for (const [first, second, page] of [[one, other, {}], [other, one, {}], [one, other, before], [other, one, before]]) {
      const person = await atCard(cluster, { ...to(first), ...page });
      const remembers = typeof person.card.remember;
      assert.equal(remembers, first === one || page.accept ? 'boolean' : 'string');
      await assertRedeemed(person, await decide(person.browser, person.card, { headers: { ...to(second), ...page } }));
    }
    await one.restart();
  });

  test(`${name} on ${store}: a person who is not signed in yet comes back to another process`, LONGEST, async () => {
    const [browser, { request }] = [await visitor(cluster), await asking(cluster)];
    const session = browser.take('session');
    const { body: away } = await browser.start(request, to(cluster.kits[0]));
    assert.equal(away.outcome, 'login');
    browser.keep(`session=${session}`);
    assert.equal((await browser.start(away, to(cluster.kits[1]))).body.outcome, 'consent');
  });
}

/**
 * One decision for a transaction, by atomic claims in the store. A claim says which decision was made under which key, and how far it
 * has come. The answer stands beside it for a minute, sealed.
 */
import { UncheckedAddress } from './addresses.ts';
import { EngineUnavailable, RequestGone } from './engine.ts';
import { EngineTimedOut, type Kit } from './kit.ts';
import { answered, failed, Fault, gone, unavailable } from './problems.ts';
import { hash, randomText } from './seal.ts';
import type { Transaction } from './transactions.ts';

/** How long a decision is known, and its answer, in seconds. */
const TOMBSTONE = 24 * 60 * 60;
const ANSWER = 60;
const PAUSE = 50;

/** A decision of a call. */
export interface Decision {
  readonly decision: string;
  /** Hashes of the idempotency key and of the body. */
  readonly key: string;
  readonly body: string;
}

/**
 * `done`: the answer is there. `again`: the engine took too long, and the same decision may be tried again. `gone`: the engine no
 * longer knew the request. `failed`: nobody knows what the engine did. Without: in progress.
 */
interface Claim extends Partial<Decision> {
  readonly id: string;
  readonly mark: string;
  readonly at: number;
  readonly end?: 'done' | 'again' | 'gone' | 'failed';
}

export type Outcome = Record<string, unknown>;

const claimKey = ({ engine }: Kit, id: string, turn: number): string => `decision:${engine.name.slice(0, 40)}:${id}:${turn}`;
const answerKey = (id: string): string => `answer:${id}`;
/** What a request is claimed by under all of its transactions. Empty: the engine has no name for it. */
export const requestKey = async ({ engine }: Kit, requestId: string | undefined): Promise<string> => (requestId === undefined ? '' : `request:${await hash(`${engine.name} ${requestId}`)}`);
const purpose = ({ engine }: Kit, id: string): string => `answer ${engine.name} ${id}`;

export async function readDecision(decision: string, key: string, body: unknown): Promise<Decision> {
  return { decision, key: await hash(key), body: await hash(JSON.stringify(body)) };
}

/** Whether the client has the code of an answer already: it would redeem it once more, and lose its tokens. */
async function isRedeemed({ engine }: Kit, { redirect_uri: to }: Outcome): Promise<unknown> {
  const code = typeof to === 'string' && new URL(to).searchParams.get('code');
  return code && engine.isRedeemed?.(code);
}

async function readAnswer(kit: Kit, { id, state }: Transaction, claim: Claim): Promise<Outcome> {
  const sealed = await kit.store.get(answerKey(id));
  const text = sealed === null ? undefined : await kit.seal.open(sealed, purpose(kit, id));
  if (text === undefined) throw answered(claim.decision, state.client);
  return JSON.parse(text) as Outcome;
}

/** What a claim that has come to an end means for a call: its answer, or that the next turn is free (`undefined`). */
async function ended(kit: Kit, transaction: Transaction, claim: Claim, mine: Decision | undefined): Promise<Outcome | undefined> {
  const { client } = transaction.state;
  const isMine = mine === undefined || (claim.key === mine.key && claim.body === mine.body);
  const { end } = claim;
  if (end === 'again' && (mine === undefined || mine.body === claim.body)) return undefined;
  if (end === 'gone') throw gone(client);
  if (end === 'failed' && mine !== undefined && isMine) throw failed();
  const answer = end === 'done' && isMine && await readAnswer(kit, transaction, claim);
  if (answer && (mine !== undefined || !await isRedeemed(kit, answer))) return answer;
  throw answered(claim.decision, client);
}

const pause = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, PAUSE); });

/**
 * The answer of an earlier decision, or the number of the turn that is free. Waits for one in progress.
 *
 * @param mine the call's own decision, if it has one
 */
export async function earlier(kit: Kit, transaction: Transaction, mine?: Decision): Promise<{ answer: Outcome } | { turn: number }> {
  const { id, state } = transaction;
  const waitUntil = Date.now() + kit.timeout;
  for (let turn = 0; ;) {
    const text = await kit.store.get(claimKey(kit, id, turn));
    if (text === null) return { turn };
    const claim = JSON.parse(text) as Claim;
    if (mine !== undefined && claim.key === mine.key && claim.body !== mine.body) throw new Fault(422, 'key_reused');
    if (claim.end !== undefined) {
      const answer = await ended(kit, transaction, claim, mine);
      if (answer !== undefined) return { answer };
      turn += 1;
    } else {
      // Its process has ended: nobody knows what the engine did.
      if (claim.at + 3 * kit.timeout < kit.clock()) throw answered(claim.decision, state.client);
      if (Date.now() > waitUntil) throw unavailable(1);
      await pause();
    }
  }
}

/** Refuses the request of a card that was decided under another transaction. */
export async function checkRequest(kit: Kit, { id, state }: Transaction): Promise<void> {
  const text = state.request ? await kit.store.get(state.request) : null;
  if (text !== null) refuseOther(text, id, state.client);
}

function refuseOther(text: string, id: string, client: Transaction['state']['client']): void {
  const other = JSON.parse(text) as { id: string; decision: string };
  if (other.id !== id) throw answered(other.decision, client);
}

/** How a claim ends after an error, or `undefined` if it was never made: the engine cannot have answered. */
function endAfter(error: unknown): 'again' | 'gone' | 'failed' | undefined {
  if (error instanceof EngineTimedOut) return 'again';
  if (error instanceof EngineUnavailable) return undefined;
  return error instanceof RequestGone ? 'gone' : 'failed';
}

/**
 * Ends a transaction once: claims it, runs the work and keeps its answer. If another call is faster, that one's answer counts.
 *
 * @param decision missing if the request ends without one
 * @param request what the request is claimed by, if it has a name
 */
export async function decideOnce(kit: Kit, transaction: Transaction, decision: Decision | undefined, request: string | undefined, work: () => Promise<Outcome>): Promise<Outcome> {
  const { id, state } = transaction;
  const claim: Claim = { ...decision, id, mark: randomText(9), at: kit.clock() };
  for (;;) {
    const found = await earlier(kit, transaction, decision);
    if ('answer' in found) return found.answer;
    const key = claimKey(kit, id, found.turn);
    if (await kit.store.claim(key, JSON.stringify(claim), TOMBSTONE) !== null) continue;
    try {
      if (request) {
        const other = await kit.store.claim(request, JSON.stringify({ id, decision: decision?.decision }), TOMBSTONE);
        if (other !== null) refuseOther(other, id, state.client);
      }
    } catch (error) {
      await kit.store.delete(key);
      throw error;
    }
    return run(kit, transaction, claim, { key, request }, work);
  }
}

async function run(kit: Kit, transaction: Transaction, claim: Claim, { key, request }: { key: string; request: string | undefined }, work: () => Promise<Outcome>): Promise<Outcome> {
  const { id } = transaction;
  const end = (how: Claim['end']): Promise<void> => kit.store.set(key, JSON.stringify({ ...claim, end: how }), TOMBSTONE);
  let answer: Outcome;
  try {
    answer = await work();
  } catch (error) {
    const how = endAfter(error);
    if (how !== undefined) await end(how);
    else await Promise.all([kit.store.delete(key), request ? kit.store.delete(request) : undefined]);
    throw error;
  }
  kit.kept?.end(transaction);
  try {
    await kit.store.set(answerKey(id), await kit.seal.seal(JSON.stringify(answer), purpose(kit, id)), ANSWER);
    await end('done');
  } catch {
    // The answer counts all the same. It cannot be repeated, and the claim stays.
  }
  return answer;
}

/** The fault that an error of engine or store means for the caller. */
export function faultOf(error: unknown): Fault {
  if (error instanceof Fault) return error;
  if (error instanceof EngineUnavailable) return unavailable(Math.max(1, Math.ceil(error.retryAfter)));
  if (error instanceof RequestGone) return gone();
  return error instanceof UncheckedAddress ? new Fault(500, 'server_error', error.message) : failed();
}

/**
 * Open requests. A transaction belongs to the browser that opened it, and is decided once.
 *
 * It is kept for a day after its end as a tombstone, to distinguish "already answered" from
 * "expired": the engine forgets both.
 */
import { Fault } from '../http/problems.mjs';
import { newId } from './logins.mjs';

const LIFETIME = 30 * 60_000;
const TOMBSTONE = 24 * 60 * 60_000;
const MAX_TRANSACTIONS = 20_000;

export function createTransactions(clock, { most = MAX_TRANSACTIONS } = {}) {
  const transactions = new Map();

  const closed = (transaction) => transaction.answered || transaction.expires <= clock();

  /** Removes expired tombstones. A Map keeps the order of insertion, so the oldest come first. */
  function sweep() {
    for (const [id, transaction] of transactions) {
      if (transaction.expires + TOMBSTONE > clock()) return;
      transactions.delete(id);
    }
  }

  /** If there are too many, removes a tombstone, never an open transaction. */
  function makeRoom() {
    sweep();
    if (transactions.size < most) return;
    for (const [id, transaction] of transactions) {
      if (!closed(transaction)) continue;
      transactions.delete(id);
      return;
    }
    throw new Fault(503, 'unavailable', 'Too many requests are open. Try again in a minute.', { retryAfter: 60 });
  }

  /**
   * @param start `interaction` (of the engine) or `storedQuery` (a raw query that the engine has
   * not seen yet)
   */
  function open(realm, browser, start) {
    makeRoom();
    const transaction = {
      id: newId(),
      realm: realm.name,
      browser,
      expires: clock() + LIFETIME,
      answered: false,
      visits: 0,
      handoff: undefined,
      ...start,
    };
    transactions.set(transaction.id, transaction);
    return transaction;
  }

  const gone = (client) => new Fault(410, 'expired', 'This request has expired or is not known here.', { client });

  /**
   * The transaction, open or answered, or a fault. `realm` is the one that the call names, if any.
   * A stored request belongs to the first browser that asks for it.
   */
  function find(id, realm, browser) {
    const transaction = transactions.get(id);
    const elsewhere = realm !== undefined && transaction?.realm !== realm.name;
    if (transaction === undefined || elsewhere) throw gone();
    transaction.browser ??= browser;
    if (transaction.browser !== browser) throw gone();
    if (!transaction.answered && closed(transaction)) throw gone(transaction.client);
    return transaction;
  }

  /** The transaction, or a fault if it is no longer open. */
  function findOpen(id, realm, browser) {
    const transaction = find(id, realm, browser);
    if (transaction.answered) throw answered(transaction);
    return transaction;
  }

  /** The fault for a second decision. */
  function answered(transaction) {
    return new Fault(409, 'already_answered', 'This request was already answered.', { client: transaction.client });
  }

  return {
    open,
    find,
    findOpen,
    answered,
    /** The transaction in whatever state, for the server's own use. */
    peek: (id) => transactions.get(id),
    close(transaction) { transaction.answered = true; },
    /** Opens a transaction again whose answer failed. */
    reopen(transaction) { Object.assign(transaction, { answered: false, done: undefined }); },
    gone,
  };
}

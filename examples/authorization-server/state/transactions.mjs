/**
 * Open requests. A transaction answers only to the browser that opened it and is decided once.
 *
 * It is kept for a day after its end as a tombstone, so that "already answered" and "expired" can
 * be told apart: the engine forgets both alike.
 */
import { Fault } from '../http/problems.mjs';
import { newId } from './logins.mjs';

const LIFETIME = 30 * 60_000;
const TOMBSTONE = 24 * 60 * 60_000;
const MOST = 20_000;

export function createTransactions(clock, { most = MOST } = {}) {
  const transactions = new Map();

  const closed = (transaction) => transaction.answered || transaction.expires <= clock();

  /** Oldest first, since a Map keeps the order of insertion. */
  function sweep() {
    for (const [id, transaction] of transactions) {
      if (transaction.expires + TOMBSTONE > clock()) return;
      transactions.delete(id);
    }
  }

  /** Where there are too many, a tombstone gives way to a live request; a live one never does. */
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

  /** @param start `interaction` (the engine's, where it already has one) or `parked` (a raw query still to be put to it) */
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

  /** The transaction, open or answered, or a fault; `realm` where the call names one. A parked request belongs to the first browser that asks for it. */
  function find(id, realm, browser) {
    const transaction = transactions.get(id);
    const elsewhere = realm !== undefined && transaction?.realm !== realm.name;
    if (transaction === undefined || elsewhere) throw gone();
    transaction.browser ??= browser;
    if (transaction.browser !== browser) throw gone();
    if (!transaction.answered && closed(transaction)) throw gone(transaction.client);
    return transaction;
  }

  /** The transaction, or a fault if it is not open any more. */
  function findOpen(id, realm, browser) {
    const transaction = find(id, realm, browser);
    if (transaction.answered) throw answered(transaction);
    return transaction;
  }

  /** The fault for a decision that comes after the decision. */
  function answered(transaction) {
    return new Fault(409, 'already_answered', 'This request was already answered.', { client: transaction.client });
  }

  return {
    open,
    find,
    findOpen,
    answered,
    /** The request behind a transaction, wherever it stands; for the server's own use. */
    peek: (id) => transactions.get(id),
    close(transaction) { transaction.answered = true; },
    /** The work behind the answer failed: it can be tried again. */
    reopen(transaction) { Object.assign(transaction, { answered: false, done: undefined }); },
    gone,
  };
}

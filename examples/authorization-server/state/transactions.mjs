/**
 * Open requests. A transaction belongs to the browser that opened it, and is decided once.
 *
 * It is kept for a day after its end as a tombstone, to distinguish "already answered" from
 * "expired": the engine forgets both.
 */
import { Fault } from '../http/problems.mjs';
import { newId } from './logins.mjs';
import { createQueue } from './queue.mjs';
import { createRoom } from './room.mjs';

const LIFETIME = 30 * 60_000;
const TOMBSTONE = 24 * 60 * 60_000;
/** How long the answer that ended a transaction is repeated to its browser. */
const ANSWER_TTL = 60_000;

/**
 * @param limits `most`, `perBrowser`, `perAddress`, `perAccount` (`state/limits.mjs`)
 * @param onForget gets a transaction that has given way
 */
export function createTransactions(clock, limits, onForget = () => {}) {
  const transactions = createQueue();
  const room = createRoom(limits, (transaction) => {
    transactions.delete(transaction.id);
    onForget(transaction);
  });

  const closed = (transaction) => transaction.answered || transaction.expires <= clock();

  /** Removes tombstones whose time is over. */
  function sweep() {
    room.expire(clock());
    while (transactions.oldest?.expires + TOMBSTONE <= clock()) {
      room.leave(transactions.oldest);
      transactions.delete(transactions.oldestId);
    }
  }

  /**
   * Makes room for a transaction of a visitor, before anything is done for it. What strangers have
   * parked gives way; a signed-in user's open request never does.
   */
  function makeRoom(owner) {
    sweep();
    if (!room.makeInGroups(owner)) {
      throw new Fault(429, 'too_many', 'Too many requests of this account are open. Answer one of them first.', { retryAfter: 60 });
    }
    if (transactions.size < limits.most || room.make()) return;
    throw new Fault(503, 'unavailable', 'Too many requests are open. Try again in a minute.', { retryAfter: 60 });
  }

  /**
   * @param owner `browser` (undefined: the first one that asks), `address` and `account` (if
   *   somebody is signed in)
   * @param start `interaction` (of the engine) or `storedQuery` (a raw query that the engine has
   *   not seen yet)
   */
  function open(realm, { browser, address, account }, start) {
    makeRoom({ browser, address, account });
    const transaction = {
      id: newId(),
      realm: realm.name,
      browser,
      address,
      account,
      expires: clock() + LIFETIME,
      answered: false,
      visits: 0,
      handoff: undefined,
      ...start,
    };
    transactions.set(transaction.id, transaction);
    room.enter(transaction);
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
    if (transaction.browser === undefined) room.move(transaction, { browser });
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

  /** The fault for a second decision. It says which decision counted, if one did. */
  function answered({ client, decided }) {
    return new Fault(409, 'already_answered', 'This request was already answered.', { client, decision: decided });
  }

  /** Whether the answer that ended a transaction can be repeated. */
  const isRepeatable = ({ ended }) => ended !== undefined && ended.until > clock();

  /** The answer that ended a transaction: for a reload, in the same browser. */
  function repeat(transaction) {
    if (isRepeatable(transaction)) return transaction.ended.answer;
    throw answered(transaction);
  }

  /**
   * Ends a transaction with its answer.
   *
   * @param more `decided` (the user's decision, if one was needed), `code` (that of the answer)
   */
  function end(transaction, answer, { decided, code }) {
    Object.assign(transaction, { answered: true, decided, ended: { answer, code, until: clock() + ANSWER_TTL } });
    room.end(transaction);
  }

  return {
    makeRoom,
    open,
    /** The transaction is a signed-in user's from now on. */
    keepFor(transaction, account) {
      if (transaction.account !== account) room.move(transaction, { account });
    },
    find,
    findOpen,
    answered,
    isRepeatable,
    repeat,
    end,
    /** The transaction in whatever state, for the server's own use. */
    peek: (id) => transactions.get(id),
    close(transaction) {
      transaction.answered = true;
      room.end(transaction);
    },
    /** Opens a transaction again whose answer failed. */
    reopen(transaction) {
      Object.assign(transaction, { answered: false, done: undefined });
      room.reopen(transaction);
    },
    gone,
  };
}

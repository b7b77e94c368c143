/**
 * Entries by id in the order in which they were added. Unlike a Map from which the oldest entries are deleted, it finds the oldest at
 * once: a Map walks over what was deleted.
 */

interface Node<T> {
  readonly id: string;
  readonly value: T;
  previous: Node<T> | undefined;
  next: Node<T> | undefined;
}

export interface Queue<T> {
  readonly size: number;
  get(id: string): T | undefined;
  /** Adds an entry as the youngest one. */
  set(id: string, value: T): void;
  delete(id: string): void;
  /** The oldest entry. */
  readonly oldest: T | undefined;
  readonly oldestId: string | undefined;
}

export function createQueue<T>(): Queue<T> {
  const nodes = new Map<string, Node<T>>();
  let [first, last]: (Node<T> | undefined)[] = [];

  function remove(id: string): void {
    const node = nodes.get(id);
    if (node === undefined) return;
    nodes.delete(id);
    if (node.previous === undefined) first = node.next;
    else node.previous.next = node.next;
    if (node.next === undefined) last = node.previous;
    else node.next.previous = node.previous;
  }

  return {
    get size() { return nodes.size; },
    get: (id) => nodes.get(id)?.value,
    set(id, value) {
      remove(id);
      const node = { id, value, previous: last, next: undefined };
      if (last === undefined) first = node;
      else last.next = node;
      last = node;
      nodes.set(id, node);
    },
    delete: remove,
    get oldest() { return first?.value; },
    get oldestId() { return first?.id; },
  };
}

/**
 * Entries by id in the order in which they were added. Unlike a Map from which the oldest entries
 * are deleted, it finds the oldest at once: a Map walks over what was deleted.
 */
export function createQueue() {
  const nodes = new Map();
  const ends = { next: undefined, previous: undefined };

  const after = (node) => node ?? ends;

  function unlink(node) {
    after(node.previous).next = node.next;
    after(node.next).previous = node.previous;
  }

  return {
    get size() { return nodes.size; },
    get: (id) => nodes.get(id)?.value,
    /** Adds an entry as the youngest one. */
    set(id, value) {
      this.delete(id);
      const node = { id, value, previous: ends.previous, next: undefined };
      after(ends.previous).next = node;
      ends.previous = node;
      nodes.set(id, node);
    },
    delete(id) {
      const node = nodes.get(id);
      if (node === undefined) return;
      nodes.delete(id);
      unlink(node);
    },
    /** The oldest entry, or `undefined`. */
    get oldest() { return ends.next?.value; },
    get oldestId() { return ends.next?.id; },
  };
}

// The first entries of an order, at most a fixed number of them, the same ones in whatever order they come.

/** @template T */
export class FirstEntries {
  /** @param {number} most @param {(a: T, b: T) => number} order */
  constructor(most, order) {
    this.most = most;
    this.order = order;
    /** @type {T[]} */
    this.all = [];
  }

  /**
   * @param {T} entry
   * @returns {T[]} those that are not among the first, now and then
   */
  add(entry) {
    this.all.push(entry);
    return this.all.length > 2 * this.most ? this.trim() : [];
  }

  /** Sorts the first, and gives up the others. */
  trim() {
    this.all.sort(this.order);
    return this.all.splice(this.most);
  }
}

/**
 * How many entries there are of each kind, and the first of all.
 * @template T
 * @extends {FirstEntries<T>}
 */
export class CountedEntries extends FirstEntries {
  /** @type {Map<string, number>} */
  counts = new Map();

  /** @param {string} kind */
  count(kind) {
    this.counts.set(kind, this.counted(kind) + 1);
  }

  /** @param {string} kind */
  counted(kind) {
    return this.counts.get(kind) ?? 0;
  }

  listed() {
    this.trim();
    return this.all;
  }
}

/** The order of texts by their UTF-16 units. @param {string} a @param {string} b */
export const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

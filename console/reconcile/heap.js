// The first entries of an order, at most a fixed number of them, in whatever order they come.

/** @template T */
export class Heap {
  /** @param {(a: T, b: T) => number} order the first of it is what `take` takes */
  constructor(order) {
    this.order = order;
    /** @type {T[]} */
    this.all = [];
  }

  get size() {
    return this.all.length;
  }

  /** @param {T} entry */
  add(entry) {
    const { all, order } = this;
    let at = all.length;
    all.push(entry);
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (order(all[above], all[at]) <= 0) {
        return;
      }
      [all[above], all[at]] = [all[at], all[above]];
      at = above;
    }
  }

  /** @returns {T} the first, which is in here no more */
  take() {
    const { all, order } = this;
    const first = all[0];
    const last = /** @type {T} */ (all.pop());
    if (all.length === 0) {
      return first;
    }
    all[0] = last;
    for (let at = 0; ;) {
      let least = at;
      for (const below of [2 * at + 1, 2 * at + 2]) {
        if (below < all.length && order(all[below], all[least]) < 0) {
          least = below;
        }
      }
      if (least === at) {
        return first;
      }
      [all[at], all[least]] = [all[least], all[at]];
      at = least;
    }
  }
}

/**
 * How many entries there are of each kind, and the first of all.
 * @template T
 */
export class CountedEntries {
  /** @param {number} most that are listed @param {(a: T, b: T) => number} order */
  constructor(most, order) {
    this.most = most;
    this.order = order;
    this.first = new Heap((/** @type {T} */ a, /** @type {T} */ b) => order(b, a));
    /** @type {Map<string, number>} */
    this.counts = new Map();
  }

  /** @param {string} kind */
  count(kind) {
    this.counts.set(kind, this.counted(kind) + 1);
  }

  /** @param {T} entry */
  list(entry) {
    this.first.add(entry);
    if (this.first.size > this.most) {
      this.first.take();
    }
  }

  /** @param {string} kind */
  counted(kind) {
    return this.counts.get(kind) ?? 0;
  }

  listed() {
    return [...this.first.all].sort(this.order);
  }
}

/** The order of texts by their UTF-16 units. @param {string} a @param {string} b */
export const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

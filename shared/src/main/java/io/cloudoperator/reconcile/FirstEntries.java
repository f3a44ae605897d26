package io.cloudoperator.reconcile;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The smallest of many values by an order, at most a fixed number of them. Which they are does not
 * depend on when they come. Not safe for use by many threads.
 */
final class FirstEntries<T> {
  private final int most;
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;

  FirstEntries(int most, Comparator<T> order) {
    this.most = most;
    this.order = order;
    this.kept = new PriorityQueue<>(order.reversed());
  }

  void add(T value) {
    kept.add(value);
    if (kept.size() > most) {
      kept.poll();
    }
  }

  List<T> list() {
    return kept.stream().sorted(order).toList();
  }
}

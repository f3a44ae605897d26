package io.cloudoperator.trail;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first of many in an order, whatever the order in which they come: so many, and no more. */
final class Earliest<T> {
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;

  Earliest(Comparator<T> order) {
    this.order = order;
    this.kept = new PriorityQueue<>(order.reversed());
  }

  void add(T value) {
    kept.add(value);
    if (kept.size() > Findings.LISTED) {
      kept.poll();
    }
  }

  List<T> list() {
    return kept.stream().sorted(order).toList();
  }
}

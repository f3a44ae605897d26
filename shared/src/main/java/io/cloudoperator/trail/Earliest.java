package io.cloudoperator.trail;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The first of many in an order, whatever the order in which they come: so many, and no more. */
final class Earliest<T> {
  private final int most;
  private final Comparator<T> order;
  private final PriorityQueue<T> kept;

  Earliest(int most, Comparator<T> order) {
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

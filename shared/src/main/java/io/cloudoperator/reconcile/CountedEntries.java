package io.cloudoperator.reconcile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * How many entries there are of each kind, and the first of all by an order, at most a fixed number
 * of them, in whatever order they come. Not safe for use by many threads.
 */
final class CountedEntries<K extends Enum<K>, T> {
  private final int most;
  private final Comparator<T> order;
  private final PriorityQueue<T> first;
  private final Map<K, Long> counts = new HashMap<>();

  CountedEntries(int most, Comparator<T> order) {
    this.most = most;
    this.order = order;
    this.first = new PriorityQueue<>(order.reversed());
  }

  void count(K kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  void list(T entry) {
    first.add(entry);
    if (first.size() > most) {
      first.poll();
    }
  }

  long counted(K kind) {
    return counts.getOrDefault(kind, 0L);
  }

  List<T> listed() {
    return first.stream().sorted(order).toList();
  }
}

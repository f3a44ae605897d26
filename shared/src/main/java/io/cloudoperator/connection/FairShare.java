package io.cloudoperator.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Function;

/**
 * Takes turns between owners: the first of each, then the second of each. Who has much that waits
 * keeps nobody who has little from being served.
 */
public final class FairShare {
  private FairShare() {}

  /**
   * As many as there is room for, each owner's in the order in which they wait.
   *
   * @param waiting longest first
   */
  public static <T, O> List<T> of(List<T> waiting, Function<T, O> owner, int limit) {
    Map<O, Queue<T>> queues = new LinkedHashMap<>();
    for (T each : waiting) {
      queues.computeIfAbsent(owner.apply(each), _ -> new ArrayDeque<>()).add(each);
    }
    Queue<Queue<T>> turns = new ArrayDeque<>(queues.values());
    List<T> served = new ArrayList<>();
    while (served.size() < limit && !turns.isEmpty()) {
      Queue<T> queue = turns.remove();
      served.add(queue.remove());
      if (!queue.isEmpty()) {
        turns.add(queue);
      }
    }
    return served;
  }
}

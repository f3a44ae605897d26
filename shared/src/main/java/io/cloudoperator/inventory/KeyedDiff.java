package io.cloudoperator.inventory;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Pairs of values of the same key, before and now. */
final class KeyedDiff<K extends Comparable<? super K>, T> {
  private final Map<K, T> before;
  private final Map<K, T> now;

  KeyedDiff(Collection<T> before, Collection<T> now, Function<T, K> name) {
    this.before = byName(before, name);
    this.now = byName(now, name);
  }

  /** Passes on each pair, in the order of the keys. */
  void each(Visitor<? super K, T> visitor) {
    SortedSet<K> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (K name : names) {
      visitor.visit(
          name, Optional.ofNullable(before.get(name)), Optional.ofNullable(now.get(name)));
    }
  }

  private static <K, T> Map<K, T> byName(Collection<T> things, Function<T, K> name) {
    Map<K, T> byName = new HashMap<>();
    things.forEach(thing -> byName.put(name.apply(thing), thing));
    return byName;
  }

  /** Sees a pair. */
  @FunctionalInterface
  interface Visitor<K, T> {
    /** One of the two is there at least. */
    void visit(K name, Optional<T> before, Optional<T> now);
  }
}

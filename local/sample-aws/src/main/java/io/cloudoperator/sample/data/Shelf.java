package io.cloudoperator.sample.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All of one kind that an account has, in the order in which they came. Safe for threads. */
public final class Shelf<T extends Regional> {

  private final Map<Key, T> all = new LinkedHashMap<>();

  private record Key(String region, String id) {}

  Shelf() {}

  public synchronized List<T> all() {
    return List.copyOf(all.values());
  }

  public synchronized List<T> in(String region) {
    return all.values().stream().filter(each -> each.region().equals(region)).toList();
  }

  public synchronized Optional<T> find(String region, String id) {
    return Optional.ofNullable(all.get(new Key(region, id)));
  }

  /** Adds it, or puts it in the place of the one with its region and id. */
  public synchronized void put(T one) {
    all.put(key(one), one);
  }

  /** Returns whether it was there. */
  public synchronized boolean remove(T one) {
    return all.remove(key(one)) != null;
  }

  private static Key key(Regional one) {
    return new Key(one.region(), one.id());
  }
}

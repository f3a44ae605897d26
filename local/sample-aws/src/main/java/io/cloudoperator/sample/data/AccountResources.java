package io.cloudoperator.sample.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What an account holds besides instances and buckets, by its kind. A test may change it while the
 * sample runs: the next answer tells of it. Safe for threads.
 */
public final class AccountResources {

  private final Map<Class<?>, Shelf<?>> shelves = new ConcurrentHashMap<>();

  AccountResources() {}

  /** All of a kind. */
  @SuppressWarnings("unchecked") // What stands on a shelf is of its class.
  public <T extends Regional> Shelf<T> of(Class<T> kind) {
    return (Shelf<T>) shelves.computeIfAbsent(kind, _ -> new Shelf<T>());
  }

  /** Adds it, or puts it in the place of the one of its kind with its region and id. */
  @SuppressWarnings("unchecked") // The class of a T is one of T.
  public <T extends Regional> void put(T one) {
    of((Class<T>) one.getClass()).put(one);
  }

  /** How many APIs there are of all kinds together. */
  public int apis() {
    return shelves.values().stream()
        .flatMap(each -> each.all().stream())
        .mapToInt(Regional::apis)
        .sum();
  }
}

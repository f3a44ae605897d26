package io.cloudoperator.sample.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All of one kind that an account has, in the order in which they came. Safe for threads. */
public final class Shelf<T extends Regional> {

  private final List<T> all = new ArrayList<>();

  Shelf() {}

  public synchronized List<T> all() {
    return List.copyOf(all);
  }

  public synchronized List<T> in(String region) {
    return all.stream().filter(each -> each.region().equals(region)).toList();
  }

  public synchronized Optional<T> find(String region, String id) {
    return all.stream()
        .filter(each -> each.region().equals(region) && each.id().equals(id))
        .findFirst();
  }

  /** Adds it, or puts it in the place of the one with its region and id. */
  public synchronized void put(T one) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).region().equals(one.region()) && all.get(i).id().equals(one.id())) {
        all.set(i, one);
        return;
      }
    }
    all.add(one);
  }

  /** Returns whether it was there. */
  public synchronized boolean remove(T one) {
    return all.removeIf(each -> each.region().equals(one.region()) && each.id().equals(one.id()));
  }
}

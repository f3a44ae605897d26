package io.cloudoperator.query.page;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made when it is first asked for, and kept. Safe for use by many threads. */
final class Lazy<T> implements Supplier<T> {
  private final Supplier<T> maker;
  private volatile @Nullable T made;

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  @Override
  public T get() {
    T kept = made;
    if (kept != null) {
      return kept;
    }
    synchronized (this) {
      kept = made;
      if (kept == null) {
        kept = maker.get();
        made = kept;
      }
      return kept;
    }
  }

  boolean made() {
    return made != null;
  }
}

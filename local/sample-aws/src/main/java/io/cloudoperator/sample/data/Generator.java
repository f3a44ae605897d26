package io.cloudoperator.sample.data;

import java.util.List;
import java.util.function.Consumer;

/** What one service adds to a generated account. */
public interface Generator {

  /** One API of every kind and with every flaw, each as an account may have it: each adds one. */
  default List<Runnable> showcase(AccountDraft draft) {
    return List.of();
  }

  /** What adds one API of a kind, by how often it is met: in hundredths, all services together. */
  default List<Share<Consumer<Drawn>>> kinds() {
    return List.of();
  }

  /** What is there besides, in an account that has APIs. */
  default void besides(AccountDraft draft) {}

  /** As many APIs that are alike, in the busiest region. */
  default void alike(AccountDraft draft, ApiSize size) {}
}

package io.cloudoperator.sample.data;

import java.util.List;

/** What one service adds to a generated account. */
public interface Generator {

  /** One API of every kind and with every flaw, each as an account may have it: each adds one. */
  default List<Runnable> showcase(AccountDraft draft) {
    return List.of();
  }

  /** Kinds of APIs, by how often they are met: in hundredths, all services together. */
  default List<Share<Maker>> kinds(AccountDraft draft) {
    return List.of();
  }

  /** What is there besides, in an account that has APIs. */
  default void besides(AccountDraft draft) {}

  /** As many APIs that are alike, in the busiest region. */
  default void alike(AccountDraft draft, ApiSize size) {}

  /** Adds one API of a kind. */
  @FunctionalInterface
  interface Maker {

    /**
     * Adds it.
     *
     * @param index counts up over all kinds
     * @param noun what it is about
     * @param draw decides what the rest does not
     */
    void make(String region, int index, String noun, String name, long draw);
  }
}

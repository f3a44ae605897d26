package io.cloudoperator.store.stored;

/**
 * Is told of each stored item that could not be read, whole or in part, and was left out: whoever
 * operates the service has to know. Called by any thread.
 */
@FunctionalInterface
public interface UnreadableItems {
  /** Nobody is told. */
  UnreadableItems IGNORED = (_, _, _) -> {};

  /**
   * Takes one.
   *
   * @param partition of the item: its tenant, and its connection after a {@code #}
   * @param why the kinds of failure and the member, without any value of the item
   */
  void unreadable(StoredForm form, String partition, String why);

  /** Takes one that was left out whole. */
  default void unreadable(StoredForm form, String partition, UnreadableException failure) {
    Throwable cause = failure.getCause();
    unreadable(form, partition, cause == null ? "Version" : StoredJson.why(cause));
  }
}

package io.cloudoperator.store.stored;

/**
 * A stored item cannot be read: it is damaged, or a later release wrote it in a form of its own.
 * The message names the form and nothing of the item.
 */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableException(StoredForm form, Throwable cause) {
    super("a stored " + form.word() + " cannot be read", cause);
  }

  /** Of an item of this form, because of a version that this release does not know. */
  UnreadableException(StoredForm form, long version) {
    super("a stored " + form.word() + " has version " + version);
  }
}

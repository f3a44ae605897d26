package io.cloudoperator.receipt;

/**
 * How much of one kind was deleted.
 *
 * @param what lower case and underscores, such as {@code snapshots}
 * @param count from 0
 */
public record Deleted(String what, long count) {
  public Deleted {
    if (count < 0) {
      throw new IllegalArgumentException("the count of what was deleted is negative");
    }
  }
}

package io.cloudoperator.call;

import java.util.List;
import java.util.Optional;

/**
 * The result of reading something of an account: complete, or unread with a reason. What could not
 * be read is never zero.
 */
public sealed interface Reading<T> {
  /**
   * Read to the end of its last page.
   *
   * @param except what was listed and could not be read by itself; {@code value} says nothing of it
   */
  record Complete<T>(T value, List<UnreadItem> except) implements Reading<T> {
    public Complete {
      except = List.copyOf(except);
    }

    /** Of something that was read without an exception. */
    public Complete(T value) {
      this(value, List.of());
    }
  }

  /**
   * Not read, or not to the end; what had been counted until then is dropped.
   *
   * @param code AWS's error code, or one of our own where no answer came
   */
  record Unread<T>(Reason reason, String code) implements Reading<T> {}

  /** What was read; empty if it is unread. */
  default Optional<T> complete() {
    return switch (this) {
      case Complete<T>(T value, var _) -> Optional.of(value);
      case Unread<T> _ -> Optional.empty();
    };
  }

  /** Why there is nothing; empty if it was read. */
  default Optional<Unread<T>> unread() {
    return switch (this) {
      case Complete<T> _ -> Optional.empty();
      case Unread<T> unread -> Optional.of(unread);
    };
  }

  /** Why something could not be read. */
  enum Reason {
    /** A service control policy of the customer's organization denies it. */
    DENIED_BY_SCP,
    /** The role's own policy, a boundary or the trust policy denies it. */
    DENIED_BY_IAM,
    /** The account has not enabled the region: nothing can run there. */
    NOT_OPTED_IN,
    /** AWS throttled the call beyond its retries. */
    THROTTLED,
    /** Anything else: the code says what. */
    FAILED
  }
}

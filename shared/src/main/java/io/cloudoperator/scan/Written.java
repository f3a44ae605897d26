package io.cloudoperator.scan;

import java.util.function.Supplier;

/** The result of a conditional write to a store: all of it was written, or nothing. */
public sealed interface Written {
  /** It is there: by this write, or by an earlier one that says the same. */
  record Done() implements Written {}

  /** A condition did not hold, and nothing was written. */
  record Refused(Reason reason) implements Written {}

  /** Which condition did not hold. */
  enum Reason {
    /** The run has ended, was stopped or purged, or another run holds its connection. */
    RUN_OVER,
    /** The connection is gone, is of another generation, or is not active where it has to be. */
    CONNECTION_OVER
  }

  /** Whether it is there. */
  default boolean done() {
    return switch (this) {
      case Done _ -> true;
      case Refused _ -> false;
    };
  }

  /** The result of this write, or of the next one, which is tried if this one was done. */
  default Written then(Supplier<Written> next) {
    return switch (this) {
      case Done _ -> next.get();
      case Refused refused -> refused;
    };
  }
}

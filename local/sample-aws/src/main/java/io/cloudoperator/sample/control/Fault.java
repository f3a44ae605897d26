package io.cloudoperator.sample.control;

/**
 * What goes wrong with a call.
 *
 * @param times how often, before calls succeed again
 * @param kind whether an error is answered, or an answer breaks off
 */
public record Fault(Kind kind, int status, String code, String message, int times) {

  /** How a fault shows. */
  public enum Kind {
    ERROR,
    TRUNCATED
  }

  public Fault {
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, not " + times);
    }
  }

  /** An error answer, once. */
  public static Fault error(int status, String code, String message) {
    return new Fault(Kind.ERROR, status, code, message, 1);
  }

  /** EC2's 503 RequestLimitExceeded. */
  public static Fault throttle(int times) {
    return error(503, "RequestLimitExceeded", "Request limit exceeded.").times(times);
  }

  /** A 500 of the service. */
  public static Fault internalError() {
    return error(500, "InternalError", "An internal error has occurred");
  }

  /** EC2's 403 UnauthorizedOperation. */
  public static Fault unauthorized() {
    return error(403, "UnauthorizedOperation", "You are not authorized to perform this operation.");
  }

  /** A good answer of which only the first half arrives. */
  public static Fault truncated() {
    return new Fault(Kind.TRUNCATED, 200, "", "", 1);
  }

  /** The same fault, this often. */
  public Fault times(int count) {
    return new Fault(kind, status, code, message, count);
  }

  /** The same fault, for as long as the sample runs. */
  public Fault always() {
    return times(Integer.MAX_VALUE);
  }
}

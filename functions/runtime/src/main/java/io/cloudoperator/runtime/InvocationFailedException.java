package io.cloudoperator.runtime;

/**
 * An invocation failed, and its failure has been logged. It carries the failure's kind and neither
 * its message nor its cause: those may repeat what a customer told us.
 */
public final class InvocationFailedException extends RuntimeException {
  InvocationFailedException(Throwable failure) {
    super("failed with " + failure.getClass().getSimpleName(), null, false, false);
  }
}

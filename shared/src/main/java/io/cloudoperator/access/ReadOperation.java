package io.cloudoperator.access;

import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An AWS operation that may be called in a customer's account: there is no other way to call one.
 *
 * @param <P> what is kept of one page of its answer
 * @param name as CloudTrail calls it
 * @param iamAction the permission that it needs
 * @param tier the least tier that calls it
 * @param why one sentence for the customer
 * @param parameters sent with every call
 * @param tokenParameter what takes the token of the next page; empty if the answer has one page
 */
record ReadOperation<P>(
    AwsService service,
    String name,
    String iamAction,
    Tier tier,
    String why,
    Map<String, String> parameters,
    Optional<String> tokenParameter,
    Reader<P> reader) {
  ReadOperation {
    parameters = Map.copyOf(parameters);
  }

  /**
   * None but itself: an operation is the one that is declared, not one that looks like it. (And
   * what a record compares itself with is made at run time: a sixth of a first call.)
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** One page, and the token of the next if there is one. */
  record Page<P>(P value, Optional<String> next) {}

  /** Reads one page as it streams in. Called again, from the start, if the connection breaks. */
  @FunctionalInterface
  interface Reader<P> {
    Page<P> read(InputStream answer) throws IOException;
  }
}

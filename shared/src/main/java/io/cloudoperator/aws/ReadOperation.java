package io.cloudoperator.aws;

import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An AWS operation that may be called in a customer's account: there is no other way to call one.
 *
 * @param <P> what is kept of one page of its answer
 * @param name as CloudTrail calls it
 * @param iamAction the permission that it needs
 * @param tier the least tier that calls it
 * @param why one sentence for the customer
 * @param path on the service's host, with what a call has to give in it
 * @param arguments what is sent as a parameter, and with each call another value
 * @param parameters sent with every call
 * @param body of a JSON operation whose parameters are not all texts, in place of these; empty for
 *     all others
 * @param tokenParameter what takes the token of the next page; empty if the answer has one page
 */
public record ReadOperation<P>(
    AwsService service,
    String name,
    String iamAction,
    Tier tier,
    String why,
    RequestPath path,
    Set<String> arguments,
    Map<String, String> parameters,
    Optional<RequestBody> body,
    Optional<String> tokenParameter,
    Reader<P> reader) {
  public ReadOperation {
    arguments = Set.copyOf(arguments);
    parameters = Map.copyOf(parameters);
  }

  /** An operation that has no body, or none but of its parameters. */
  public ReadOperation(
      AwsService service,
      String name,
      String iamAction,
      Tier tier,
      String why,
      RequestPath path,
      Set<String> arguments,
      Map<String, String> parameters,
      Optional<String> tokenParameter,
      Reader<P> reader) {
    this(
        service,
        name,
        iamAction,
        tier,
        why,
        path,
        arguments,
        parameters,
        Optional.empty(),
        tokenParameter,
        reader);
  }

  /** An operation on the service's root that is called in but one way. */
  public ReadOperation(
      AwsService service,
      String name,
      String iamAction,
      Tier tier,
      String why,
      Map<String, String> parameters,
      Optional<String> tokenParameter,
      Reader<P> reader) {
    this(
        service,
        name,
        iamAction,
        tier,
        why,
        RequestPath.ROOT,
        Set.of(),
        parameters,
        tokenParameter,
        reader);
  }

  /** The names of what a call has to give: in the path, as parameters, and in the body. */
  public Set<String> argumentsOfACall() {
    return Stream.of(path.variables(), arguments, body.map(RequestBody::variables).orElse(Set.of()))
        .flatMap(Set::stream)
        .collect(Collectors.toUnmodifiableSet());
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
  public record Page<P>(P value, Optional<String> next) {}

  /** Reads one page as it streams in. Called again, from the start, if the connection breaks. */
  @FunctionalInterface
  public interface Reader<P> {
    Page<P> read(InputStream answer) throws IOException;
  }
}

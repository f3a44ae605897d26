package io.cloudoperator.aws;

import io.cloudoperator.connection.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * @param limits the buckets that each call draws on
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
    List<RateLimit> limits,
    Reader<P> reader) {
  public ReadOperation {
    arguments = Set.copyOf(arguments);
    parameters = Map.copyOf(parameters);
    limits = List.copyOf(limits);
  }

  public static Declaration minimal(AwsService service, String name, String why) {
    return new Declaration(service, name, Tier.MINIMAL, why);
  }

  public static Declaration audit(AwsService service, String name, String why) {
    return new Declaration(service, name, Tier.AUDIT, why);
  }

  /** The names of what a call has to give: in the path, as parameters, and in the body. */
  public Set<String> argumentsOfACall() {
    Set<String> names = new HashSet<>(path.variables());
    names.addAll(arguments);
    body.ifPresent(json -> names.addAll(json.variables()));
    return names;
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

  /**
   * Reads one page as it streams in. Called again, from the start, if the connection breaks. What
   * is no page of the operation ends in an IOException, a value that is not of its form in an
   * IllegalArgumentException; {@link AwsClient} makes an unreadable answer of both.
   */
  @FunctionalInterface
  public interface Reader<P> {
    Page<P> read(InputStream answer) throws IOException;
  }

  /** Reads an answer that has no pages, as {@link Reader} does. */
  @FunctionalInterface
  public interface WholeReader<P> {
    P read(InputStream answer) throws IOException;
  }

  /**
   * An operation as it is being declared: on the service's root, under the permission of its own
   * name, unless it is said otherwise.
   */
  public static final class Declaration {
    private final AwsService service;
    private final String name;
    private final Tier tier;
    private final String why;
    private final Set<String> arguments = new HashSet<>();
    private final Map<String, String> parameters = new HashMap<>();
    private final List<RateLimit> limits = new ArrayList<>();
    private String iamAction;
    private RequestPath path = RequestPath.ROOT;
    private Optional<RequestBody> body = Optional.empty();

    private Declaration(AwsService service, String name, Tier tier, String why) {
      this.service = service;
      this.name = name;
      this.tier = tier;
      this.why = why;
      iamAction = service.id() + ':' + name;
      limits.add(service.limit(name));
    }

    /** Under another permission than that of its name. */
    public Declaration action(String permission) {
      iamAction = permission;
      return this;
    }

    /**
     * On a path, as {@link RequestPath#of} takes it.
     *
     * @throws IllegalArgumentException unless it begins with a slash
     */
    public Declaration path(String onTheHost) {
      path = RequestPath.of(onTheHost);
      return this;
    }

    /** With a parameter that each call gives. */
    public Declaration argument(String parameter) {
      arguments.add(parameter);
      return this;
    }

    /** With a parameter that is the same for every call. */
    public Declaration parameter(String parameter, String value) {
      parameters.put(parameter, value);
      return this;
    }

    /**
     * With a body, as {@link RequestBody#of} takes it.
     *
     * @throws IllegalArgumentException if it is no object with members
     */
    public Declaration body(String json) {
      body = Optional.of(RequestBody.of(json));
      return this;
    }

    /** Within a bucket of its own, beside that of its service. */
    public Declaration limited(double perSecond, int burst) {
      limits.add(new RateLimit(service.id() + ':' + name, perSecond, burst));
      return this;
    }

    /** Answered in one page. */
    public <P> ReadOperation<P> whole(WholeReader<P> reader) {
      return declared(
          Optional.empty(), answer -> new Page<>(reader.read(answer), Optional.empty()));
    }

    /** Answered in pages; the token of the next is sent as this parameter. */
    public <P> ReadOperation<P> pages(String tokenParameter, Reader<P> reader) {
      return declared(Optional.of(tokenParameter), reader);
    }

    /** Answered in pages of the Query protocol, as {@link XmlPages#page} reads them. */
    public <T> ReadOperation<List<T>> queryList(
        String tokenParameter, String list, String token, XmlPages.Item<T> item) {
      return pages(tokenParameter, answer -> XmlPages.page(answer, name, list, token, item));
    }

    /** Answered in pages of JSON, as {@link JsonPages#page} reads them. */
    public <T> ReadOperation<List<T>> jsonList(
        String tokenParameter, String list, String token, JsonPages.Item<T> item) {
      return pages(tokenParameter, answer -> JsonPages.page(answer, list, token, item));
    }

    private <P> ReadOperation<P> declared(Optional<String> tokenParameter, Reader<P> reader) {
      return new ReadOperation<>(
          service,
          name,
          iamAction,
          tier,
          why,
          path,
          arguments,
          parameters,
          body,
          tokenParameter,
          limits,
          reader);
    }
  }
}

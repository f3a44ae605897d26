package io.cloudoperator.sample.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One operation of a service.
 *
 * @param route its method and path where those name it, such as {@code GET /v1/apis}; a star stands
 *     for any one segment
 * @param action what IAM calls it, without the service; as AWS does, mostly its own name
 * @param resource what IAM is asked about; absent where the answer asks IAM itself
 */
public record Operation(
    String name,
    String route,
    Optional<String> action,
    Optional<Function<ServiceCall, String>> resource,
    Function<ServiceCall, WireResponse> answer) {

  /** An operation that a request names, allowed on all resources. */
  public static Operation named(String name, Function<ServiceCall, WireResponse> answer) {
    return new Operation(name, "", Optional.empty(), Optional.of(_ -> "*"), answer);
  }

  /** An operation that a request names and a document answers, allowed on all resources. */
  public static Operation document(String name, Function<ServiceCall, ObjectNode> answer) {
    return named(
        name,
        call -> WireResponse.of(200, "application/x-amz-json-1.1", answer.apply(call).toString()));
  }

  /** An operation of the query protocol, which writes its result, allowed on all resources. */
  public static Operation query(String name, BiConsumer<ServiceCall, Xml> result) {
    return response(
        name,
        (call, xml) -> {
          xml.open(name + "Result");
          result.accept(call, xml);
          xml.close();
        });
  }

  /** An operation of the query protocol that has no result, allowed on all resources. */
  public static Operation command(String name, Consumer<ServiceCall> change) {
    return response(name, (call, _) -> change.accept(call));
  }

  private static Operation response(String name, BiConsumer<ServiceCall, Xml> content) {
    return named(
        name,
        call -> {
          Xml xml = Xml.indented(new StringBuilder());
          xml.root(name + "Response", call.service().namespace());
          content.accept(call, xml);
          xml.open("ResponseMetadata").leaf("RequestId", call.requestId());
          return WireResponse.of(200, "text/xml", xml.close().close().toString());
        });
  }

  /** An operation that is the GET of a path, allowed on all resources. */
  public static Operation get(
      String path, String name, Function<ServiceCall, WireResponse> answer) {
    return new Operation(name, "GET " + path, Optional.empty(), Optional.of(_ -> "*"), answer);
  }

  /** The same, allowed on the resource of this ARN. */
  public Operation on(Function<ServiceCall, String> arn) {
    return new Operation(name, route, action, Optional.of(arn), answer);
  }

  /** The same, with another action. */
  public Operation as(String other) {
    return new Operation(name, route, Optional.of(other), resource, answer);
  }

  /** The same, whose answer asks IAM itself, or needs no permission. */
  public Operation asking() {
    return new Operation(name, route, action, Optional.empty(), answer);
  }

  boolean isAt(WireRequest request) {
    String[] wanted = route.split("/", -1);
    // AWS takes a slash at the end, too.
    String[] given =
        (request.method() + " " + request.rawPath().replaceFirst("/$", "")).split("/", -1);
    boolean same = wanted.length == given.length;
    for (int i = 0; same && i < wanted.length; i++) {
      same = wanted[i].equals("*") ? !given[i].isEmpty() : wanted[i].equals(given[i]);
    }
    return same;
  }
}

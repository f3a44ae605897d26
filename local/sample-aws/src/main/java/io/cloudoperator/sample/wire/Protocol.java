package io.cloudoperator.sample.wire;

import io.cloudoperator.sample.iam.Decision;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/**
 * How a service is spoken to: where a request names its operation, and in which form and words it
 * is answered and refused.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/index.html">AWS protocols</a>
 */
public enum Protocol {
  /** A form with {@code Action} and {@code Version}; XML in return. */
  QUERY,
  /** EC2's own kind of {@link #QUERY}. */
  EC2,
  /** Method and path; XML in return. */
  REST_XML,
  /** S3's own kind of {@link #REST_XML}: the query string names the operation, too. */
  S3,
  /** Method and path; JSON in return. */
  REST_JSON,
  /** {@code X-Amz-Target} and a document; JSON in return. */
  JSON;

  /** A new request id: a UUID, but sixteen characters for S3. */
  String requestId() {
    UUID id = UUID.randomUUID();
    return this == S3
        ? HexFormat.of().withUpperCase().toHexDigits(id.getLeastSignificantBits())
        : id.toString();
  }

  /** The parameters of a request: of JSON, none. */
  Params params(WireRequest request) {
    return switch (this) {
      case QUERY, EC2 -> Params.parse(request.rawQuery(), request.bodyText());
      case REST_XML, S3, REST_JSON -> Params.parse(request.rawQuery());
      case JSON -> Params.parse();
    };
  }

  /**
   * The operation that a request calls; {@code Unknown} and its method, if paths name operations
   * and this one names none.
   *
   * @throws AwsError if it calls none
   */
  Operation operation(Service service, WireRequest request) {
    return switch (this) {
      case QUERY, EC2 -> ofAction(service, params(request));
      case REST_XML, S3, REST_JSON ->
          service.operations().stream()
              .filter(each -> each.isAt(request))
              .findFirst()
              .orElseGet(() -> unanswered("Unknown" + request.method(), service));
      case JSON -> {
        String target = request.header("X-Amz-Target").orElse("");
        if (!target.startsWith(service.version() + ".")) {
          throw unknown(target, service);
        }
        yield named(service, target.substring(service.version().length() + 1));
      }
    };
  }

  private Operation ofAction(Service service, Params params) {
    String action =
        params
            .get("Action")
            .orElseThrow(() ->
                new AwsError(
                    400,
                    "MissingAction",
                    this == EC2
                        ? "The request is missing an action or a required parameter."
                        : "Action is missing"));
    if (!action.matches("[A-Z][A-Za-z0-9]+")
        || !params.get("Version").orElse("").equals(service.version())) {
      throw unknown(action, service);
    }
    return named(service, action);
  }

  private Operation named(Service service, String name) {
    return service.operations().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseGet(() -> unanswered(name, service));
  }

  /** It is authorized all the same, so that it shows what a policy would let through. */
  public Operation unanswered(String name, Service service) {
    return Operation.named(
        name,
        _ -> {
          throw unknown(name, service);
        });
  }

  private AwsError unknown(String name, Service service) {
    return switch (this) {
      case QUERY ->
          new AwsError(
              400,
              "InvalidAction",
              "Could not find operation %s for version %s".formatted(name, service.version()));
      case EC2 ->
          new AwsError(
              400, "InvalidAction", "The action " + name + " is not valid for this web service.");
      case REST_XML, S3 ->
          new AwsError(501, "NotImplemented", "The sample AWS does not implement this call");
      case REST_JSON ->
          new AwsError(
              501, "NotImplementedException", "The sample AWS does not implement this call");
      case JSON -> new AwsError(400, "UnknownOperationException", "");
    };
  }

  /** What IAM's refusal of a call looks like. */
  AwsError denied(ServiceCall call, String action, String resource, Decision decision) {
    String user =
        "User: %s is not authorized to perform: %s".formatted(call.caller().arn(), action);
    String on = " on resource: " + resource;
    String reason = decision.reason(action);
    return switch (this) {
      case QUERY, REST_XML -> new AwsError(403, "AccessDenied", user + on + reason);
      case REST_JSON, JSON -> new AwsError(403, "AccessDeniedException", user + on + reason);
      case S3 ->
          new AwsError(403, "AccessDenied", user + (resource.equals("*") ? "" : on) + reason);
      case EC2 ->
          new AwsError(
              403,
              "UnauthorizedOperation",
              "You are not authorized to perform this operation. "
                  + user
                  + (resource.equals("*")
                      ? reason
                      : on + reason + encoded(decision + action + resource)));
    };
  }

  private static String encoded(String message) {
    return ". Encoded authorization failure message: "
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(message.getBytes(StandardCharsets.UTF_8));
  }
}

package io.cloudoperator.sample.apigateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.sample.data.PlantedSecret;
import io.cloudoperator.sample.data.Regional;
import io.cloudoperator.sample.wire.AwsError;
import io.cloudoperator.sample.wire.Operation;
import io.cloudoperator.sample.wire.ServiceCall;
import io.cloudoperator.sample.wire.WireResponse;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What both versions of API Gateway have in common: how they are asked, and what they refuse. */
abstract class GatewayVersion {

  /** The answer that lists a page of something. */
  abstract <T> WireResponse listed(
      ServiceCall call, List<T> all, Function<T, ObjectNode> form, String... parameters);

  /** The answer that tells of one thing. */
  abstract WireResponse one(ServiceCall call, ObjectNode body);

  /** An operation that lists something. */
  final <T> Operation list(
      String path,
      String name,
      Function<ServiceCall, List<T>> all,
      BiFunction<ServiceCall, T, ObjectNode> form) {
    return Operation.get(
        path, name, call -> listed(call, all.apply(call), each -> form.apply(call, each)));
  }

  /** An operation that tells of one thing. */
  final <T> Operation get(
      String path,
      String name,
      Function<ServiceCall, T> which,
      BiFunction<ServiceCall, T, ObjectNode> form) {
    return Operation.get(
        path,
        name,
        call -> {
          call.params().onlyKnown(Set.of(), GatewayVersion::badRequest);
          return one(call, form.apply(call, which.apply(call)));
        });
  }

  /** The domain whose name the path has. */
  static DomainFacts domain(ServiceCall call) {
    return find(call, DomainFacts.class, "domainnames", "Invalid domain name identifier specified");
  }

  /** What the path names behind a segment. */
  static <T extends Regional> T find(
      ServiceCall call, Class<T> kind, String segment, String refusal) {
    String id = call.path().get(call.path().indexOf(segment) + 1);
    return call.account()
        .all(kind)
        .find(call.region(), id)
        .orElseThrow(() -> notFound(refusal.formatted(id)));
  }

  static AwsError badRequest(String message) {
    return new AwsError(400, "BadRequestException", message);
  }

  static AwsError notFound(String message) {
    return new AwsError(404, "NotFoundException", message);
  }

  /** With the tags that everything has. */
  static ObjectNode tagged(ObjectNode node) {
    node.putObject("tags").put(PlantedSecret.of("tag-key"), PlantedSecret.of("tag"));
    return node;
  }

  static void accessLogs(ServiceCall call, GatewayApi.Stage stage, ObjectNode node) {
    if (stage.accessLogs()) {
      node.putObject("accessLogSettings")
          .put("format", "$context.requestId " + PlantedSecret.of("log-format"))
          .put("destinationArn", call.arn("logs", "log-group:" + PlantedSecret.of("access-log")));
    }
  }

  static void mutualTls(DomainFacts domain, ObjectNode node) {
    if (domain.mutualTls()) {
      node.putObject("mutualTlsAuthentication")
          .put("truststoreUri", "s3://" + PlantedSecret.of("truststore") + "/ca.pem");
    }
  }

  /** The host of AWS that the domain is to point to. */
  static String target(DomainFacts domain) {
    String label = "d-" + HexFormat.of().toHexDigits((long) domain.id().hashCode()).substring(6);
    return domain.endpoint() == GatewayApi.Endpoint.EDGE
        ? label.replace("-", "") + ".cloudfront.net"
        : label + ".execute-api." + domain.region() + ".amazonaws.com";
  }

  /** How API Gateway calls a function. */
  static String invocation(ServiceCall call, String function) {
    return "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
        .formatted(call.region(), call.arn("lambda", "function:" + function));
  }
}

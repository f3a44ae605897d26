package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads authorizers. Of the pools and functions that they ask nothing is kept. */
public final class AuthorizerReader {
  static final String AUTHORIZER = "authorizerId";

  /** Those of a REST API. */
  public static final ReadOperation<List<Authorizer>> GET_AUTHORIZERS =
      ApiVersion.V1.listing(
          "GetAuthorizers",
          "/restapis/{restapi_id}/authorizers",
          "Names the authorizers that methods refer to.",
          AuthorizerReader::authorizer);

  /** One by one: most APIs have one, and those that no route refers to are nobody's business. */
  public static final ReadOperation<Authorizer> GET_AUTHORIZER =
      ApiVersion.operation(
              "GetAuthorizer",
              "/v2/apis/{apiId}/authorizers/{authorizerId}",
              "Names an authorizer that routes refer to.")
          .whole(answer -> authorizer(JsonReader.open(answer)));

  private AuthorizerReader() {}

  private static Authorizer authorizer(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    String type = "";
    Optional<String> issuer = Optional.empty();
    for (int authorizer = json.enterObject(); json.next(authorizer); ) {
      switch (json.name()) {
        case "id", "authorizerId" -> id = json.text();
        case "name" -> name = json.text();
        case "type", "authorizerType" -> type = json.text();
        case "jwtConfiguration" ->
            issuer = Optional.of(json.text("issuer")).filter(some -> !some.isEmpty());
        default -> {}
      }
    }
    return new Authorizer(JsonPages.required(id), name, type, issuer);
  }
}

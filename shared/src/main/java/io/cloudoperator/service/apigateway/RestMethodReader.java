package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.apigateway.RestApi.Method;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the methods of a REST API from its resources, in which they are embedded.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_GetResources.html">GetResources</a>
 */
public final class RestMethodReader {
  // Of one resource, which has one for each verb of HTTP.
  private static final int MOST_METHODS = 100;

  public static final ReadOperation<List<Method>> GET_RESOURCES =
      ApiVersion.operation(
              "GetResources",
              "/restapis/{restapi_id}/resources",
              "Tells how each method authorizes its callers; no address or template of a backend is kept.")
          .parameter("limit", "500")
          .parameter("embed", "methods")
          // Nine tenths of 5 in 2 seconds, and never 6 in any 2 seconds: there is no other way to
          // read what is in an API, and 500 of them have to be read in one scan.
          // https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html#api-gateway-control-service-limits-table
          .limited(2.25, 1)
          .pages("position", RestMethodReader::methods);

  private RestMethodReader() {}

  private static Page<List<Method>> methods(InputStream answer) throws IOException {
    Page<List<List<Method>>> resources =
        ApiVersion.V1.reader(RestMethodReader::resource).read(answer);
    return new Page<>(resources.value().stream().flatMap(List::stream).toList(), resources.next());
  }

  private static List<Method> resource(JsonReader json) throws IOException {
    String path = "";
    // The path may stand after the methods.
    List<Function<String, Method>> methods = new ArrayList<>();
    for (int resource = json.enterObject(); json.next(resource); ) {
      switch (json.name()) {
        case "path" -> path = json.text();
        case "resourceMethods" -> {
          for (int each = json.enterObject(); json.next(each); ) {
            methods.add(method(json.name(), json));
            if (methods.size() > MOST_METHODS) {
              throw new UnreadableResponseException("a resource has more than " + MOST_METHODS);
            }
          }
        }
        default -> {}
      }
    }
    String of = JsonPages.required(path);
    return methods.stream().map(method -> method.apply(of)).toList();
  }

  /**
   * A method of a path.
   *
   * @throws UnreadableResponseException if it does not say how it authorizes: what is not known to
   *     need no authorization must not look as if it needed none
   */
  private static Function<String, Method> method(String httpMethod, JsonReader json)
      throws IOException {
    String type = "";
    Optional<String> authorizerId = Optional.empty();
    boolean apiKeyRequired = false;
    Integration integration = Integration.NONE;
    for (int method = json.enterObject(); json.next(method); ) {
      switch (json.name()) {
        case "authorizationType" -> type = json.text();
        case "authorizerId" -> authorizerId = json.someText();
        case "apiKeyRequired" -> apiKeyRequired = json.flag();
        case "methodIntegration" -> integration = integration(json);
        default -> {}
      }
    }
    Method pathless =
        new Method(
            httpMethod, "", JsonPages.required(type), authorizerId, apiKeyRequired, integration);
    return pathless::at;
  }

  private static Integration integration(JsonReader json) throws IOException {
    String type = "";
    boolean lambda = false;
    boolean inVpc = false;
    for (int integration = json.enterObject(); json.next(integration); ) {
      switch (json.name()) {
        case "type" -> type = json.text();
        // arn:aws:apigateway:region:lambda:path/2015-03-31/functions/…/invocations
        case "uri" -> lambda = json.document().contains(":lambda:path/");
        case "connectionType" -> inVpc = json.text().equals("VPC_LINK");
        default -> {}
      }
    }
    return switch (type) {
      case "" -> Integration.NONE;
      case "AWS", "AWS_PROXY" -> lambda ? Integration.LAMBDA : Integration.AWS;
      case "HTTP", "HTTP_PROXY" -> inVpc ? Integration.VPC_LINK : Integration.HTTP;
      case "MOCK" -> Integration.MOCK;
      default -> Integration.OTHER;
    };
  }
}

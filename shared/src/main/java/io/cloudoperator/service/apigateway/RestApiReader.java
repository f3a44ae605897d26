package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation.Page;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads REST APIs, authorizers and VPC links, as version 1 of API Gateway's API lists them.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html">RestApi</a>
 */
final class RestApiReader {
  static final String ITEM = "item";
  static final String POSITION = "position";

  private RestApiReader() {}

  /** The APIs, without what is asked of each by itself. */
  static Page<List<RestApi>> apis(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(answer, ITEM, POSITION, RestApiReader::api);
  }

  private static RestApi api(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    Optional<Instant> created = Optional.empty();
    EndpointType endpointType = EndpointType.EDGE;
    boolean defaultEndpointDisabled = false;
    Optional<String> tlsPolicy = Optional.empty();
    ResourcePolicy policy = ResourcePolicy.NONE;
    for (int api = json.enterObject(); json.next(api); ) {
      switch (json.name()) {
        case "id" -> id = json.text();
        case "name" -> name = json.text();
        case "createdDate" -> created = json.time();
        case "endpointConfiguration" -> endpointType = endpointType(json);
        case "disableExecuteApiEndpoint" -> defaultEndpointDisabled = json.flag();
        case "securityPolicy" -> tlsPolicy = json.someText();
        case "policy" -> policy = ResourcePolicyReader.kind(json);
        default -> {}
      }
    }
    return new RestApi(
        JsonPages.required(id),
        name,
        created,
        endpointType,
        defaultEndpointDisabled,
        tlsPolicy,
        policy,
        List.of(),
        List.of(),
        List.of());
  }

  /**
   * Of an endpoint configuration: the one from which most can reach it, where it has two for a
   * while. A type that is not known here is taken for one that can be reached from the internet.
   */
  static EndpointType endpointType(JsonReader json) throws IOException {
    List<String> types = new ArrayList<>();
    for (int configuration = json.enterObject(); json.next(configuration); ) {
      if (json.name().equals("types")) {
        for (int each = json.enterList(); json.next(each); ) {
          types.add(json.text());
        }
      }
    }
    if (types.isEmpty() || types.contains(EndpointType.EDGE.name())) {
      return EndpointType.EDGE;
    }
    return types.stream().allMatch(EndpointType.PRIVATE.name()::equals)
        ? EndpointType.PRIVATE
        : EndpointType.REGIONAL;
  }

  static Page<List<Authorizer>> authorizers(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(answer, ITEM, POSITION, RestApiReader::authorizer);
  }

  private static Authorizer authorizer(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    String type = "";
    for (int authorizer = json.enterObject(); json.next(authorizer); ) {
      switch (json.name()) {
        case "id" -> id = json.text();
        case "name" -> name = json.text();
        case "type" -> type = json.text();
        default -> {}
      }
    }
    return new Authorizer(JsonPages.required(id), name, type, Optional.empty());
  }

  static Page<List<VpcLink>> vpcLinks(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(answer, ITEM, POSITION, RestApiReader::vpcLink);
  }

  private static VpcLink vpcLink(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    for (int link = json.enterObject(); json.next(link); ) {
      switch (json.name()) {
        case "id" -> id = json.text();
        case "name" -> name = json.text();
        default -> {}
      }
    }
    return new VpcLink(JsonPages.required(id), name);
  }
}

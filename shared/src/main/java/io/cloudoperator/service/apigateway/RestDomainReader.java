package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads custom domains, as version 1 of API Gateway's API lists them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html">DomainName</a>
 */
final class RestDomainReader {
  private static final String NO_BASE_PATH = "(none)";

  private RestDomainReader() {}

  static Page<List<FoundDomain>> domainNames(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(
        answer, RestApiReader.ITEM, RestApiReader.POSITION, RestDomainReader::domainName);
  }

  private static FoundDomain domainName(JsonReader json) throws IOException {
    String name = "";
    Optional<String> id = Optional.empty();
    EndpointType endpointType = EndpointType.EDGE;
    Optional<String> tlsPolicy = Optional.empty();
    boolean mutualTls = false;
    RoutingMode mode = RoutingMode.MAPPINGS;
    List<String> targets = new ArrayList<>();
    for (int domain = json.enterObject(); json.next(domain); ) {
      switch (json.name()) {
        case "domainName" -> name = json.text();
        case "domainNameId" -> id = json.someText();
        case "endpointConfiguration" -> endpointType = RestApiReader.endpointType(json);
        case "routingMode" -> mode = RoutingMode.of(json.text());
        case "securityPolicy" -> tlsPolicy = json.someText();
        case "regionalDomainName", "distributionDomainName" ->
            json.someText().ifPresent(targets::add);
        case "mutualTlsAuthentication" -> {
          for (int mutual = json.enterObject(); json.next(mutual); ) {
            if (json.name().equals("truststoreUri")) {
              mutualTls = !json.text().isEmpty();
            }
          }
        }
        default -> {}
      }
    }
    return new FoundDomain(
        new DomainName(
            JsonPages.required(name), endpointType, tlsPolicy, mutualTls, targets, List.of()),
        id,
        mode);
  }

  static Page<List<Mapping>> mappings(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(
        answer, RestApiReader.ITEM, RestApiReader.POSITION, RestDomainReader::mapping);
  }

  private static Mapping mapping(JsonReader json) throws IOException {
    String basePath = "";
    String api = "";
    String stage = "";
    for (int mapping = json.enterObject(); json.next(mapping); ) {
      switch (json.name()) {
        case "basePath" -> basePath = json.text();
        case "restApiId" -> api = json.text();
        case "stage" -> stage = json.text();
        default -> {}
      }
    }
    return new Mapping(
        basePath.equals(NO_BASE_PATH) ? "" : basePath.replaceAll("^/+|/+$", ""),
        JsonPages.required(api),
        stage);
  }
}

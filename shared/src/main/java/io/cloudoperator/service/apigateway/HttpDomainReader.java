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
 * Reads the custom domains and VPC links of API Gateway, as version 2 of its API lists them.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html">DomainNames</a>
 */
final class HttpDomainReader {
  private static final String ITEMS = "items";
  private static final String NEXT_TOKEN = "nextToken";

  // What comes before all others, where a domain is on its way from one policy to the other.
  private static final String LEAST_TLS = "TLS_1_0";

  private HttpDomainReader() {}

  /** The domains, without their mappings. */
  static Page<List<FoundDomain>> domainNames(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpDomainReader::domainName);
  }

  private static FoundDomain domainName(JsonReader json) throws IOException {
    String name = "";
    boolean mutualTls = false;
    RoutingMode mode = RoutingMode.MAPPINGS;
    List<String> types = new ArrayList<>();
    List<String> policies = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    for (int domain = json.enterObject(); json.next(domain); ) {
      switch (json.name()) {
        case "domainName" -> name = json.text();
        case "routingMode" -> mode = RoutingMode.of(json.text());
        case "domainNameConfigurations" -> {
          for (int configurations = json.enterList(); json.next(configurations); ) {
            for (int each = json.enterObject(); json.next(each); ) {
              switch (json.name()) {
                case "endpointType" -> json.someText().ifPresent(types::add);
                case "securityPolicy" -> json.someText().ifPresent(policies::add);
                case "apiGatewayDomainName" -> json.someText().ifPresent(targets::add);
                default -> {}
              }
            }
          }
        }
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
            JsonPages.required(name),
            endpointType(types),
            policies.contains(LEAST_TLS) ? Optional.of(LEAST_TLS) : policies.stream().findFirst(),
            mutualTls,
            targets,
            List.of()),
        Optional.empty(),
        mode);
  }

  /** The one from which most can reach it, where it has two for a while. */
  private static EndpointType endpointType(List<String> types) {
    if (types.contains("EDGE")) {
      return EndpointType.EDGE;
    }
    return !types.isEmpty() && types.stream().allMatch("PRIVATE"::equals)
        ? EndpointType.PRIVATE
        : EndpointType.REGIONAL;
  }

  /** What of one domain leads where. */
  static Page<List<Mapping>> mappings(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpDomainReader::mapping);
  }

  private static Mapping mapping(JsonReader json) throws IOException {
    String key = "";
    String api = "";
    String stage = "";
    for (int mapping = json.enterObject(); json.next(mapping); ) {
      switch (json.name()) {
        case "apiMappingKey" -> key = json.text();
        case "apiId" -> api = json.text();
        case "stage" -> stage = json.text();
        default -> {}
      }
    }
    return new Mapping(
        key.equals("(none)") ? "" : key.replaceAll("^/+|/+$", ""), JsonPages.required(api), stage);
  }

  static Page<List<VpcLink>> vpcLinks(InputStream answer) throws IOException {
    return JsonPages.page(answer, ITEMS, NEXT_TOKEN, HttpDomainReader::vpcLink);
  }

  private static VpcLink vpcLink(JsonReader json) throws IOException {
    String id = "";
    String name = "";
    for (int link = json.enterObject(); json.next(link); ) {
      switch (json.name()) {
        case "vpcLinkId" -> id = json.text();
        case "name" -> name = json.text();
        default -> {}
      }
    }
    return new VpcLink(JsonPages.required(id), name);
  }
}

package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toSet;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.ItemReads;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.ReadOperation.Declaration;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Reads the custom domain names of a region. Both versions of API Gateway's API list them: only
 * version 2 knows mappings to HTTP APIs, base paths of more than one segment and routing rules;
 * only version 1 knows private domains.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_DomainName.html">DomainName</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html">DomainNames</a>
 */
public final class DomainNameReader {
  public static final String DOMAIN = "domain_name";
  public static final String DOMAIN_ID = "domainNameId";

  // What comes before all others, where a domain is on its way from one policy to the other.
  private static final String LEAST_TLS = "TLS_1_0";

  public static final ReadOperation<List<Found>> GET_DOMAIN_NAMES =
      ApiVersion.V1.listing(
          "GetDomainNames",
          "/domainnames",
          "Names the custom domains that version 1 of API Gateway's API knows, private ones too, and the TLS that they accept.",
          json -> domainName(json, EndpointType.EDGE));

  public static final ReadOperation<List<Found>> GET_DOMAIN_NAMES_OF_VERSION_2 =
      ApiVersion.V2.listing(
          "GetDomainNames",
          "/v2/domainnames",
          "Names the custom domains that version 2 of API Gateway's API knows, and the TLS that they accept.",
          json -> domainName(json, EndpointType.REGIONAL));

  public static final ReadOperation<List<Mapping>> GET_BASE_PATH_MAPPINGS =
      ApiVersion.V1.listing(basePathMappings(), DomainNameReader::mapping);

  /** Private domains may have one name several times, and are told apart by their ids. */
  public static final ReadOperation<List<Mapping>> GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN =
      ApiVersion.V1.listing(basePathMappings().argument(DOMAIN_ID), DomainNameReader::mapping);

  public static final ReadOperation<List<Mapping>> GET_API_MAPPINGS =
      ApiVersion.V2.listing(
          "GetApiMappings",
          "/v2/domainnames/{domain_name}/apimappings",
          "Tells which APIs answer on a custom domain.",
          DomainNameReader::mapping);

  private DomainNameReader() {}

  private static Declaration basePathMappings() {
    return ApiVersion.operation(
        "GetBasePathMappings",
        "/domainnames/{domain_name}/basepathmappings",
        "Tells which REST APIs answer on a custom domain.");
  }

  /**
   * A domain as it is listed, before it was asked what of it leads where.
   *
   * @param domain without mappings
   * @param id what a private domain has beside its name
   */
  record Found(DomainName domain, Optional<String> id, RoutingMode mode) {
    /** Whether it has to be told from others of its name. */
    boolean isPrivate() {
      return domain.endpointType() == EndpointType.PRIVATE && id.isPresent();
    }

    /** What names it in a call: its id too, where it has to be told from others. */
    Map<String, String> arguments() {
      return isPrivate()
          ? Map.of(DOMAIN, domain.name(), DOMAIN_ID, id.orElseThrow())
          : Map.of(DOMAIN, domain.name());
    }

    DomainName with(List<Mapping> mappings) {
      return new DomainName(
          domain.name(),
          domain.endpointType(),
          domain.tlsPolicy(),
          domain.mutualTls(),
          domain.targets(),
          mappings);
    }
  }

  /**
   * One that vanishes while it is read is left out: it is not there. Where its rules could not be
   * read it has its mappings alone, and its rules are unread.
   */
  static List<DomainName> read(AwsClient client, ItemReads items) {
    List<Found> byVersion2 =
        client.list(GET_DOMAIN_NAMES_OF_VERSION_2, Map.of(), DomainNameReader::key);
    Set<String> known = byVersion2.stream().map(found -> found.domain().name()).collect(toSet());
    List<Found> byVersion1Alone =
        client.list(GET_DOMAIN_NAMES, Map.of(), DomainNameReader::key).stream()
            .filter(found -> found.isPrivate() || !known.contains(found.domain().name()))
            .toList();
    return Stream.concat(
            whole(client, items, byVersion2, _ -> GET_API_MAPPINGS),
            whole(
                client,
                items,
                byVersion1Alone,
                found ->
                    found.isPrivate()
                        ? GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN
                        : GET_BASE_PATH_MAPPINGS))
        .toList();
  }

  private static String key(Found found) {
    return found.domain().name() + ' ' + found.id().orElse("");
  }

  private static Stream<DomainName> whole(
      AwsClient client,
      ItemReads items,
      List<Found> domains,
      Function<Found, ReadOperation<List<Mapping>>> mappings) {
    return ParallelMap.each(
            domains,
            found ->
                whole(
                    client,
                    items,
                    found,
                    () -> client.list(mappings.apply(found), found.arguments(), Mapping::basePath)))
        .stream()
        .flatMap(Optional::stream);
  }

  private static Optional<DomainName> whole(
      AwsClient client, ItemReads items, Found found, Supplier<List<Mapping>> mappings) {
    String name = found.domain().name();
    // As what is unread of a domain is called where it is not all of it.
    String rules = name + "/routingrules";
    return switch (found.mode()) {
      case MAPPINGS -> items.read(name, mappings).map(found::with);
      case RULES -> items.read(rules, () -> byRules(client, found, List.of()));
      case RULES_THEN_MAPPINGS ->
          items
              .read(name, mappings)
              .map(mapped ->
                  items
                      .read(rules, () -> byRules(client, found, mapped))
                      .orElseGet(() -> found.with(mapped)));
    };
  }

  private static DomainName byRules(AwsClient client, Found found, List<Mapping> otherwise) {
    ReadOperation<List<RoutingRule>> operation =
        found.isPrivate()
            ? RoutingRuleReader.LIST_ROUTING_RULES_OF_PRIVATE_DOMAIN
            : RoutingRuleReader.LIST_ROUTING_RULES;
    return found.with(RoutingRule.leading(client.list(operation, found.arguments()), otherwise));
  }

  /**
   * A domain, without its mappings.
   *
   * @param otherwise its endpoint type where AWS says none: what this version of its API creates
   */
  private static Found domainName(JsonReader json, EndpointType otherwise) throws IOException {
    String name = "";
    Optional<String> id = Optional.empty();
    List<String> types = new ArrayList<>();
    List<String> policies = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    boolean mutualTls = false;
    RoutingMode mode = RoutingMode.MAPPINGS;
    for (int domain = json.enterObject(); json.next(domain); ) {
      switch (json.name()) {
        case "domainName" -> name = json.text();
        case "domainNameId" -> id = json.someText();
        case "routingMode" -> mode = RoutingMode.of(json.text());
        case "securityPolicy" -> json.someText().ifPresent(policies::add);
        case "regionalDomainName", "distributionDomainName" ->
            json.someText().ifPresent(targets::add);
        case "mutualTlsAuthentication" -> mutualTls = !json.text("truststoreUri").isEmpty();
        case "endpointConfiguration" -> types.addAll(RestApiReader.endpointTypes(json));
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
        default -> {}
      }
    }
    return new Found(
        new DomainName(
            JsonPages.required(name),
            EndpointType.widest(types, otherwise),
            policies.contains(LEAST_TLS) ? Optional.of(LEAST_TLS) : policies.stream().findFirst(),
            mutualTls,
            targets,
            List.of()),
        id,
        mode);
  }

  private static Mapping mapping(JsonReader json) throws IOException {
    String basePath = "";
    String api = "";
    String stage = "";
    for (int mapping = json.enterObject(); json.next(mapping); ) {
      switch (json.name()) {
        case "basePath", "apiMappingKey" -> basePath = json.text();
        case "restApiId", "apiId" -> api = json.text();
        case "stage" -> stage = json.text();
        default -> {}
      }
    }
    return new Mapping(
        basePath.equals("(none)") ? "" : basePath.replaceAll("^/+|/+$", ""),
        JsonPages.required(api),
        stage);
  }
}

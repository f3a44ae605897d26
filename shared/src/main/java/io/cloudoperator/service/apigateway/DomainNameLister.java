package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toSet;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.ItemReads;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the custom domain names of a region. Both versions of API Gateway's API list them: only
 * version 2 knows mappings to HTTP APIs, base paths of more than one segment and routing rules;
 * only version 1 knows private domains.
 */
public final class DomainNameLister {
  private DomainNameLister() {}

  /**
   * One that vanishes while it is read is left out: it is not there. Where its rules could not be
   * read it has its mappings alone, and its rules are unread.
   */
  public static Reading<List<DomainName>> read(RegionClient aws) {
    return aws.askEach(AwsService.APIGATEWAY, DomainNameLister::domains);
  }

  private static List<DomainName> domains(AwsClient client, ItemReads items) {
    List<FoundDomain> byVersion2 =
        client.list(HttpApiOperations.GET_DOMAIN_NAMES, Map.of(), DomainNameLister::key);
    Set<String> known = byVersion2.stream().map(found -> found.domain().name()).collect(toSet());
    List<FoundDomain> byVersion1Alone =
        client.list(RestApiOperations.GET_DOMAIN_NAMES, Map.of(), DomainNameLister::key).stream()
            .filter(found -> found.isPrivate() || !known.contains(found.domain().name()))
            .toList();
    return Stream.concat(
            whole(client, items, byVersion2, found -> apiMappings(client, found)),
            whole(client, items, byVersion1Alone, found -> basePathMappings(client, found)))
        .toList();
  }

  private static Stream<DomainName> whole(
      AwsClient client,
      ItemReads items,
      List<FoundDomain> domains,
      Function<FoundDomain, List<Mapping>> mappings) {
    return ParallelMap.each(domains, found -> whole(client, items, found, mappings)).stream()
        .flatMap(Optional::stream);
  }

  private static String key(FoundDomain found) {
    return found.domain().name() + ' ' + found.id().orElse("");
  }

  private static Optional<DomainName> whole(
      AwsClient client,
      ItemReads items,
      FoundDomain found,
      Function<FoundDomain, List<Mapping>> mappings) {
    String name = found.domain().name();
    return switch (found.mode()) {
      case MAPPINGS -> items.read(name, () -> mappings.apply(found)).map(found::with);
      case RULES -> items.read(rulesOf(name), () -> byRules(client, found, List.of()));
      case RULES_THEN_MAPPINGS ->
          items
              .read(name, () -> mappings.apply(found))
              .map(mapped ->
                  items
                      .read(rulesOf(name), () -> byRules(client, found, mapped))
                      .orElseGet(() -> found.with(mapped)));
    };
  }

  /** As what is unread of a domain is called where it is not all of it. */
  private static String rulesOf(String domain) {
    return domain + "/routingrules";
  }

  private static DomainName byRules(AwsClient client, FoundDomain found, List<Mapping> otherwise) {
    return found.with(RoutingRule.leading(rules(client, found), otherwise));
  }

  private static List<RoutingRule> rules(AwsClient client, FoundDomain found) {
    String name = found.domain().name();
    return found.isPrivate()
        ? client.list(
            RoutingRuleReader.LIST_ROUTING_RULES_OF_PRIVATE_DOMAIN,
            Map.of(
                RoutingRuleReader.DOMAIN,
                name,
                RoutingRuleReader.DOMAIN_ID,
                found.id().orElseThrow()))
        : client.list(RoutingRuleReader.LIST_ROUTING_RULES, Map.of(RoutingRuleReader.DOMAIN, name));
  }

  private static List<Mapping> apiMappings(AwsClient client, FoundDomain found) {
    return client.list(
        HttpApiOperations.GET_API_MAPPINGS,
        Map.of(HttpApiOperations.DOMAIN, found.domain().name()),
        Mapping::basePath);
  }

  private static List<Mapping> basePathMappings(AwsClient client, FoundDomain found) {
    String name = found.domain().name();
    return found.isPrivate()
        ? client.list(
            RestApiOperations.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
            Map.of(
                RestApiOperations.DOMAIN,
                name,
                RestApiOperations.DOMAIN_ID,
                found.id().orElseThrow()),
            Mapping::basePath)
        : client.list(
            RestApiOperations.GET_BASE_PATH_MAPPINGS,
            Map.of(RestApiOperations.DOMAIN, name),
            Mapping::basePath);
  }
}

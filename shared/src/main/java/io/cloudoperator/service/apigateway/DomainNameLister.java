package io.cloudoperator.service.apigateway;

import static java.util.stream.Collectors.toSet;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.AwsService;
import io.cloudoperator.aws.NotFound;
import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.Reading;
import io.cloudoperator.concurrent.ParallelMap;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import io.cloudoperator.service.apigateway.RestDomainReader.FoundDomain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads the custom domain names of a region. Both versions of API Gateway's API list them: only
 * version 2 knows mappings to HTTP APIs, and base paths of more than one segment; only version 1
 * knows private domains.
 */
public final class DomainNameLister {
  private DomainNameLister() {}

  /** One that vanishes while it is read is left out: it is not there. */
  public static Reading<List<DomainName>> read(RegionClient aws) {
    return aws.ask(AwsService.APIGATEWAY, DomainNameLister::domains);
  }

  private static List<DomainName> domains(AwsClient client) {
    List<DomainName> byVersion2 = client.list(HttpApiOperations.GET_DOMAIN_NAMES, Map.of());
    Set<String> known = byVersion2.stream().map(DomainName::name).collect(toSet());
    List<FoundDomain> byVersion1Alone =
        client.list(RestApiOperations.GET_DOMAIN_NAMES, Map.of()).stream()
            .filter(found -> isPrivate(found) || !known.contains(found.domain().name()))
            .toList();
    return Stream.concat(
            withMappings(
                byVersion2,
                domain -> new FoundDomain(domain, Optional.empty()).with(mappings(client, domain))),
            withMappings(byVersion1Alone, found -> found.with(mappings(client, found))))
        .toList();
  }

  private static <T> Stream<DomainName> withMappings(
      List<T> domains, Function<T, DomainName> question) {
    return ParallelMap.each(domains, domain -> NotFound.unless(() -> question.apply(domain)))
        .stream()
        .flatMap(Optional::stream);
  }

  private static List<Mapping> mappings(AwsClient client, DomainName domain) {
    return client.list(
        HttpApiOperations.GET_API_MAPPINGS, Map.of(HttpApiOperations.DOMAIN, domain.name()));
  }

  private static List<Mapping> mappings(AwsClient client, FoundDomain found) {
    String name = found.domain().name();
    return isPrivate(found)
        ? client.list(
            RestApiOperations.GET_BASE_PATH_MAPPINGS_OF_PRIVATE_DOMAIN,
            Map.of(
                RestApiOperations.DOMAIN,
                name,
                RestApiOperations.DOMAIN_ID,
                found.id().orElseThrow()))
        : client.list(
            RestApiOperations.GET_BASE_PATH_MAPPINGS, Map.of(RestApiOperations.DOMAIN, name));
  }

  private static boolean isPrivate(FoundDomain found) {
    return found.domain().endpointType() == EndpointType.PRIVATE && found.id().isPresent();
  }
}

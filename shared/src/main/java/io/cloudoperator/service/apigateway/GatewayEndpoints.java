package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.CdnIndex;
import io.cloudoperator.inventory.Endpoint;
import io.cloudoperator.inventory.Exposure;
import io.cloudoperator.inventory.Exposures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How callers get to the APIs that API Gateway has in a region. */
public final class GatewayEndpoints {
  /** HTTP APIs serve this stage without a prefix. */
  private static final String DEFAULT_STAGE = "$default";

  private final RegionName region;
  private final boolean everyDomainRead;
  private final Map<String, List<Leading>> leading = new HashMap<>();
  private final CdnIndex fronts;

  /**
   * @param domains what was read of them: of one that was not, or of whose rules nothing was read,
   *     any API may be what it leads to
   */
  public GatewayEndpoints(RegionName region, Reading<List<DomainName>> domains, CdnIndex fronts) {
    this.region = region;
    this.fronts = fronts;
    List<DomainName> read;
    switch (domains) {
      case Reading.Complete<List<DomainName>>(List<DomainName> value, List<UnreadItem> except) -> {
        read = value;
        everyDomainRead = except.isEmpty();
      }
      case Reading.Unread<List<DomainName>> _ -> {
        read = List.of();
        everyDomainRead = false;
      }
    }
    for (DomainName domain : read) {
      for (DomainName.Mapping mapping : domain.mappings()) {
        leading
            .computeIfAbsent(mapping.apiId(), _ -> new ArrayList<>())
            .add(new Leading(domain, mapping));
      }
    }
  }

  /**
   * An API of API Gateway, as far as the ways to it depend on it.
   *
   * @param exposure who may come, by its endpoint type and its resource policy
   * @param tls of its default endpoint
   */
  record Target(
      String id,
      Exposure exposure,
      boolean defaultEndpointDisabled,
      Optional<String> tls,
      List<Stage> stages) {
    List<Stage> deployed() {
      return stages.stream().filter(stage -> stage.deploymentId().isPresent()).toList();
    }
  }

  /** Every open way to it, in order. */
  List<Endpoint> to(Target api) {
    List<Stage> deployed = api.deployed();
    if (deployed.isEmpty()) {
      return List.of();
    }
    List<Endpoint> ways = new ArrayList<>();
    Map<String, List<Endpoint>> hosts = new LinkedHashMap<>();
    if (!api.defaultEndpointDisabled()) {
      String host = executeApi(api.id());
      List<Endpoint> defaults =
          deployed.stream().map(stage -> defaultEndpoint(api, host, stage)).toList();
      ways.addAll(defaults);
      hosts.put(host, defaults);
    }
    for (Leading led : leading.getOrDefault(api.id(), List.of())) {
      led.to(api, deployed)
          .ifPresent(way -> {
            ways.add(way);
            led.hosts()
                .forEach(host -> hosts.computeIfAbsent(host, _ -> new ArrayList<>()).add(way));
          });
    }
    if (api.exposure() != Exposure.PRIVATE) {
      ways.addAll(fronts.to(hosts, api.exposure()));
    }
    return ways.stream().sorted().toList();
  }

  /** Who can reach it by these ways; what is not known of them is not taken for absent. */
  Exposure exposure(Target api, List<Endpoint> ways) {
    Exposure known = Exposures.widest(ways);
    boolean everyWayKnown =
        everyDomainRead && ways.stream().noneMatch(way -> way.exposure() == Exposure.UNKNOWN);
    boolean mayBeWider =
        api.exposure() == Exposure.UNKNOWN
            || (!everyWayKnown && api.exposure().compareTo(known) < 0);
    return mayBeWider && !api.deployed().isEmpty() ? Exposure.UNKNOWN : known;
  }

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
  private String executeApi(String id) {
    return "%s.execute-api.%s.%s".formatted(id, region, Partitions.dnsSuffix(region));
  }

  private static Endpoint defaultEndpoint(Target api, String host, Stage stage) {
    return new Endpoint(
        Endpoint.Kind.DEFAULT_ENDPOINT,
        host,
        DEFAULT_STAGE.equals(stage.name()) ? "" : "/" + stage.name(),
        stage.name(),
        api.exposure(),
        api.tls(),
        stage.webAcl(),
        false,
        false);
  }

  /** A domain, and what of it leads to an API. */
  private record Leading(DomainName domain, DomainName.Mapping mapping) {
    List<String> hosts() {
      List<String> hosts = new ArrayList<>(domain.targets());
      hosts.add(domain.name());
      return hosts;
    }

    /** Absent if the stage that it leads to is not there, or nothing is deployed to it. */
    Optional<Endpoint> to(Target api, List<Stage> deployed) {
      if (mapping.stage().isEmpty()) {
        boolean guarded = deployed.stream().allMatch(stage -> stage.webAcl().isPresent());
        return Optional.of(
            entrance(api, guarded ? deployed.getFirst().webAcl() : Optional.empty()));
      }
      return deployed.stream()
          .filter(stage -> stage.name().equals(mapping.stage()))
          .findFirst()
          .map(stage -> entrance(api, stage.webAcl()));
    }

    private Endpoint entrance(Target api, Optional<String> webAcl) {
      return new Endpoint(
          Endpoint.Kind.CUSTOM_DOMAIN,
          domain.name(),
          mapping.basePath().isEmpty() ? "" : "/" + mapping.basePath(),
          mapping.stage(),
          exposure(api),
          domain.tlsPolicy(),
          webAcl,
          domain.mutualTls(),
          false);
    }

    private Exposure exposure(Target api) {
      return switch (domain.endpointType()) {
        case PRIVATE -> Exposure.PRIVATE;
        case UNKNOWN -> api.exposure() == Exposure.PRIVATE ? Exposure.PRIVATE : Exposure.UNKNOWN;
        case EDGE, REGIONAL -> api.exposure();
      };
    }
  }
}

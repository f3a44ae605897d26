package io.cloudoperator.sample.apis;

import java.time.Instant;
import java.util.List;

/**
 * The APIs of an account, and what belongs to them. A test may change them while the sample runs:
 * the next answer tells of it.
 */
public final class SampleApis {

  private final Shelf<RestApiFacts> restApis = new Shelf<>();
  private final Shelf<HttpApiFacts> httpApis = new Shelf<>();
  private final Shelf<DomainFacts> domains = new Shelf<>();
  private final Shelf<VpcLinkFacts> vpcLinks = new Shelf<>();
  private final Shelf<FunctionFacts> functions = new Shelf<>();
  private final Shelf<GraphqlFacts> graphqlApis = new Shelf<>();
  private final Shelf<EventApiFacts> eventApis = new Shelf<>();
  private final Shelf<LoadBalancerFacts> loadBalancers = new Shelf<>();
  private final Shelf<DistributionFacts> distributions = new Shelf<>();
  private final Shelf<ApiKeyFacts> apiKeys = new Shelf<>();
  private final Shelf<UsagePlanFacts> usagePlans = new Shelf<>();

  private SampleApis() {}

  /**
   * APIs that follow from the seed, the size, the regions and the time alone.
   *
   * @param regions those that the account can use, the busiest first
   */
  public static SampleApis generate(long seed, ApiSize size, List<String> regions, Instant asOf) {
    SampleApis apis = new SampleApis();
    new ApiGenerator(apis, seed, regions, asOf).generate(size);
    return apis;
  }

  public Shelf<RestApiFacts> restApis() {
    return restApis;
  }

  /** HTTP and WebSocket APIs. */
  public Shelf<HttpApiFacts> httpApis() {
    return httpApis;
  }

  public Shelf<DomainFacts> domains() {
    return domains;
  }

  public Shelf<VpcLinkFacts> vpcLinks() {
    return vpcLinks;
  }

  /** With and without a URL. */
  public Shelf<FunctionFacts> functions() {
    return functions;
  }

  public Shelf<GraphqlFacts> graphqlApis() {
    return graphqlApis;
  }

  /** Event APIs of AppSync. */
  public Shelf<EventApiFacts> eventApis() {
    return eventApis;
  }

  public Shelf<LoadBalancerFacts> loadBalancers() {
    return loadBalancers;
  }

  public Shelf<DistributionFacts> distributions() {
    return distributions;
  }

  public Shelf<ApiKeyFacts> apiKeys() {
    return apiKeys;
  }

  public Shelf<UsagePlanFacts> usagePlans() {
    return usagePlans;
  }

  /**
   * How many APIs there are of all kinds together but Event APIs; each URL of a function is one.
   */
  public int size() {
    return restApis.all().size()
        + httpApis.all().size()
        + functions.all().stream().mapToInt(each -> each.urls().size()).sum()
        + graphqlApis.all().size()
        + loadBalancers.all().size()
        + distributions.all().size();
  }
}

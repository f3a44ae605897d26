package io.cloudoperator.apis.facts;

import io.cloudoperator.scan.CallCount;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import java.util.List;

/**
 * What one region says of its APIs. Each service is read or unread by itself: one that was refused
 * has no empty list.
 *
 * @param calls made for it
 */
public record RegionApis(
    RegionName region,
    Reading<List<RestApi>> restApis,
    Reading<List<HttpApi>> httpApis,
    Reading<List<DomainName>> domainNames,
    Reading<List<VpcLink>> vpcLinks,
    Reading<List<FunctionUrl>> functionUrls,
    Reading<List<GraphqlApi>> graphqlApis,
    Reading<List<LoadBalancer>> loadBalancers,
    List<CallCount> calls) {
  public RegionApis {
    calls = List.copyOf(calls);
  }

  /** Of a region of which nothing was read, for one reason. */
  public static RegionApis unread(
      RegionName region, Reading.Reason reason, String code, List<CallCount> calls) {
    return new RegionApis(
        region,
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        new Reading.Unread<>(reason, code),
        calls);
  }
}

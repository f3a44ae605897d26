package io.cloudoperator.service;

import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.HttpApi;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.VpcLink;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.elb.LoadBalancer;
import io.cloudoperator.service.lambda.FunctionUrl;
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

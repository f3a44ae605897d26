package io.cloudoperator.service;

import io.cloudoperator.aws.RegionClient;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.service.apigateway.DomainName;
import io.cloudoperator.service.apigateway.DomainNameLister;
import io.cloudoperator.service.apigateway.HttpApi;
import io.cloudoperator.service.apigateway.HttpApiLister;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.apigateway.RestApiLister;
import io.cloudoperator.service.apigateway.VpcLink;
import io.cloudoperator.service.apigateway.VpcLinkLister;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.appsync.GraphqlApiLister;
import io.cloudoperator.service.elb.LoadBalancer;
import io.cloudoperator.service.elb.LoadBalancerLister;
import io.cloudoperator.service.lambda.FunctionUrl;
import io.cloudoperator.service.lambda.FunctionUrlLister;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the APIs of a region: every service at once, and each by itself. */
public record ApiDiscovery(
    Reading<List<RestApi>> restApis,
    Reading<List<HttpApi>> httpApis,
    Reading<List<DomainName>> domainNames,
    Reading<List<VpcLink>> vpcLinks,
    Reading<List<FunctionUrl>> functionUrls,
    Reading<List<GraphqlApi>> graphqlApis,
    Reading<List<LoadBalancer>> loadBalancers) {

  public static ApiDiscovery of(RegionClient aws) {
    Future<Reading<List<RestApi>>> restApis;
    Future<Reading<List<HttpApi>>> httpApis;
    Future<Reading<List<DomainName>>> domainNames;
    Future<Reading<List<VpcLink>>> vpcLinks;
    Future<Reading<List<FunctionUrl>>> functionUrls;
    Future<Reading<List<GraphqlApi>>> graphqlApis;
    Future<Reading<List<LoadBalancer>>> loadBalancers;
    // Closed, it waits for all.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      restApis = threads.submit(() -> RestApiLister.read(aws));
      httpApis = threads.submit(() -> HttpApiLister.read(aws));
      domainNames = threads.submit(() -> DomainNameLister.read(aws));
      vpcLinks = threads.submit(() -> VpcLinkLister.read(aws));
      functionUrls = threads.submit(() -> FunctionUrlLister.read(aws));
      graphqlApis = threads.submit(() -> GraphqlApiLister.read(aws));
      loadBalancers = threads.submit(() -> LoadBalancerLister.read(aws));
    }
    return new ApiDiscovery(
        done(restApis),
        done(httpApis),
        done(domainNames),
        done(vpcLinks),
        done(functionUrls),
        done(graphqlApis),
        done(loadBalancers));
  }

  private static <T> T done(Future<T> reading) {
    if (reading.state() == Future.State.FAILED
        && reading.exceptionNow() instanceof RuntimeException e) {
      throw e;
    }
    return reading.resultNow();
  }

  public RegionApis in(RegionName region, List<CallCount> calls) {
    return new RegionApis(
        region,
        restApis,
        httpApis,
        domainNames,
        vpcLinks,
        functionUrls,
        graphqlApis,
        loadBalancers,
        calls);
  }
}

package io.cloudoperator.access;

import io.cloudoperator.apis.facts.DomainName;
import io.cloudoperator.apis.facts.FunctionUrl;
import io.cloudoperator.apis.facts.GraphqlApi;
import io.cloudoperator.apis.facts.HttpApi;
import io.cloudoperator.apis.facts.LoadBalancer;
import io.cloudoperator.apis.facts.RegionApis;
import io.cloudoperator.apis.facts.RestApi;
import io.cloudoperator.apis.facts.VpcLink;
import io.cloudoperator.scan.CallCount;
import io.cloudoperator.scan.Reading;
import io.cloudoperator.scan.RegionName;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads the APIs of a region: every service at once, and each by itself. */
record ApiDiscovery(
    Reading<List<RestApi>> restApis,
    Reading<List<HttpApi>> httpApis,
    Reading<List<DomainName>> domainNames,
    Reading<List<VpcLink>> vpcLinks,
    Reading<List<FunctionUrl>> functionUrls,
    Reading<List<GraphqlApi>> graphqlApis,
    Reading<List<LoadBalancer>> loadBalancers) {

  static ApiDiscovery of(Asking aws) {
    Future<Reading<List<RestApi>>> restApis;
    Future<Reading<List<HttpApi>>> httpApis;
    Future<Reading<List<DomainName>>> domainNames;
    Future<Reading<List<VpcLink>>> vpcLinks;
    Future<Reading<List<FunctionUrl>>> functionUrls;
    Future<Reading<List<GraphqlApi>>> graphqlApis;
    Future<Reading<List<LoadBalancer>>> loadBalancers;
    // Closed, it waits for all.
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      restApis = threads.submit(() -> RestApis.read(aws));
      httpApis = threads.submit(() -> HttpApis.read(aws));
      domainNames = threads.submit(() -> DomainNames.read(aws));
      vpcLinks = threads.submit(() -> VpcLinks.read(aws));
      functionUrls = threads.submit(() -> FunctionUrls.read(aws));
      graphqlApis = threads.submit(() -> GraphqlApis.read(aws));
      loadBalancers = threads.submit(() -> LoadBalancers.read(aws));
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

  RegionApis in(RegionName region, List<CallCount> calls) {
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

package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.service.appsync.AppSync;
import io.cloudoperator.service.appsync.EventApi;
import io.cloudoperator.service.appsync.GraphqlApi;
import io.cloudoperator.service.cloudfront.CloudFront;
import io.cloudoperator.service.cloudfront.Distribution;
import io.cloudoperator.service.elb.ElasticLoadBalancing;
import io.cloudoperator.service.elb.LoadBalancer;
import io.cloudoperator.service.lambda.FunctionUrl;
import io.cloudoperator.service.lambda.Lambda;
import io.cloudoperator.session.AwsRoleSession;
import io.cloudoperator.session.Sessions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lambda, AppSync, Elastic Load Balancing and CloudFront: what is asked, and what of it counts. */
class OtherServicesTest {
  private static final String FUNCTION_ARN = "arn:aws:lambda:eu-west-1:111122223333:function:";
  private static final String LOAD_BALANCER_ARN =
      "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/";

  @Test
  void asksEveryFunctionOfEveryPageForItsUrls() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.path() + asked.parameter("Marker")) {
              case "/2015-03-31/functions" ->
                  Answer.ok(
                      "{\"Functions\":[{\"FunctionName\":\"a\"},{\"FunctionName\":\"gone\"}],\"NextMarker\":\"2\"}");
              case "/2015-03-31/functions2" ->
                  Answer.ok("{\"Functions\":[{\"FunctionName\":\"b\"}]}");
              case "/2021-10-31/functions/a/urls" -> urls("a", "a:live");
              case "/2021-10-31/functions/b/urls" -> urls("b");
              case "/2021-10-31/functions/gone/urls" -> jsonError(404, "ResourceNotFoundException");
              default -> refused();
            })) {
      assertThat(value(read(aws).of(Lambda.FUNCTION_URLS)))
          .extracting(FunctionUrl::function, FunctionUrl::qualifier)
          .containsExactly(tuple("a", ""), tuple("a", "live"), tuple("b", ""));
      assertThat(aws.asked())
          .filteredOn(asked -> asked.service().equals("lambda"))
          .extracting(asked -> asked.parameter("MaxItems"))
          .containsOnly("50");
    }
  }

  @Test
  void hasReadAllFunctionUrlsButThoseThatAreRefused() {
    try (CannedAws aws =
        new CannedAws(asked ->
            asked.path().equals("/2015-03-31/functions")
                ? Answer.ok("{\"Functions\":[{\"FunctionName\":\"a\"},{\"FunctionName\":\"b\"}]}")
                : asked.path().contains("/a/") ? urls("a") : refused())) {
      assertHasReadOneBut(
          new UnreadItem("b", Reason.DENIED_BY_IAM, "AccessDeniedException"),
          read(aws).of(Lambda.FUNCTION_URLS));
    }
  }

  private static void assertHasReadOneBut(UnreadItem unread, Reading<?> reading) {
    assertThat(reading)
        .isInstanceOfSatisfying(
            Complete.class,
            complete -> {
              assertThat((List<?>) complete.value()).hasSize(1);
              assertThat((List<?>) complete.except()).isEqualTo(List.of(unread));
            });
  }

  @Test
  void readsGraphqlAndEventApisToTheLastPage() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.path() + asked.parameter("nextToken")) {
              case "/v1/apis" -> graphqlApis("a", "more");
              case "/v1/apismore" -> graphqlApis("b", "");
              case "/v2/apis" -> eventApis("e", "more");
              case "/v2/apismore" -> eventApis("f", "");
              default -> refused();
            })) {
      RegionApis found = read(aws);
      assertThat(value(found.of(AppSync.GRAPHQL_APIS)))
          .extracting(GraphqlApi::id)
          .containsExactly("a", "b");
      assertThat(value(found.of(AppSync.EVENT_APIS)))
          .extracting(EventApi::id)
          .containsExactly("e", "f");
      assertThat(aws.asked())
          .filteredOn(asked -> asked.service().equals("appsync"))
          .extracting(Asked::path, asked -> asked.parameter("maxResults"))
          .containsOnly(tuple("/v1/apis", "25"), tuple("/v2/apis", "25"));
    }
  }

  @Test
  void asksEveryLoadBalancerForItsListeners() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.parameter("Action")
                + asked.parameter("LoadBalancerArn").replace(LOAD_BALANCER_ARN, ":")
                + asked.parameter("Marker")) {
              case "DescribeLoadBalancers" ->
                  describe(
                      "LoadBalancers", loadBalancer("app/a/1") + loadBalancer("app/gone/2"), "2");
              case "DescribeLoadBalancers2" ->
                  describe("LoadBalancers", loadBalancer("gwy/c/3"), "");
              case "DescribeListeners:app/a/1" -> describe("Listeners", listener(80), "2");
              case "DescribeListeners:app/a/12" -> describe("Listeners", listener(81), "");
              // As documented: it is not a 404.
              case "DescribeListeners:app/gone/2" ->
                  Answer.queryError(400, "LoadBalancerNotFound", "One or more are not found");
              case "DescribeListeners:gwy/c/3" -> describe("Listeners", "<member/>", "");
              default -> refused();
            })) {
      assertThat(value(read(aws).of(ElasticLoadBalancing.LOAD_BALANCERS)))
          .extracting(
              LoadBalancer::id,
              each -> each.listeners().stream().map(LoadBalancer.Listener::port).toList())
          .containsExactly(tuple("app/a/1", List.of(80, 81)), tuple("gwy/c/3", List.of(6081)));
    }
  }

  @Test
  void hasReadAllLoadBalancersButThoseWhoseListenersAreRefused() {
    try (CannedAws aws =
        new CannedAws(asked ->
            asked.parameter("Action").equals("DescribeLoadBalancers")
                ? describe("LoadBalancers", loadBalancer("app/a/1") + loadBalancer("app/b/2"), "")
                : asked.parameter("LoadBalancerArn").endsWith("app/a/1")
                    ? describe("Listeners", listener(80), "")
                    : Answer.queryError(403, "AccessDenied", "no policy allows"))) {
      assertHasReadOneBut(
          new UnreadItem("app/b/2", Reason.DENIED_BY_IAM, "AccessDenied"),
          read(aws).of(ElasticLoadBalancing.LOAD_BALANCERS));
    }
  }

  @Test
  void hasReadNoLoadBalancersWhereListenersAreRefused() {
    try (CannedAws aws =
        new CannedAws(asked ->
            asked.parameter("Action").equals("DescribeLoadBalancers")
                ? describe("LoadBalancers", loadBalancer("app/a/1"), "")
                : Answer.queryError(403, "AccessDenied", "no identity-based policy allows"))) {
      assertThat(read(aws).of(ElasticLoadBalancing.LOAD_BALANCERS))
          .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDenied"));
    }
  }

  @Test
  void asksCloudFrontWhereItsRequestsAreSignedFor() {
    try (CannedAws aws =
        new CannedAws(asked ->
            asked.parameter("Marker").isEmpty()
                ? distributions("E1", "<IsTruncated>true</IsTruncated><NextMarker>E1</NextMarker>")
                : distributions("E2", "<IsTruncated>false</IsTruncated>"))) {
      assertThat(value(global(aws).of(CloudFront.DISTRIBUTIONS)))
          .extracting(Distribution::id)
          .containsExactly("E1", "E2");
      assertThat(aws.asked())
          .extracting(Asked::service, Asked::region, Asked::path)
          .containsOnly(tuple("cloudfront", "us-east-1", "/2020-05-31/distribution"));
    }
  }

  @Test
  void hasReadNoDistributionsWhereTheyAreRefused() {
    try (CannedAws aws =
        CannedAws.inTurn(
            Answer.queryError(403, "AccessDenied", "explicit deny in a service control policy"))) {
      assertThat(global(aws).of(CloudFront.DISTRIBUTIONS))
          .isEqualTo(new Unread<>(Reason.DENIED_BY_SCP, "AccessDenied"));
    }
  }

  private static RegionApis read(CannedAws aws) {
    return session(aws).discoverApis(new RegionName("eu-west-1")).outcome();
  }

  private static GlobalApis global(CannedAws aws) {
    return session(aws).discoverGlobalApis().outcome();
  }

  private static AwsRoleSession session(CannedAws aws) {
    return Sessions.limitedTo(Manifest.operations(Tier.AUDIT), aws);
  }

  private static <T> List<T> value(Reading<List<T>> reading) {
    return switch (reading) {
      case Complete<List<T>>(List<T> value, var _) -> value;
      case Unread<List<T>> unread -> throw new AssertionError(unread);
    };
  }

  private static Answer urls(String... functions) {
    StringBuilder configs = new StringBuilder();
    for (String function : functions) {
      configs
          .append(configs.isEmpty() ? "" : ",")
          .append("{\"AuthType\":\"NONE\",\"FunctionUrl\":\"https://x.on.aws/\",\"FunctionArn\":\"")
          .append(FUNCTION_ARN)
          .append(function)
          .append("\"}");
    }
    return Answer.ok("{\"FunctionUrlConfigs\":[" + configs + "]}");
  }

  private static Answer graphqlApis(String id, String token) {
    return Answer.ok(
        "{\"graphqlApis\":[{\"apiId\":\"%s\",\"authenticationType\":\"API_KEY\"}],\"nextToken\":\"%s\"}"
            .formatted(id, token));
  }

  private static Answer eventApis(String id, String token) {
    return Answer.ok(
        "{\"apis\":[{\"apiId\":\"%s\",\"dns\":{\"HTTP\":\"h\",\"REALTIME\":\"r\"}}],\"nextToken\":\"%s\"}"
            .formatted(id, token));
  }

  private static Answer describe(String list, String members, String marker) {
    return Answer.ok(
        "<Describe%1$sResponse><Describe%1$sResult><%1$s>%2$s</%1$s><NextMarker>%3$s</NextMarker></Describe%1$sResult></Describe%1$sResponse>"
            .formatted(list, members, marker));
  }

  private static String loadBalancer(String id) {
    return "<member><LoadBalancerArn>" + LOAD_BALANCER_ARN + id + "</LoadBalancerArn></member>";
  }

  private static String listener(int port) {
    return "<member><Port>" + port + "</Port><Protocol>HTTP</Protocol></member>";
  }

  private static Answer distributions(String id, String more) {
    return Answer.ok(
        "<DistributionList>%s<Items><DistributionSummary><Id>%s</Id></DistributionSummary></Items></DistributionList>"
            .formatted(more, id));
  }

  private static Answer refused() {
    return jsonError(403, "AccessDeniedException");
  }

  private static Answer jsonError(int status, String code) {
    return new Answer(status, "{\"__type\":\"" + code + "\",\"message\":\"m\"}", false);
  }
}

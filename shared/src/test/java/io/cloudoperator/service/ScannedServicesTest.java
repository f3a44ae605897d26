package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.ApiKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each service says of itself. */
class ScannedServicesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sts | GetCallerIdentity | GetCallerIdentity",
        "ec2 | DescribeRegions DescribeRegions DescribeInstances | -",
        "s3 | ListBuckets | -",
        "lambda | ListFunctions ListFunctionUrlConfigs | -",
        "appsync | ListGraphqlApis ListApis | -",
        "elasticloadbalancing | DescribeLoadBalancers DescribeListeners | -",
        "cloudfront | ListDistributions | -",
        "cloudtrail | - | DescribeTrails GetTrailStatus LookupEvents LookupEvents",
        "iam | - | GetRole ListAttachedRolePolicies ListRolePolicies GetRolePolicy"
      })
  void areAskedForThisInAScanAndInAVerification(String service, String scanning, String verifying) {
    assertThat(service(service).scanning())
        .extracting(ReadOperation::name)
        .isEqualTo(words(scanning));
    assertThat(service(service).verifying())
        .extracting(ReadOperation::name)
        .isEqualTo(words(verifying));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ec2 | instances | - | - | -",
        "s3 | buckets | - | - | -",
        "apigateway | - | rest_apis http_apis domain_names vpc_links | - | rest http websocket",
        "lambda | - | function_urls | - | function_url",
        "appsync | - | graphql_apis event_apis | - | graphql event",
        "elasticloadbalancing | - | load_balancers | - | load_balancer",
        "cloudfront | - | - | distributions | distribution"
      })
  void areReadForThis(
      String service, String counted, String regional, String global, String kinds) {
    assertThat(service(service).counters())
        .extracting(counter -> counter.resource().name())
        .isEqualTo(words(counted));
    assertThat(service(service).regional())
        .extracting(discovery -> discovery.source().name())
        .isEqualTo(words(regional));
    assertThat(service(service).global())
        .extracting(discovery -> discovery.source().name())
        .isEqualTo(words(global));
    assertThat(service(service).kinds()).extracting(ApiKind::name).isEqualTo(words(kinds));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sts | sts:GetCallerIdentity | -",
        "ec2 | ec2:Describe* | -",
        "s3 | s3:ListAllMyBuckets | -",
        "apigateway | - | apigateway:GET apigateway:ListRoutingRules",
        "lambda | - | -"
      })
  void areGrantedThisBesideTheManagedPolicy(String service, String minimal, String audit) {
    assertThat(service(service).granted(Tier.MINIMAL)).isEqualTo(words(minimal));
    assertThat(service(service).granted(Tier.AUDIT)).isEqualTo(words(audit));
  }

  /** Whatever the role may read of other roles, a session reads its own. */
  @Test
  void mayBeReadWholeButForRoles() {
    assertThat(service("ec2").resources("ec2:DescribeInstances", List.of(), "arn:role"))
        .containsExactly("*");
    assertThat(service("iam").resources("iam:GetRole", List.of(), "arn:role"))
        .containsExactly("arn:role");
  }

  @ParameterizedTest
  @CsvSource({
    "rest_apis, a1.execute-api.eu-west-1.amazonaws.com",
    "http_apis, a1.execute-api.eu-west-1.amazonaws.com",
    "function_urls, f1.lambda-url.eu-west-1.on.aws",
    "graphql_apis, g1.appsync-api.eu-west-1.amazonaws.com",
    "graphql_apis, g1.appsync-realtime-api.eu-west-1.amazonaws.com",
    "event_apis, e1.appsync-realtime-api.eu-west-1.amazonaws.com",
    "load_balancers, web-1.eu-west-1.elb.amazonaws.com",
    "load_balancers, web-1.elb.eu-west-1.amazonaws.com"
  })
  void knowTheHostsThatAwsNamesInTheirRegion(String source, String host) {
    assertThat(ApiKinds.source(source).hosts().mayBe(host, "eu-west-1")).isTrue();
    assertThat(ApiKinds.source(source).hosts().mayBe(host, "eu-west-2")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "rest_apis, true",
    "http_apis, true",
    "domain_names, true",
    "distributions, true",
    "function_urls, false",
    "graphql_apis, false",
    "event_apis, false",
    "load_balancers, false",
    "vpc_links, false"
  })
  void mayBeCalledByAHostOfACustomer(String source, boolean may) {
    assertThat(ApiKinds.source(source).hosts().mayBe("api.example.com", "eu-west-1"))
        .isEqualTo(may);
  }

  @Test
  void tellDistributionsByTheirHost() {
    assertThat(ApiKinds.source("distributions").hosts().mayBe("d1.cloudfront.net", "global"))
        .isTrue();
    assertThat(
            ApiKinds.source("distributions")
                .hosts()
                .mayBe("a1.execute-api.eu-west-1.amazonaws.com", "global"))
        .isFalse();
  }

  private static ScannedService service(String id) {
    return ScannedServices.ALL.stream()
        .filter(service ->
            Stream.concat(service.scanning().stream(), service.verifying().stream())
                .anyMatch(operation -> operation.service().id().equals(id)))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> words(String text) {
    return text.equals("-") ? List.of() : List.of(text.split(" ", -1));
  }
}

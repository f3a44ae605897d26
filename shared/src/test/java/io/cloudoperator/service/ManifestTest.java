package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.service.Manifest.Permission;
import io.cloudoperator.service.apigateway.ApiGatewayPaths;
import io.cloudoperator.session.SessionPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  // Nobody needs to be allowed sts:GetCallerIdentity, and nobody can be denied it:
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  private static final String ALLOWED_TO_ALL = "sts:GetCallerIdentity";

  @Test
  void countsOneResourceOfTheAccountAsAWhole() {
    assertThat(CountedResources.OF_ACCOUNT)
        .as("a second one would not be read: see CountedResource.Scope.ACCOUNT")
        .hasSize(1);
  }

  // Customers see it in CloudTrail, and docs quote it: a change is a decision.
  @Test
  void limitsAMinimalSessionToFourCalls() {
    assertThat(SessionPolicy.of(Tier.MINIMAL))
        .isEqualTo(
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":["
                + "\"sts:GetCallerIdentity\",\"ec2:DescribeRegions\",\"ec2:DescribeInstances\","
                + "\"s3:ListAllMyBuckets\"],\"Resource\":\"*\"}]}");
  }

  @Test
  void limitsAnAuditSessionToThePathsThatItReads() {
    assertThat(SessionPolicy.of(Tier.AUDIT))
        .startsWith(
            Manifest.operations(Tier.AUDIT).stream()
                .map(ReadOperation::iamAction)
                .filter(action -> !action.equals(ApiGatewayPaths.GET))
                .distinct()
                .collect(
                    Collectors.joining(
                        "\",\"",
                        "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"",
                        "\"],\"Resource\":\"*\"},")))
        .endsWith(
            ",{\"Effect\":\"Allow\",\"Action\":\"apigateway:GET\",\"Resource\":["
                + "\"arn:*:apigateway:*::/restapis\",\"arn:*:apigateway:*::/*/resources*\","
                + "\"arn:*:apigateway:*::/*/stages\",\"arn:*:apigateway:*::/*/authorizers*\","
                + "\"arn:*:apigateway:*::/domainnames\",\"arn:*:apigateway:*::/*/basepathmappings\","
                + "\"arn:*:apigateway:*::/vpclinks\",\"arn:*:apigateway:*::/apis\","
                + "\"arn:*:apigateway:*::/*/routes\",\"arn:*:apigateway:*::/*/integrations\","
                + "\"arn:*:apigateway:*::/*/apimappings\"]}]}");
  }

  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagement.html
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/apikeys",
        "/apikeys/a1",
        "/usageplans",
        "/usageplans/p1/keys",
        "/usageplans/p1/keys/k1",
        "/usageplans/p1/usage",
        "/clientcertificates",
        "/clientcertificates/c1",
        "/account",
        "/sdktypes",
        "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1",
        "/restapis/a1",
        "/restapis/a1/stages/prod",
        "/restapis/a1/stages/prod/sdks/java",
        "/restapis/a1/stages/prod/exports/oas30",
        "/restapis/a1/models",
        "/restapis/a1/models/m1/default_template",
        "/restapis/a1/deployments/d1",
        "/restapis/a1/documentation/parts",
        "/restapis/a1/gatewayresponses",
        "/apis/a1",
        "/apis/a1/exports/OAS30",
        "/apis/a1/models",
        "/apis/a1/stages/prod",
        "/domainnames/a.example.com",
        "/portals"
      })
  void closesWhatIsNotReadOfApiGateway(String path) {
    assertThat(open(path)).isFalse();
  }

  @Test
  void opensEachPathThatIsRead() {
    assertThat(Manifest.operations(Tier.AUDIT))
        .filteredOn(operation -> operation.iamAction().equals(ApiGatewayPaths.GET))
        .hasSizeGreaterThan(10)
        .allMatch(operation ->
            open(
                operation
                    .path()
                    .with(
                        operation.path().variables().stream()
                            .collect(Collectors.toMap(name -> name, _ -> "a1")))
                    .replaceFirst("^/v2", "")));
  }

  private static boolean open(String path) {
    return ApiGatewayPaths.resources(Manifest.operations(Tier.AUDIT)).stream()
        .anyMatch(pattern ->
            ("arn:aws:apigateway:us-east-1::" + path)
                .matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void keepsSessionPoliciesWithinWhatStsPacks(Tier tier) {
    assertThat(SessionPolicy.of(tier))
        .as(
            "what STS may refuse: shorten it, by one pattern for several actions, or by a phase of"
                + " its own (SessionPolicy says what the bound is)")
        .hasSizeLessThanOrEqualTo(SessionPolicy.MOST_CHARACTERS)
        .doesNotContainAnyWhitespaces();
  }

  @Test
  void publishesEveryCallInTheOrderOfAScan() {
    assertThat(Manifest.published(Tier.MINIMAL))
        .extracting(Permission::service, Permission::operation)
        .containsExactly(
            tuple("sts", "GetCallerIdentity"),
            tuple("ec2", "DescribeRegions"),
            tuple("ec2", "DescribeInstances"),
            tuple("s3", "ListBuckets"));
  }

  @Test
  void saysWhyItMakesEachCall() {
    assertThat(Manifest.published(Tier.AUDIT))
        .extracting(Permission::why)
        .allMatch(why -> why.endsWith(".") && why.length() > 20);
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void onlyReads(Tier tier) {
    assertThat(Manifest.published(tier))
        .extracting(Permission::iamAction)
        .allMatch(action ->
            action.matches("[a-z0-9]+:(Get|List|Describe|Lookup)[A-Za-z]+|apigateway:GET"));
  }

  @ParameterizedTest
  @EnumSource(Tier.class)
  void callsNothingThatTheRoleDoesNotGrant(Tier tier) {
    List<String> granted = new ArrayList<>(Manifest.granted(tier).actions());
    Manifest.granted(tier).managedPolicies().forEach(policy -> granted.addAll(part(policy)));

    assertThat(Manifest.published(tier))
        .extracting(Permission::iamAction)
        .allMatch(action -> allows(granted, action));
  }

  /** A boundary that left one out would deny it. */
  @Test
  void callsNothingOutsideOfTheAuditRolesBoundary() {
    String boundary = Manifest.granted(Tier.AUDIT).boundary().orElseThrow();

    assertThat(Manifest.published(Tier.AUDIT))
        .extracting(Permission::iamAction)
        .allMatch(action -> allows(part(boundary), action));
  }

  /** What it allows on any resource; the sample AWS has what is asked of it from AWS's pages. */
  private static List<String> part(String managedPolicy) {
    List<String> actions = new ArrayList<>(List.of(ALLOWED_TO_ALL));
    String document =
        ManagedPolicies.read("arn:aws:iam::aws:policy/" + managedPolicy, PolicyKind.IDENTITY)
            .json();
    for (JsonNode statement : tree(document).path("Statement")) {
      if (statement.path("Resource").asText().equals("*")) {
        statement.path("Action").forEach(action -> actions.add(action.asText()));
      }
    }
    return actions;
  }

  private static JsonNode tree(String document) {
    try {
      return Json.STRICT.readTree(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean allows(List<String> granted, String action) {
    return granted.stream()
        .anyMatch(pattern -> action.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q")));
  }
}

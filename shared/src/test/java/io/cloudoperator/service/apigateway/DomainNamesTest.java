package io.cloudoperator.service.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import io.cloudoperator.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNamesTest {
  private static final String NONE = "{\"item\":[],\"items\":[]}";
  private static final Map<String, String> ANSWERS =
      Map.of(
          "/v2/domainnames",
          """
          {"items":[{"domainName":"api.example.com","domainNameConfigurations":[{"endpointType":"REGIONAL",
          "securityPolicy":"TLS_1_2","apiGatewayDomainName":"d-1.execute-api.eu-central-1.amazonaws.com"}]}]}\
          """,
          "/v2/domainnames/api.example.com/apimappings",
          "{\"items\":[{\"apiId\":\"a1\",\"apiMappingKey\":\"shop/v1\",\"stage\":\"prod\"}]}",
          "/domainnames",
          """
          {"item":[{"domainName":"api.example.com","endpointConfiguration":{"types":["REGIONAL"]}},
          {"domainName":"*.old.example.com","distributionDomainName":"d1.cloudfront.net","securityPolicy":"TLS_1_0",
          "endpointConfiguration":{"types":["EDGE"]},"mutualTlsAuthentication":{"truststoreUri":"s3://canary-bucket/a"},
          "certificateArn":"arn:aws:acm:us-east-1:111122223333:certificate/canary","tags":{"canary":"canary"}},
          {"domainName":"api.example.com","domainNameId":"p1","domainNameArn":"arn:aws:apigateway:eu-central-1:111122223333:/domainnames/canary",
          "endpointConfiguration":{"types":["PRIVATE"]},"policy":"canary-policy"}]}\
          """,
          "/domainnames/%2A.old.example.com/basepathmappings",
          "{\"item\":[{\"basePath\":\"(none)\",\"restApiId\":\"a2\",\"stage\":\"prod\"},{\"basePath\":\"x\",\"restApiId\":\"a3\"}]}",
          "/domainnames/api.example.com/basepathmappings",
          "{\"item\":[{\"basePath\":\"inside\",\"restApiId\":\"a4\",\"stage\":\"s\"}]}",
          "/vpclinks",
          "{\"item\":[{\"id\":\"l1\",\"name\":\"one\",\"targetArns\":[\"arn:canary\"]}]}",
          "/v2/vpclinks",
          "{\"items\":[{\"vpcLinkId\":\"l2\",\"name\":\"two\"}]}");

  private static Answer answer(Asked asked) {
    return Answer.ok(ANSWERS.getOrDefault(asked.path(), NONE));
  }

  private static RegionApis read(Function<Asked, Answer> answers) {
    try (CannedAws aws = new CannedAws(answers)) {
      return Sessions.audit(aws).discoverApis(new RegionName("eu-central-1")).outcome();
    }
  }

  // https://github.com/aws/aws-sdk-js/issues/1416
  @Test
  void takesAnAnswerOfNothingForADomainWithoutMappings() {
    RegionApis apis =
        read(asked -> asked.path().endsWith("basepathmappings") ? Answer.ok("{}") : answer(asked));

    assertThat(apis.of(ApiGateway.DOMAIN_NAMES))
        .isInstanceOfSatisfying(
            Complete.class, complete -> assertThat((List<?>) complete.value()).hasSize(3));
  }

  @Test
  void joinsWhatBothVersionsKnow() {
    assertThat(read(DomainNamesTest::answer).of(ApiGateway.DOMAIN_NAMES))
        .isEqualTo(
            new Complete<>(
                List.of(
                    new DomainName(
                        "api.example.com",
                        EndpointType.REGIONAL,
                        Optional.of("TLS_1_2"),
                        false,
                        List.of("d-1.execute-api.eu-central-1.amazonaws.com"),
                        List.of(new Mapping("shop/v1", "a1", "prod"))),
                    new DomainName(
                        "*.old.example.com",
                        EndpointType.EDGE,
                        Optional.of("TLS_1_0"),
                        true,
                        List.of("d1.cloudfront.net"),
                        List.of(new Mapping("", "a2", "prod"), new Mapping("x", "a3", ""))),
                    new DomainName(
                        "api.example.com",
                        EndpointType.PRIVATE,
                        Optional.empty(),
                        false,
                        List.of(),
                        List.of(new Mapping("inside", "a4", "s"))))));
  }

  @Test
  void tellsAPrivateDomainByItsId() {
    try (CannedAws aws = new CannedAws(DomainNamesTest::answer)) {
      Sessions.audit(aws).discoverApis(new RegionName("eu-central-1"));

      assertThat(aws.asked())
          .filteredOn(asked -> asked.path().equals("/domainnames/api.example.com/basepathmappings"))
          .extracting(asked -> asked.parameter("domainNameId"))
          .containsExactly("p1");
    }
  }

  @Test
  void keepsNothingElse() {
    assertThat(read(DomainNamesTest::answer).toString()).doesNotContain("canary", "111122223333");
  }

  @Test
  void leavesOutADomainThatVanishedMeanwhile() {
    Answer gone = Answer.jsonError(404, "NotFoundException", "Invalid domain name");

    assertThat(
            read(asked -> asked.path().endsWith("mappings") ? gone : answer(asked))
                .of(ApiGateway.DOMAIN_NAMES))
        .isEqualTo(new Complete<>(List.of()));
  }

  @Test
  void saysNothingWhereOneVersionWasRefused() {
    Answer denied = Answer.jsonError(403, "AccessDeniedException", "no");
    RegionApis apis =
        read(asked ->
            asked.path().startsWith("/v2/domainnames") || asked.path().equals("/vpclinks")
                ? denied
                : answer(asked));

    assertThat(apis.of(ApiGateway.DOMAIN_NAMES))
        .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
    assertThat(apis.of(ApiGateway.VPC_LINKS))
        .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
  }

  private static final String RULES =
      """
      {"routingRules":[
      {"routingRuleId":"r2","priority":20,"conditions":[{"matchHeaders":{"anyOf":[{"header":"x","valueGlob":"canary"}]}}],
       "actions":[{"invokeApi":{"apiId":"a6","stage":"beta","stripBasePath":true}}]},
      {"routingRuleId":"r1","priority":10,"conditions":[{"matchBasePaths":{"anyOf":["orders","bills"]}}],
       "actions":[{"invokeApi":{"apiId":"a5","stage":"prod","stripBasePath":true}}]},
      {"routingRuleId":"r3","priority":30,"conditions":[{"matchBasePaths":{"anyOf":["own"]}}],
       "actions":[{"invokeApi":{"apiId":"a7","stage":"prod"}}]}]}\
      """;

  private static RegionApis routing(String mode, Answer rules) {
    return read(asked ->
        switch (asked.path()) {
          case "/v2/domainnames" ->
              Answer.ok(
                  "{\"items\":[{\"domainName\":\"r.example.com\",\"routingMode\":\""
                      + mode
                      + "\"},{\"domainName\":\"other\"}]}");
          case "/v2/domainnames/r.example.com/apimappings" ->
              Answer.ok(
                  "{\"items\":[{\"apiId\":\"a1\",\"apiMappingKey\":\"v1\",\"stage\":\"prod\"}]}");
          case "/v2/domainnames/r.example.com/routingrules" -> rules;
          default -> Answer.ok(NONE);
        });
  }

  private static List<Mapping> leading(RegionApis read) {
    return switch (read.of(ApiGateway.DOMAIN_NAMES)) {
      case Complete<List<DomainName>>(List<DomainName> domains, var _) ->
          domains.stream().flatMap(domain -> domain.mappings().stream()).toList();
      case Unread<List<DomainName>> unread -> throw new AssertionError(unread);
    };
  }

  private static final List<Mapping> BY_RULES =
      List.of(
          new Mapping("orders", "a5", "prod"),
          new Mapping("bills", "a5", "prod"),
          new Mapping("", "a6", "beta"),
          new Mapping("", "a7", "prod"));

  @Test
  void followsRulesInTheirOrderAndNoMappingWhereOnlyRulesLead() {
    assertThat(leading(routing("ROUTING_RULE_ONLY", Answer.ok(RULES)))).isEqualTo(BY_RULES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ROUTING_RULE_THEN_API_MAPPING",
        "ROUTING_RULE_THEN_BASE_PATH_MAPPING",
        "OF_TOMORROW"
      })
  void followsMappingsAfterRulesWhereBothLead(String mode) {
    assertThat(leading(routing(mode, Answer.ok(RULES))))
        .startsWith(BY_RULES.toArray(Mapping[]::new))
        .endsWith(new Mapping("v1", "a1", "prod"));
  }

  @Test
  void followsNothingAfterARuleThatTakesWhateverComes() {
    String all =
        "{\"routingRules\":[{\"priority\":1,\"conditions\":[],\"actions\":[{\"invokeApi\":{\"apiId\":\"a9\",\"stage\":\"s\"}}]}]}";

    assertThat(leading(routing("ROUTING_RULE_THEN_API_MAPPING", Answer.ok(all))))
        .containsExactly(new Mapping("", "a9", "s"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"API_MAPPING_ONLY", "BASE_PATH_MAPPING_ONLY", ""})
  void asksForNoRulesWhereNoneLead(String mode) {
    Answer denied = Answer.jsonError(403, "AccessDeniedException", "no");

    assertThat(routing(mode, denied).of(ApiGateway.DOMAIN_NAMES))
        .isInstanceOfSatisfying(
            Complete.class, complete -> assertThat((List<?>) complete.except()).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"ROUTING_RULE_ONLY, 0", "ROUTING_RULE_THEN_API_MAPPING, 1"})
  void saysOfWhichDomainItCouldNotReadTheRules(String mode, int mappings) {
    RegionApis read =
        routing(mode, Answer.jsonError(403, "AccessDeniedException", "not authorized"));

    assertThat(leading(read)).hasSize(mappings);
    assertThat(read.of(ApiGateway.DOMAIN_NAMES))
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat((List<?>) complete.except())
                    .isEqualTo(
                        List.of(
                            new UnreadItem(
                                "r.example.com/routingrules",
                                Reason.DENIED_BY_IAM,
                                "AccessDeniedException"))));
  }

  @Test
  void joinsTheVpcLinksOfBothVersions() {
    assertThat(read(DomainNamesTest::answer).of(ApiGateway.VPC_LINKS))
        .isEqualTo(new Complete<>(List.of(new VpcLink("l1", "one"), new VpcLink("l2", "two"))));
  }
}

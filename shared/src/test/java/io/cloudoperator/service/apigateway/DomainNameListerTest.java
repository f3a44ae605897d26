package io.cloudoperator.service.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.service.apigateway.DomainName.Mapping;
import io.cloudoperator.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class DomainNameListerTest {
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
      return Sessions.audit(aws.url()).discoverApis(new RegionName("eu-central-1")).outcome();
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
    assertThat(read(DomainNameListerTest::answer).of(ApiGateway.DOMAIN_NAMES))
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
    try (CannedAws aws = new CannedAws(DomainNameListerTest::answer)) {
      Sessions.audit(aws.url()).discoverApis(new RegionName("eu-central-1"));

      assertThat(aws.asked())
          .filteredOn(asked -> asked.path().equals("/domainnames/api.example.com/basepathmappings"))
          .extracting(asked -> asked.parameter("domainNameId"))
          .containsExactly("p1");
    }
  }

  @Test
  void keepsNothingElse() {
    assertThat(read(DomainNameListerTest::answer).toString())
        .doesNotContain("canary", "111122223333");
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

  @Test
  void joinsTheVpcLinksOfBothVersions() {
    assertThat(read(DomainNameListerTest::answer).of(ApiGateway.VPC_LINKS))
        .isEqualTo(new Complete<>(List.of(new VpcLink("l1", "one"), new VpcLink("l2", "two"))));
  }
}

package io.cloudoperator.service.apigateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.call.UnreadItem;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.service.apigateway.RestApi.Method;
import io.cloudoperator.session.Sessions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestApisTest {
  private static final RegionName FRANKFURT = new RegionName("eu-central-1");

  // As https://docs.aws.amazon.com/apigateway/latest/api/ shows them, with what must not be kept.
  private static final String APIS =
      """
      {"item":[{"id":"a1b2c3d4e5","name":"orders","description":"canary-description","createdDate":1466802961,
      "version":"1","binaryMediaTypes":["*/*"],"apiKeySource":"HEADER","tags":{"canary-tag":"canary-tag"},
      "policy":"{\\\\\\"Version\\\\\\":\\\\\\"2012-10-17\\\\\\",\\\\\\"Statement\\\\\\":[{\\\\\\"Effect\\\\\\":\\\\\\"Allow\\\\\\",\\\\\\"Principal\\\\\\":\\\\\\"*\\\\\\",\\\\\\"Action\\\\\\":\\\\\\"execute-api:Invoke\\\\\\",\\\\\\"Resource\\\\\\":\\\\\\"canary-policy:\\\\/*\\\\\\"}]}",
      "endpointConfiguration":{"types":["REGIONAL"],"ipAddressType":"ipv4"},"disableExecuteApiEndpoint":true,
      "securityPolicy":"TLS_1_2","rootResourceId":"r","_links":{"self":[1,{"a":null}]}}]}\
      """;
  private static final String RESOURCES =
      """
      {"item":[{"id":"root","path":"/"},
      {"id":"x","parentId":"root","pathPart":"orders","resourceMethods":{
      "GET":{"httpMethod":"GET","authorizationType":"CUSTOM","authorizerId":"auth1","apiKeyRequired":true,
        "requestParameters":{"canary-parameter":true},
        "methodIntegration":{"type":"AWS_PROXY","httpMethod":"POST","uri":"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:111122223333:function:canary-uri/invocations",
          "credentials":"canary-credentials","requestTemplates":{"application/json":"canary-template"}}},
      "ANY":{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false,"methodIntegration":{"type":"HTTP_PROXY","uri":"http://canary-uri","connectionType":"VPC_LINK"}},
      "PUT":{"authorizationType":"AWS_IAM","methodIntegration":{"type":"AWS","uri":"arn:aws:apigateway:eu-central-1:sqs:path/canary-uri"}},
      "POST":{"authorizationType":"SOMETHING_NEW","methodIntegration":{"type":"HTTP","uri":"https://canary-uri"}},
      "OPTIONS":{"authorizationType":"NONE","methodIntegration":{"type":"MOCK"}},
      "PATCH":{"authorizationType":"NONE","methodIntegration":{"type":"SOMETHING_NEW"}},
      "DELETE":{"authorizationType":"NONE"}},
      "path":"/orders"}]}\
      """;
  private static final String STAGES =
      """
      {"item":[{"stageName":"prod","deploymentId":"rbh1fj","lastUpdatedDate":1466802961,"createdDate":1460682074,
      "variables":{"canary-variable":"canary-variable"},"description":"canary-description",
      "accessLogSettings":{"format":"canary-format","destinationArn":"arn:aws:logs:eu-central-1:111122223333:log-group:canary-log"},
      "webAclArn":"arn:aws:wafv2:eu-central-1:111122223333:regional/webacl/shield/canary-id",
      "methodSettings":{"orders/GET":{"throttlingRateLimit":1.0},"*/*":{"loggingLevel":"INFO","throttlingRateLimit":500.0,"throttlingBurstLimit":1000}}},
      {"stageName":"test","methodSettings":{}}]}\
      """;
  private static final String AUTHORIZERS =
      """
      {"item":[{"id":"auth1","name":"tokens","type":"TOKEN","authType":"custom","authorizerUri":"canary-uri",
      "authorizerCredentials":"canary-credentials","identitySource":"canary-source"},
      {"id":"auth2","name":"unused","type":"REQUEST"}]}\
      """;

  private static String answer(Asked asked) {
    return switch (asked.path()) {
      case "/restapis" -> APIS;
      case "/restapis/a1b2c3d4e5/resources" -> RESOURCES;
      case "/restapis/a1b2c3d4e5/stages" -> STAGES;
      case "/restapis/a1b2c3d4e5/authorizers" -> AUTHORIZERS;
      default -> "{\"item\":[],\"items\":[]}";
    };
  }

  private static WithCalls<RegionApis> discovered(Function<Asked, Answer> answers) {
    try (CannedAws aws = new CannedAws(answers)) {
      return Sessions.audit(aws).discoverApis(FRANKFURT);
    }
  }

  private static Reading<List<RestApi>> read(Function<Asked, Answer> answers) {
    return discovered(answers).outcome().of(ApiGateway.REST_APIS);
  }

  @Test
  void readsWhatARestApiIs() {
    Instant updated = Instant.parse("2016-06-24T21:16:01Z");

    assertThat(read(asked -> Answer.ok(answer(asked))))
        .isEqualTo(
            new Complete<>(
                List.of(
                    new RestApi(
                        "a1b2c3d4e5",
                        "orders",
                        Optional.of(updated),
                        EndpointType.REGIONAL,
                        true,
                        Optional.of("TLS_1_2"),
                        ResourcePolicy.OPEN,
                        List.of(
                            method("GET", "CUSTOM", Optional.of("auth1"), true, Integration.LAMBDA),
                            method("ANY", "NONE", Integration.VPC_LINK),
                            method("PUT", "AWS_IAM", Integration.AWS),
                            method("POST", "SOMETHING_NEW", Integration.HTTP),
                            method("OPTIONS", "NONE", Integration.MOCK),
                            method("PATCH", "NONE", Integration.OTHER),
                            method("DELETE", "NONE", Integration.NONE)),
                        List.of(
                            new Stage(
                                "prod",
                                Optional.of("rbh1fj"),
                                Optional.of(updated),
                                true,
                                Optional.of(500.0),
                                Optional.of("shield")),
                            new Stage(
                                "test",
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                Optional.empty())),
                        List.of(new Authorizer("auth1", "tokens", "TOKEN", Optional.empty()))))));
  }

  private static Method method(String verb, String authorization, Integration integration) {
    return method(verb, authorization, Optional.empty(), false, integration);
  }

  private static Method method(
      String verb,
      String authorization,
      Optional<String> id,
      boolean key,
      Integration integration) {
    return new Method(verb, "/orders", authorization, id, key, integration);
  }

  @Test
  void keepsNothingThatIsSecret() {
    assertThat(discovered(asked -> Answer.ok(answer(asked))).toString())
        .contains("shield")
        .doesNotContain("canary", "111122223333");
  }

  @ParameterizedTest
  @CsvSource({
    "'', EDGE",
    "',\"endpointConfiguration\":{\"types\":[]}', EDGE",
    "',\"endpointConfiguration\":{\"types\":[\"PRIVATE\"]}', PRIVATE",
    "',\"endpointConfiguration\":{\"types\":[\"OF_TOMORROW\"]}', UNKNOWN"
  })
  void hasTheDefaultEndpointWhereAwsSaysNone(String more, EndpointType type) throws IOException {
    String answer = "{\"item\":[{\"id\":\"a1\",\"name\":\"a\"%s}]}".formatted(more);

    assertThat(
            RestApiReader.GET_REST_APIS
                .reader()
                .read(new ByteArrayInputStream(answer.getBytes(UTF_8)))
                .value())
        .extracting(RestApi::endpointType)
        .containsExactly(type);
  }

  @Test
  void asksForAuthorizersOnlyWhereAMethodRefersToOne() {
    List<Call> calls =
        discovered(asked ->
                Answer.ok(asked.path().endsWith("/resources") ? "{\"item\":[]}" : answer(asked)))
            .calls();

    assertThat(calls).extracting(Call::operation).contains("GetResources", "GetStages");
    assertThat(calls).extracting(Call::operation).doesNotContain("GetAuthorizers");
  }

  @Test
  void asksForJsonInPagesOfFiveHundredWithMethodsEmbedded() {
    try (CannedAws aws = new CannedAws(asked -> Answer.ok(answer(asked)))) {
      Sessions.audit(aws).discoverApis(FRANKFURT);

      assertThat(aws.asked())
          .filteredOn(asked -> asked.path().endsWith("/resources"))
          .singleElement()
          .satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("GET");
            assertThat(asked.service()).isEqualTo("apigateway");
            assertThat(asked.region()).isEqualTo("eu-central-1");
            assertThat(asked.parameters())
                .containsOnlyKeys("embed", "limit")
                .containsEntry("embed", "methods")
                .containsEntry("limit", "500");
          });
    }
  }

  @Test
  void followsPositionsThroughShortAndEmptyPages() {
    Reading<List<RestApi>> apis =
        read(asked ->
            Answer.ok(
                asked.path().equals("/restapis")
                    ? switch (asked.parameter("position")) {
                      case "" ->
                          "{\"position\":\"p+/= 2\",\"item\":[{\"id\":\"a\",\"name\":\"a\"}]}";
                      case "p+/= 2" -> "{\"item\":[],\"position\":\"p3\"}";
                      case "p3" -> "{\"item\":[{\"id\":\"b\",\"name\":\"b\"}],\"position\":\"\"}";
                      default -> "{}";
                    }
                    : "{\"item\":[],\"items\":[]}"));

    assertThat(apis)
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat((List<?>) complete.value())
                    .extracting(api -> ((RestApi) api).id())
                    .containsExactly("a", "b"));
  }

  @Test
  void leavesOutAnApiThatVanishedMeanwhile() {
    Answer gone = Answer.jsonError(404, "NotFoundException", "Invalid API identifier specified");

    assertThat(read(asked -> asked.path().endsWith("/stages") ? gone : Answer.ok(answer(asked))))
        .isEqualTo(new Complete<>(List.of()));
  }

  @Test
  void takesNoRefusalForAnEmptyList() {
    Answer denied = Answer.jsonError(403, "AccessDeniedException", "User is not authorized");

    RegionApis apis =
        discovered(asked -> asked.path().endsWith("/stages") ? denied : Answer.ok(answer(asked)))
            .outcome();

    assertThat(apis.of(ApiGateway.REST_APIS))
        .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
    assertThat(apis.of(ApiGateway.VPC_LINKS)).isEqualTo(new Complete<>(List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDeniedException, is not authorized with an explicit deny in a service control"
        + " policy, DENIED_BY_SCP",
    "403, ForbiddenException, Forbidden, DENIED_BY_IAM",
    "401, UnauthorizedException, no, DENIED_BY_IAM",
    "429, TooManyRequestsException, Too Many Requests, THROTTLED",
    "400, ThrottlingException, Rate exceeded, THROTTLED",
    "500, InternalFailure, sorry, FAILED",
    "403, UnrecognizedClientException, The security token is invalid, FAILED"
  })
  void saysWhyItCouldNotBeRead(int status, String code, String message, Reason reason) {
    assertThat(read(_ -> Answer.jsonError(status, code, message)))
        .isEqualTo(new Unread<>(reason, code));
  }

  @ParameterizedTest
  @CsvSource({
    "{\"code\":\"BadRequestException\"}, BadRequestException",
    "{\"__type\":\"com.amazonaws.x#BadRequestException:http://a/b\"}, BadRequestException",
    "<html>proxy</html>, Http400",
    "{\"__type\":, Http400"
  })
  void findsTheCodeOfARefusalInItsBodyToo(String body, String code) {
    assertThat(read(_ -> new Answer(400, body, false)))
        .isEqualTo(new Unread<>(Reason.FAILED, code));
  }

  @Test
  void saysThatARegionIsNotEnabledOnlyIfTheAccountSaysSoToo() {
    Answer unknown = Answer.jsonError(403, "UnrecognizedClientException", "The token is invalid");
    List<Asked> regions = new ArrayList<>();

    RegionApis apis =
        discovered(
                asked -> {
                  if (!asked.service().equals("ec2")) {
                    return unknown;
                  }
                  synchronized (regions) {
                    regions.add(asked);
                  }
                  return asked.parameter("AllRegions").isEmpty()
                      ? Pages.regions("us-east-1")
                      : Pages.regions("us-east-1", "eu-central-1");
                })
            .outcome();

    assertThat(apis.of(ApiGateway.REST_APIS))
        .isEqualTo(new Unread<>(Reason.NOT_OPTED_IN, "UnrecognizedClientException"));
    assertThat(regions).as("asked once: the enabled ones, and all").hasSize(2);
  }

  @Test
  void refusesAnIdThatLeadsElsewhere() {
    List<String> paths = new ArrayList<>();
    Reading<List<RestApi>> apis =
        read(asked -> {
          synchronized (paths) {
            paths.add(asked.path());
          }
          return Answer.ok(
              asked.path().equals("/restapis")
                  ? "{\"item\":[{\"id\":\"../apikeys\",\"name\":\"a\"}]}"
                  : "{\"item\":[],\"items\":[]}");
        });

    assertThat(apis).isEqualTo(new Unread<>(Reason.FAILED, AwsErrors.UNREADABLE_ANSWER));
    assertThat(paths).noneMatch(path -> path.contains("apikeys"));
  }

  @Test
  void neverTakesAMethodThatSaysNothingForOneThatNeedsNoAuthorization() {
    assertThat(
            read(asked ->
                Answer.ok(
                    asked.path().endsWith("/resources")
                        ? "{\"item\":[{\"path\":\"/\",\"resourceMethods\":{\"GET\":{}}}]}"
                        : answer(asked))))
        .isEqualTo(new Unread<>(Reason.FAILED, AwsErrors.UNREADABLE_ANSWER));
  }

  private static final String TWO_APIS =
      "{\"item\":[{\"id\":\"one\",\"name\":\"one\"},{\"id\":\"other\",\"name\":\"other\"}]}";

  private static Reading<List<RestApi>> ofTwo(Function<Asked, Answer> answers) {
    return read(
        asked -> asked.path().equals("/restapis") ? Answer.ok(TWO_APIS) : answers.apply(asked));
  }

  @ParameterizedTest
  @ValueSource(ints = {261, 10_240})
  void readsAStageThatHasASettingForALongPath(int length) {
    String key = "~1" + "p".repeat(length) + "/GET";

    assertThat(
            ofTwo(asked ->
                Answer.ok(
                    asked.path().endsWith("/stages")
                        ? "{\"item\":[{\"stageName\":\"s\",\"methodSettings\":{\""
                            + key
                            + "\":{}}}]}"
                        : "{\"item\":[],\"items\":[]}")))
        .isInstanceOfSatisfying(
            Complete.class, read -> assertThat((List<?>) read.value()).hasSize(2));
  }

  static Stream<Arguments> whatHidesNoOther() {
    return Stream.of(
        Arguments.of(
            Answer.jsonError(
                403, "AccessDeniedException", "with an explicit deny in a service control policy"),
            Reason.DENIED_BY_SCP,
            "AccessDeniedException"),
        Arguments.of(
            Answer.jsonError(403, "AccessDeniedException", "no identity-based policy allows"),
            Reason.DENIED_BY_IAM,
            "AccessDeniedException"),
        Arguments.of(Answer.ok("{\"item\":[{}]}"), Reason.FAILED, AwsErrors.UNREADABLE_ANSWER),
        Arguments.of(
            Answer.jsonError(400, "BadRequestException", "?"),
            Reason.FAILED,
            "BadRequestException"));
  }

  @ParameterizedTest
  @MethodSource("whatHidesNoOther")
  void readsAllButTheApiThatCannotBeRead(Answer answer, Reason reason, String code) {
    Reading<List<RestApi>> read =
        ofTwo(asked ->
            asked.path().startsWith("/restapis/one/")
                ? answer
                : Answer.ok("{\"item\":[],\"items\":[]}"));

    assertThat(read)
        .isInstanceOfSatisfying(
            Complete.class,
            complete -> {
              assertThat((List<?>) complete.value())
                  .singleElement()
                  .extracting("id")
                  .isEqualTo("other");
              assertThat((List<?>) complete.except())
                  .isEqualTo(List.of(new UnreadItem("one", reason, code)));
            });
  }

  @Test
  void saysNothingOfTheServiceWhereEveryApiIsDeniedForOneReason() {
    assertThat(
            ofTwo(asked ->
                asked.path().startsWith("/restapis/")
                    ? Answer.jsonError(403, "AccessDeniedException", "no")
                    : Answer.ok("{\"item\":[],\"items\":[]}")))
        .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
  }

  @Test
  void saysNothingOfTheServiceWhereTheSessionEnded() {
    assertThat(
            ofTwo(asked ->
                asked.path().startsWith("/restapis/one/")
                    ? Answer.jsonError(403, "ExpiredTokenException", "ended")
                    : Answer.ok("{\"item\":[],\"items\":[]}")))
        .isEqualTo(new Unread<>(Reason.FAILED, "ExpiredTokenException"));
  }

  @Test
  void countsWhatStandsOnTwoPagesOnce() {
    Reading<List<RestApi>> read =
        ofTwo(asked -> {
          boolean second = !asked.parameter("position").isEmpty();
          String next = second ? "" : ",\"position\":\"next\"";
          if (asked.path().endsWith("/resources")) {
            return Answer.ok(
                "{\"item\":[{\"path\":\"/a\",\"resourceMethods\":{\"GET\":{\"authorizationType\":\"NONE\"}}}]"
                    + next
                    + "}");
          }
          return Answer.ok("{\"item\":[{\"stageName\":\"s\"},{\"stageName\":\"s\"}]}");
        });

    assertThat(read)
        .isInstanceOfSatisfying(
            Complete.class,
            complete ->
                assertThat((List<?>) complete.value())
                    .allSatisfy(api -> {
                      assertThat(((RestApi) api).methods()).hasSize(1);
                      assertThat(((RestApi) api).stages()).hasSize(1);
                    }));
  }
}

package io.cloudoperator.service.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.service.apigateway.HttpApi.Route;
import io.cloudoperator.session.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApisTest {
  private static final Answer NONE = Answer.ok("{\"items\":[]}");

  private static final Map<String, Answer> SHOP =
      Map.of(
          "/v2/apis",
          items("{\"apiId\":\"shop\",\"name\":\"shop\",\"protocolType\":\"HTTP\"}"),
          "/v2/apis/shop/routes",
          items(
              """
              {"routeKey":"GET /a","target":"integrations/i1"},
              {"routeKey":"GET /b","target":"integrations/gone","authorizationType":"JWT","authorizerId":"au1"},
              {"routeKey":"$default"}\
              """),
          "/v2/apis/shop/stages",
          items("{\"stageName\":\"$default\",\"deploymentId\":\"d1\"}"),
          "/v2/apis/shop/integrations",
          items(
              "{\"integrationId\":\"i1\",\"integrationType\":\"HTTP_PROXY\",\"integrationUri\":\"https://canary\"}"),
          "/v2/apis/shop/authorizers/au1",
          Answer.ok(
              "{\"authorizerId\":\"au1\",\"name\":\"users\",\"authorizerType\":\"JWT\",\"jwtConfiguration\":{\"issuer\":\"https://issuer\"}}"));

  @Test
  void putsAnApiTogether() {
    try (CannedAws aws = aws(SHOP)) {
      assertThat(read(aws))
          .isEqualTo(
              new Complete<>(
                  List.of(
                      new HttpApi(
                          "shop",
                          "shop",
                          Protocol.HTTP,
                          Optional.empty(),
                          false,
                          Optional.empty(),
                          List.of(
                              new Route(
                                  "GET /a", "NONE", Optional.empty(), false, Integration.HTTP),
                              new Route(
                                  "GET /b", "JWT", Optional.of("au1"), false, Integration.OTHER),
                              new Route(
                                  "$default", "NONE", Optional.empty(), false, Integration.NONE)),
                          List.of(
                              new Stage(
                                  "$default",
                                  Optional.of("d1"),
                                  Optional.empty(),
                                  false,
                                  Optional.empty(),
                                  Optional.empty())),
                          List.of(
                              new Authorizer(
                                  "au1", "users", "JWT", Optional.of("https://issuer")))))));
    }
  }

  @Test
  void followsTheTokensOfApisAndOfWhatIsInThem() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.path() + asked.parameter("nextToken")) {
              case "/v2/apis" -> Answer.ok("{\"items\":[{\"apiId\":\"a\"}],\"nextToken\":\"2\"}");
              case "/v2/apis2" -> Answer.ok("{\"items\":[],\"nextToken\":\"3\"}");
              case "/v2/apis3" -> items("{\"apiId\":\"b\"}");
              case "/v2/apis/b/routes" ->
                  Answer.ok("{\"items\":[{\"routeKey\":\"GET /1\"}],\"nextToken\":\"2\"}");
              case "/v2/apis/b/routes2" -> items("{\"routeKey\":\"GET /2\"}");
              default -> NONE;
            })) {
      assertThat(apis(read(aws)))
          .extracting(api -> api.routes().stream().map(Route::key).toList())
          .containsExactly(List.of(), List.of("GET /1", "GET /2"));
    }
  }

  /** Each call is one of the ten a second that the whole account has. */
  @Test
  void asksForNothingThatNoRouteRefersTo() {
    try (CannedAws aws =
        aws(
            Map.of(
                "/v2/apis",
                items("{\"apiId\":\"a\"}"),
                "/v2/apis/a/routes",
                items("{\"routeKey\":\"$default\"}")))) {
      read(aws);

      assertThat(aws.asked())
          .extracting(Asked::path)
          .filteredOn(path -> path.startsWith("/v2/apis/"))
          .containsExactlyInAnyOrder("/v2/apis/a/routes", "/v2/apis/a/stages");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"routes", "stages", "integrations"})
  void leavesOutAnApiThatVanishesMeanwhile(String part) {
    try (CannedAws aws =
        aws(with(SHOP, "/v2/apis/shop/" + part, error(404, "NotFoundException")))) {
      assertThat(read(aws)).isEqualTo(new Complete<>(List.of()));
    }
  }

  @Test
  void leavesOutAnAuthorizerThatVanishedAndKeepsItsRoute() {
    try (CannedAws aws =
        aws(with(SHOP, "/v2/apis/shop/authorizers/au1", error(404, "NotFoundException")))) {
      HttpApi shop = apis(read(aws)).getFirst();

      assertThat(shop.authorizers()).isEmpty();
      assertThat(shop.routes().get(1).authorizerId()).contains("au1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/apis",
        "/v2/apis/shop/routes",
        "/v2/apis/shop/stages",
        "/v2/apis/shop/integrations",
        "/v2/apis/shop/authorizers/au1"
      })
  void isUnreadWhereAnythingOfItIsRefused(String path) {
    try (CannedAws aws = aws(with(SHOP, path, error(403, "AccessDeniedException")))) {
      assertThat(read(aws)).isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "AccessDeniedException"));
    }
  }

  @Test
  void takesAProxysPageForNoVanishedApi() {
    try (CannedAws aws =
        aws(with(SHOP, "/v2/apis/shop/routes", new Answer(404, "<html/>", false)))) {
      assertThat(read(aws)).isEqualTo(new Unread<>(Reason.FAILED, "Http404"));
    }
  }

  /** What an answer names is put into the next path, and must not lead anywhere else. */
  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "a/../../restapis", "../apikeys", "a\\\\b", "a\\u0000"})
  void asksForNothingThatAnAnswerMadeUp(String id) {
    try (CannedAws aws = aws(Map.of("/v2/apis", items("{\"apiId\":\"" + id + "\"}")))) {
      assertThat(read(aws)).isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
      assertThat(aws.asked()).extracting(Asked::path).noneMatch(path -> path.contains(".."));
    }
  }

  @Test
  void refusesTokensThatLeadInACircle() {
    try (CannedAws aws =
        aws(Map.of("/v2/apis", Answer.ok("{\"items\":[],\"nextToken\":\"again\"}")))) {
      assertThat(read(aws)).isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
    }
  }

  private static Map<String, Answer> with(Map<String, Answer> answers, String path, Answer answer) {
    Map<String, Answer> changed = new HashMap<>(answers);
    changed.put(path, answer);
    return changed;
  }

  private static CannedAws aws(Map<String, Answer> answers) {
    return new CannedAws(asked -> answers.getOrDefault(asked.path(), NONE));
  }

  private static Answer items(String items) {
    return Answer.ok("{\"items\":[" + items + "]}");
  }

  private static Answer error(int status, String code) {
    return new Answer(status, "{\"__type\":\"" + code + "\",\"message\":\"m\"}", false);
  }

  private static Reading<List<HttpApi>> read(CannedAws aws) {
    return Sessions.limitedTo(Manifest.operations(Tier.AUDIT), aws)
        .discoverApis(new RegionName("eu-west-1"))
        .outcome()
        .of(ApiGateway.HTTP_APIS);
  }

  private static List<HttpApi> apis(Reading<List<HttpApi>> reading) {
    return switch (reading) {
      case Complete<List<HttpApi>>(List<HttpApi> apis, var _) -> apis;
      case Unread<List<HttpApi>> unread -> throw new AssertionError(unread);
    };
  }
}

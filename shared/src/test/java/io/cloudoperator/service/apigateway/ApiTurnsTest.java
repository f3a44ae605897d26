package io.cloudoperator.service.apigateway;

import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.empty;
import static io.cloudoperator.service.Facts.http;
import static io.cloudoperator.service.Facts.keyed;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.preflight;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.route;
import static io.cloudoperator.service.Facts.stage;
import static io.cloudoperator.service.Facts.withStages;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Integration;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.inventory.SourceReadings;
import io.cloudoperator.service.DiscoveryScope;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.apigateway.HttpApi.Protocol;
import io.cloudoperator.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which APIs are asked about, and what is known of the others. */
class ApiTurnsTest {
  private static final Instant FIRST = NOW.minus(Duration.ofDays(3));
  private static final Instant SECOND = NOW.minus(Duration.ofDays(2));
  private static final Instant THIRD = NOW.minus(Duration.ofDays(1));
  private static final String LONG_AGO = stageOf("d", "2026-08-24T12:00:00Z");

  private static final String RESOURCE =
      """
      {"path":"/","resourceMethods":{"GET":{"authorizationType":"AWS_IAM"},
       "OPTIONS":{"authorizationType":"NONE","methodIntegration":{"type":"MOCK"}}}}\
      """;

  /** The REST APIs that are listed, with the stages of each. */
  private final Map<String, String> stages = new TreeMap<>();

  private final List<Api> earlier = new ArrayList<>();
  private final Set<String> asked = new TreeSet<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "d | 2026-11-20T11:58:00Z | false",
        "d | 2026-11-20T11:58:01Z | true",
        "d | 2026-11-21T00:00:00Z | true",
        "d | '' | true",
        "'' | 2026-11-21T00:00:00Z | false"
      })
  void asksForItsRoutesAgainOnlyWhereAStageMayHaveBeenDeployedSince(
      String deployment, String updated, boolean again) {
    earlier("due", FIRST, FIRST);
    earlier("a1", SECOND, SECOND);
    stages.put("a1", LONG_AGO + "," + stageOf(deployment, updated));

    List<RestApi> read = apis(scan(Instant.MAX));

    assertThat(asked.contains("a1/resources")).isEqualTo(again);
    assertThat(asked).contains("a1/stages", "due/resources", "due/stages");
    assertThat(partly(read, "a1")).isEqualTo(again ? Optional.empty() : Optional.of(Partly.STAGES));
    assertThat(partly(read, "due")).isEmpty();
  }

  @Test
  void asksForItsRoutesAgainWhereNothingIsDeployed() {
    earlier("due", FIRST, FIRST);
    earlier("a1", SECOND, SECOND);
    stages.put("a1", stageOf("", "2026-11-19T00:00:00Z"));

    scan(Instant.MAX);

    assertThat(asked).contains("a1/resources");
  }

  /** What API Gateway answers by itself needs none. */
  @Test
  void knowsTheLimitOfItsMethodsWhetherItReadsThemAgainOrNot() {
    earlier("due", FIRST, FIRST);
    earlier("a1", SECOND, SECOND);
    String limited =
        LONG_AGO.replaceFirst(
            "\\{", "{\"methodSettings\":{\"~1/GET\":{\"throttlingRateLimit\":5}},");
    stages.replaceAll((_, _) -> limited);

    assertThat(apis(scan(Instant.MAX)))
        .hasSize(2)
        .flatExtracting(RestApi::stages)
        .extracting(Stage::rateLimit)
        .containsOnly(Optional.of(5.0));
  }

  @Test
  void takesTurnsBetweenWhatIsNewOrDueAndWhoseStagesWereReadTheLongestAgo() {
    earlier("a", SECOND, THIRD);
    earlier("b", SECOND, SECOND);
    earlier("due", FIRST, THIRD);
    stages.put("new-1", LONG_AGO);
    stages.put("new-2", LONG_AGO);

    SourceReadings read = scan(Instant.MAX);

    assertThat(apis(read))
        .extracting(RestApi::id)
        .containsExactly("new-1", "b", "new-2", "a", "due");
    assertThat(read.progress().get(ApiGateway.REST_APIS))
        .isEqualTo(new SourceProgress(5, 5, List.of(), Optional.of(SECOND), List.of()));
  }

  @Test
  void readsASixteenthOfThemWholeInEachScan() {
    for (int i = 0; i < 17; i++) {
      earlier("api-" + i, FIRST.plusSeconds(i), FIRST);
    }

    scan(Instant.MAX);

    assertThat(asked)
        .filteredOn(call -> call.endsWith("/resources"))
        .hasSize(2)
        .contains("api-0/resources", "api-1/resources");
    assertThat(asked).filteredOn(call -> call.endsWith("/stages")).hasSize(17);
  }

  @Test
  void listsThoseThatItDoesNotComeTo() {
    earlier("a", SECOND, THIRD);
    stages.put("new-1", LONG_AGO);
    stages.put("new-2", LONG_AGO);

    SourceReadings read = scan(NOW.minusMillis(1));

    assertThat(asked).isEmpty();
    assertThat(apis(read))
        .extracting(RestApi::partly)
        .containsExactly(
            Optional.of(Partly.LISTED), Optional.of(Partly.LISTED), Optional.of(Partly.LISTED));
    assertThat(read.progress().get(ApiGateway.REST_APIS))
        .isEqualTo(
            new SourceProgress(3, 1, List.of("new-1", "new-2"), Optional.of(SECOND), List.of()));
  }

  @Test
  void tellsOfNoProgressWhereAllIsReadWhole() {
    stages.put("a", LONG_AGO);
    assertThat(scan(Instant.MAX).progress()).isEmpty();

    earlier("a", FIRST, FIRST);
    assertThat(scan(Instant.MAX).progress()).isEmpty();
  }

  @Test
  void tellsHowFarHttpApisAreReadOfThoseThatItDoesNotComeTo() {
    earlier.add(
        account()
            .withHttp(http(Protocol.HTTP, route("GET /orders", "AWS_IAM")))
            .api()
            .with(new DetailsRead(Optional.of(FIRST), Optional.of(SECOND))));

    assertThat(scan(ApiGateway.HTTP_APIS, NOW.minusMillis(1)).progress())
        .containsExactly(
            Map.entry(
                ApiGateway.HTTP_APIS,
                new SourceProgress(1, 1, List.of(), Optional.of(FIRST), List.of())));
    assertThat(scan(ApiGateway.HTTP_APIS, Instant.MAX).progress()).isEmpty();
  }

  @Test
  void judgesARestApiThatItDoesNotReadAgainAsBefore() {
    RestApi read =
        withStages(
            rest(
                new RestApi.Method(
                    "GET", "/", "CUSTOM", Optional.of("z1"), false, Integration.LAMBDA),
                method("POST", "/orders", "AWS_IAM"),
                keyed("GET", "/orders")),
            stage("prod"),
            empty("test"));
    Api before = account().with(read).api();

    assertThat(again(before, account().with(partly(read, Partly.LISTED)).region(IRELAND)))
        .isEqualTo(before.with(new DetailsRead(Optional.of(SECOND), Optional.of(SECOND))));
    assertThat(
            again(
                before, account().with(partly(read, Partly.STAGES, stage("new"))).region(IRELAND)))
        .satisfies(api -> {
          assertThat(api.routes()).isEqualTo(before.routes());
          assertThat(api.deployments()).hasSize(1);
          assertThat(api.details())
              .contains(new DetailsRead(Optional.of(SECOND), Optional.of(NOW)));
        });
  }

  @ParameterizedTest
  @EnumSource(Protocol.class)
  void judgesAnHttpApiThatItDoesNotReadAgainAsBefore(Protocol protocol) {
    HttpApi read =
        protocol == Protocol.HTTP
            ? http(
                protocol,
                new HttpApi.Route(
                    "GET /orders", "JWT", Optional.of("j1"), false, Integration.LAMBDA),
                route("$default", "AWS_IAM"))
            : http(protocol, route("$connect", "AWS_IAM"), route("send", "NONE"));
    Api before = account().withHttp(read).api();

    HttpApi listed = read.with(List.of(), List.of(), List.of(), Optional.of(Partly.LISTED));
    assertThat(again(before, account().withHttp(listed).region(IRELAND)))
        .isEqualTo(before.with(new DetailsRead(Optional.of(SECOND), Optional.of(SECOND))));
  }

  private static RestApi partly(RestApi read, Partly how, Stage... stages) {
    return read.with(List.of(), List.of(stages), List.of(), Optional.of(how));
  }

  private static Api again(Api before, RegionApis region) {
    EarlierApis earlier =
        EarlierApis.of(
            List.of(before.id().source()),
            List.of(
                new EarlierApis.Scanned(
                    new Inventory(List.of(before.id().source()), List.of(), List.of(before)),
                    SECOND)));
    return InventoryBuilder.of(
            List.of(IRELAND), List.of(region), account().global(), earlier, NOW, NOW)
        .apis()
        .getFirst();
  }

  private void earlier(String id, Instant readAt, Instant stagesAt) {
    stages.put(id, LONG_AGO);
    earlier.add(
        account()
            .with(called(id, rest(method("GET", "/", "AWS_IAM"), preflight("/"))))
            .api()
            .with(new DetailsRead(Optional.of(readAt), Optional.of(stagesAt))));
  }

  private static Optional<Partly> partly(List<RestApi> read, String id) {
    return read.stream().filter(api -> api.id().equals(id)).findFirst().orElseThrow().partly();
  }

  private static List<RestApi> apis(SourceReadings read) {
    return read.facts(ApiGateway.REST_APIS);
  }

  private SourceReadings scan(Instant until) {
    return scan(ApiGateway.REST_APIS, until);
  }

  private SourceReadings scan(ApiSource<?> apis, Instant until) {
    Inventory.Source source = new Inventory.Source(IRELAND.value(), apis);
    EarlierApis known =
        EarlierApis.of(
            List.of(source),
            List.of(
                new EarlierApis.Scanned(
                    new Inventory(List.of(source), List.of(), earlier), THIRD)));
    try (CannedAws aws = new CannedAws(this::answer)) {
      return Sessions.discover(
          new ApiGateway()
              .regional().stream().filter(discovery -> discovery.source().equals(apis)).toList(),
          new DiscoveryScope(IRELAND.value(), known, InstantSource.fixed(NOW), NOW, until),
          aws);
    }
  }

  private synchronized Answer answer(Asked call) {
    if (call.path().startsWith("/v2/")) {
      return Answer.ok(
          call.path().equals("/v2/apis") ? "{\"items\":[{\"apiId\":\"h1\"}]}" : "{\"items\":[]}");
    }
    String[] path = call.path().split("/", -1);
    if (path.length == 2) {
      return Answer.ok(
          stages.keySet().stream()
              .map("{\"id\":\"%1$s\",\"name\":\"api %1$s\"}"::formatted)
              .collect(joining(",", "{\"item\":[", "]}")));
    }
    asked.add(path[2] + "/" + path[3]);
    return Answer.ok(
        "{\"item\":[%s]}".formatted(path[3].equals("stages") ? stages.get(path[2]) : RESOURCE));
  }

  private static String stageOf(String deployment, String updated) {
    return "{\"stageName\":\"of %s\"%s%s}"
        .formatted(
            updated,
            deployment.isEmpty() ? "" : ",\"deploymentId\":\"" + deployment + "\"",
            updated.isEmpty()
                ? ""
                : ",\"lastUpdatedDate\":" + Instant.parse(updated).getEpochSecond());
  }
}

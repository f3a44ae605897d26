package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.aws.Transport;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.ApiChanges;
import io.cloudoperator.inventory.ApiSource;
import io.cloudoperator.inventory.ApiSummaries;
import io.cloudoperator.inventory.DetailsRead;
import io.cloudoperator.inventory.EarlierApis;
import io.cloudoperator.inventory.Inventory;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.inventory.SourceProgress;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.lambda.Lambda;
import io.cloudoperator.session.LargeRegion.Asked;
import io.cloudoperator.session.LargeRegion.Listed;
import io.cloudoperator.session.LargeRegion.RestApi;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Scans of a region that has more than one scan can read, in model time. */
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LargeRegionTest {
  private static final RegionName IRELAND = new RegionName("eu-west-1");
  private static final Instant LONG_AGO = Sessions.NOW.minus(Duration.ofDays(90));

  /** From the beginning of a run until no other API is begun. */
  private static final Duration READING = Duration.ofSeconds(238);

  private final ModelTime time = new ModelTime(Sessions.NOW);
  private final LargeRegion region = new LargeRegion(time);
  private final List<EarlierApis.Scanned> scans = new ArrayList<>();

  @AfterEach
  void close() {
    time.close();
  }

  private void holds(int apis, int routes, int functions) {
    for (int i = 0; i < apis; i++) {
      region.apis.put("api-%05d".formatted(i), new RestApi(LONG_AGO, routes));
    }
    for (int i = 0; i < functions; i++) {
      region.functions.put("f-%05d".formatted(i), new Listed(LONG_AGO, i % 20 == 0));
    }
  }

  /** One scan that may read for so long, through what is stored of it. */
  private Inventory scan(Duration reading) {
    time.pass(Duration.ofHours(1));
    region.forget();
    Instant startedAt = time.instant();
    EarlierApis earlier =
        EarlierApis.of(
            Set.of(source(ApiGateway.REST_APIS), source(Lambda.FUNCTION_URLS)), scans.reversed());
    AwsRoleSession session =
        new AwsRoleSession(
            Sessions.CREDENTIALS,
            Manifest.operations(Tier.AUDIT),
            List.of(IRELAND),
            new Transport(region, Optional.empty(), Sessions::retries),
            time,
            time);
    RegionApis found =
        session
            .discoverApis(
                IRELAND, new RoleSession.ApiTurn(earlier, startedAt, startedAt.plus(reading)))
            .outcome();
    Inventory drawn =
        InventoryBuilder.of(
            List.of(IRELAND),
            List.of(Json.read(Json.write(found), RegionApis.class)),
            Optional.empty(),
            earlier,
            startedAt,
            time.instant());
    Inventory kept = Json.read(Json.write(drawn), Inventory.class);
    scans.add(new EarlierApis.Scanned(kept, startedAt));
    return kept;
  }

  private static Inventory.Source source(ApiSource<?> source) {
    return new Inventory.Source(IRELAND.value(), source);
  }

  private long asked(String what) {
    return region.asked().stream().filter(call -> call.what().equals(what)).count();
  }

  private List<String> askedFor(String what) {
    return region.asked().stream().filter(call -> call.what().equals(what)).map(Asked::of).toList();
  }

  private static List<Api> rest(Inventory inventory) {
    return inventory.apis().stream()
        .filter(api -> api.id().kind().equals(ApiGateway.REST))
        .toList();
  }

  private static List<Api> urls(Inventory inventory) {
    return inventory.apis().stream()
        .filter(api -> api.id().kind().equals(Lambda.FUNCTION_URL))
        .toList();
  }

  private static Optional<SourceProgress> progress(Inventory inventory, ApiSource<?> source) {
    return inventory.progress().stream()
        .filter(progress -> progress.source().equals(source(source)))
        .map(Inventory.Progress::of)
        .findFirst();
  }

  private static boolean whole(Inventory inventory) {
    return inventory.progress().stream().noneMatch(Inventory.Progress::partly);
  }

  @Test
  void endsWholeOverSeveralScansAtThePaceThatIsPromised() {
    // Of 5,000 and 20,000, docs/costs.md has what was measured.
    int apis = Integer.getInteger("apis", 1_200);
    int functions = Integer.getInteger("functions", 4_000);
    holds(apis, 2, functions);
    long read = 0;
    int count = 0;
    Inventory inventory;
    do {
      Instant begun = time.instant().plus(Duration.ofHours(1));
      inventory = scan(READING);
      count++;
      Duration took = Duration.between(begun, time.instant());
      assertThat(took).isLessThan(Duration.ofSeconds(250));
      assertThat(rest(inventory)).hasSize(apis);
      assertThat(asked("resources")).isLessThanOrEqualTo((long) (2.25 * took.toSeconds()) + 3);
      assertThat(asked("resources") + asked("stages") + asked("authorizers"))
          .isLessThanOrEqualTo((long) (7.5 * took.toSeconds()) + 20);
      assertThat(asked("urls") + asked("functions"))
          .isLessThanOrEqualTo((long) (7.5 * took.toSeconds()) + 7);
      long now = rest(inventory).stream().filter(api -> !api.listedOnly()).count();
      assertThat(now).isGreaterThan(read);
      assertThat(progress(inventory, ApiGateway.REST_APIS).map(SourceProgress::read).orElse(now))
          .isEqualTo(now);
      read = now == apis ? -1 : now;
    } while (!whole(inventory));

    assertThat(count).isGreaterThan(1).isLessThan(4 + apis / 350 + functions / 800);
    assertThat(urls(inventory)).hasSize(functions / 20);
    assertThat(rest(inventory)).allSatisfy(api -> assertThat(api.routes()).hasSize(2));
    assertThat(progress(inventory, Lambda.FUNCTION_URLS).orElseThrow().rounds())
        .extracting(round -> round.fingerprints().size())
        .satisfies(sizes ->
            assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(functions));
  }

  @Test
  void saysHowMuchIsLeftAndTellsNoChangeOfWhatItReadsForTheFirstTime() {
    holds(40, 3, 100);

    Inventory first = scan(Duration.ofSeconds(6));

    long left = rest(first).stream().filter(Api::listedOnly).count();
    assertThat(left).isBetween(10L, 35L);
    ApiSummary summary = ApiSummaries.of(first, Optional.empty(), Optional.empty());
    assertThat(summary.apis()).containsEntry("rest", 40L);
    assertThat(summary.unread())
        .filteredOn(unread -> unread.service().equals("rest_apis"))
        .singleElement()
        .satisfies(unread -> {
          assertThat(unread.code()).isEqualTo(ApiSummaries.NOT_READ_YET);
          assertThat(unread.left()).contains(new ApiSummary.Left(left, 40));
          assertThat(unread.items().orElseThrow()).hasSize(10).allMatch(region.apis::containsKey);
        });
    Inventory second = scan(READING);
    assertThat(whole(second)).isTrue();
    assertThat(urls(second)).hasSize(5);
    assertThat(urls(first).size()).isLessThan(5);
    assertThat(ApiChanges.between(first, second).changes()).isEmpty();
  }

  @Test
  void asksAgainOnlyForTheStagesOfWhatWasNotDeployedAndInTurnForTheRest() {
    holds(64, 2, 30);
    Inventory first = scan(READING);

    Inventory second = scan(READING);

    assertThat(asked("stages")).isEqualTo(64);
    assertThat(asked("resources")).isEqualTo(4);
    assertThat(asked("authorizers")).isEqualTo(4);
    assertThat(ApiChanges.between(first, second).changes()).isEmpty();
    assertThat(rest(second).stream().map(LargeRegionTest::withoutTimes))
        .containsExactlyElementsOf(rest(first));
    Set<String> again = Set.copyOf(askedFor("resources"));
    scan(READING);
    assertThat(askedFor("resources")).hasSize(4).doesNotContainAnyElementsOf(again);
    for (int scan = 3; scan < 17; scan++) {
      scan(READING);
    }
    assertThat(rest(scans.getLast().inventory()).stream().flatMap(api -> api.details().stream()))
        .allSatisfy(details ->
            assertThat(details.at().orElseThrow()).isAfter(scans.getFirst().startedAt()));
  }

  private static Api withoutTimes(Api api) {
    return new Api(
        api.id(),
        api.name(),
        api.exposure(),
        api.entrances(),
        api.deployments(),
        api.routes(),
        api.issuers(),
        api.flags());
  }

  @Test
  void readsAgainWhatWasDeployedForgetsWhatIsGoneAndComesToWhatIsNew() {
    holds(64, 2, 30);
    scan(READING);
    scan(READING);
    Set<String> inTurn = Set.copyOf(askedFor("resources"));
    String changed =
        region.apis.keySet().stream()
            .filter(id -> !inTurn.contains(id) && id.compareTo("api-00030") > 0)
            .findFirst()
            .orElseThrow();
    region.apis.put(changed, new RestApi(time.instant(), 5));
    region.apis.remove("api-00001");
    region.apis.put("api-90000", new RestApi(LONG_AGO, 1));
    region.functions.put("f-00003", new Listed(time.instant(), true));

    Inventory third = scan(READING);

    assertThat(askedFor("resources")).contains(changed, "api-90000").hasSizeLessThan(9);
    assertThat(rest(third))
        .hasSize(64)
        .filteredOn(api -> api.id().local().equals(changed))
        .singleElement()
        .satisfies(api -> {
          assertThat(api.routes()).hasSize(5);
          assertThat(api.details()).isEmpty();
        });
    assertThat(
            ApiChanges.between(scans.get(1).inventory(), third).changes().stream()
                .map(change -> change.kind() + " " + change.api().local())
                .collect(Collectors.toSet()))
        .contains("REMOVED api-00001", "ADDED api-90000", "CHANGED " + changed, "ADDED f-00003");
  }

  @Test
  void asksForAFunctionThatWasChangedBeforeThoseThatWereReadLongAgo() {
    holds(0, 0, 600);
    scan(Duration.ofSeconds(60));
    scan(Duration.ofSeconds(60));
    assertThat(whole(scans.getLast().inventory())).isTrue();
    List<String> newest = askedFor("urls");
    String changed = newest.getLast();
    region.functions.put(changed, new Listed(time.instant(), true));

    Inventory third = scan(Duration.ofSeconds(15));

    assertThat(askedFor("urls")).contains(changed).hasSizeLessThan(150);
    assertThat(askedFor("urls").subList(0, 16)).contains(changed);
    assertThat(urls(third)).extracting(api -> api.id().local()).contains(changed);
  }

  @Test
  void goesOnWithTheNewestScanThatHadTheSource() {
    holds(32, 2, 0);
    Inventory first = scan(READING);
    // As one of other regions, or one to which the region was denied.
    scans.add(new EarlierApis.Scanned(new Inventory(List.of(), List.of(), List.of()), LONG_AGO));

    Inventory third = scan(READING);

    assertThat(asked("resources")).isEqualTo(2);
    assertThat(rest(third)).hasSameSizeAs(rest(first));
    assertThat(rest(third).stream().flatMap(api -> api.details().stream()))
        .hasSize(30)
        .allSatisfy(details ->
            assertThat(details)
                .isEqualTo(
                    new DetailsRead(
                        Optional.of(scans.getFirst().startedAt()),
                        Optional.of(scans.getLast().startedAt()))));
  }
}

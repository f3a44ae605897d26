package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.HOST;
import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.OHIO;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.behind;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.deployed;
import static io.cloudoperator.service.Facts.distribution;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.empty;
import static io.cloudoperator.service.Facts.functionUrl;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.plain;
import static io.cloudoperator.service.Facts.rest;
import static io.cloudoperator.service.Facts.stage;
import static io.cloudoperator.service.Facts.withStages;
import static io.cloudoperator.service.Facts.withoutDefaultEndpoint;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudoperator.inventory.ApiChanges.Change;
import io.cloudoperator.inventory.ApiChanges.Difference;
import io.cloudoperator.inventory.ApiChanges.Kind;
import io.cloudoperator.service.Facts;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.EndpointType;
import io.cloudoperator.service.apigateway.ResourcePolicy;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.lambda.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApiChangesTest {
  private static final RestApi ORDERS =
      rest(method("GET", "/orders", "AWS_IAM"), method("POST", "/orders", "AWS_IAM"));

  @Test
  void findsNothingBetweenTheSame() {
    Inventory inventory = account().with(ORDERS).with(domain("a1", "", "prod")).inventory();

    ApiChanges changes = ApiChanges.between(inventory, inventory);

    assertThat(changes.changes()).isEmpty();
    assertThat(changes.notCompared()).isEmpty();
  }

  @Test
  void findsApisThatAreNewAndGone() {
    ApiChanges changes =
        between(account().with(called("old", ORDERS)), account().with(called("new", ORDERS)));

    assertThat(changes.changes())
        .extracting(Change::kind, change -> change.api().local(), Change::route)
        .containsExactly(
            tuple(Kind.ADDED, "new", Optional.empty()),
            tuple(Kind.REMOVED, "old", Optional.empty()));
  }

  @Test
  void callsAnApiThatCouldNotBeReadNeitherGoneNorNew() {
    Facts.Account both = account().with(called("old", ORDERS), called("kept", ORDERS));

    assertThat(between(both, account().with(called("kept", ORDERS)).except("old")).changes())
        .isEmpty();
    assertThat(between(account().with(called("kept", ORDERS)).except("old"), both).changes())
        .isEmpty();
    assertThat(between(both, account().with(called("kept", ORDERS)).except("other")).changes())
        .extracting(Change::kind)
        .containsExactly(Kind.REMOVED);
  }

  @Test
  void callsNoFunctionNewOrGoneToWhichTheOtherScanHadNotCome() {
    Inventory with = account().with(functionUrl("NONE")).inventory();
    Inventory without = account().inventory();
    Inventory notYet = PartlyRead.of(without, Lambda.FUNCTION_URLS, 2, List.of("resize"), "watch");
    Inventory readWithoutUrl =
        PartlyRead.of(without, Lambda.FUNCTION_URLS, 2, List.of("watch"), "resize");
    Inventory whole = PartlyRead.of(without, Lambda.FUNCTION_URLS, 1, List.of(), "watch");

    assertThat(ApiChanges.between(notYet, with).changes()).isEmpty();
    assertThat(ApiChanges.between(with, notYet).changes()).isEmpty();
    for (Inventory read : List.of(readWithoutUrl, whole)) {
      assertThat(ApiChanges.between(read, with).changes())
          .extracting(Change::kind)
          .containsExactly(Kind.ADDED);
      assertThat(ApiChanges.between(with, read).changes())
          .extracting(Change::kind)
          .containsExactly(Kind.REMOVED);
    }
  }

  @Test
  void comparesNothingWithAnApiThatIsOnlyListed() {
    Inventory read = account().with(ORDERS).inventory();
    Api api = read.apis().getFirst();
    Inventory listed =
        new Inventory(read.read(), read.unread(), List.of(Api.listed(api.id(), "another name")));

    assertThat(ApiChanges.between(read, listed).changes()).isEmpty();
    assertThat(ApiChanges.between(listed, read).changes()).isEmpty();
  }

  @Test
  void callsNoDomainGoneWhereOneCouldNotBeRead() {
    assertThat(
            between(
                    account().with(ORDERS).with(domain("a1", "", "prod")),
                    account().with(ORDERS).exceptDomain("api.example.com"))
                .changes())
        .isEmpty();
  }

  @Test
  void findsRoutesThatAreNewChangedAndGone() {
    ApiChanges changes =
        between(
            account()
                .with(
                    rest(
                        method("GET", "/gone", "AWS_IAM"),
                        method("GET", "/orders", "AWS_IAM"),
                        method("GET", "/same", "AWS_IAM"))),
            account()
                .with(
                    rest(
                        method("GET", "/new", "AWS_IAM"),
                        method("GET", "/orders", "NONE"),
                        method("GET", "/same", "AWS_IAM"))));

    assertThat(changes.changes())
        .extracting(Change::kind, Change::route, Change::differences)
        .containsExactly(
            tuple(Kind.REMOVED, Optional.of("GET /gone"), List.of()),
            tuple(Kind.ADDED, Optional.of("GET /new"), List.of()),
            tuple(
                Kind.CHANGED,
                Optional.of("GET /orders"),
                List.of(new Difference("authorization", "iam", "none"))));
  }

  @Test
  void saysWhatOfAnApiChangedInWordsForPeople() {
    RestApi before = rest(ResourcePolicy.NONE, EndpointType.REGIONAL);
    RestApi now = rest(ResourcePolicy.RESTRICTED, EndpointType.REGIONAL);

    assertThat(
            between(
                    account().with(before),
                    account()
                        .with(withStages(now, behind("prod", "edge")))
                        .with(domain("a1", "v1", "prod")))
                .changes())
        .singleElement()
        .satisfies(change ->
            assertThat(change.differences())
                .containsExactly(
                    new Difference("exposure", "public", "restricted"),
                    new Difference("entrance " + HOST + "/prod exposure", "public", "restricted"),
                    new Difference("entrance " + HOST + "/prod webAcl", "absent", "edge"),
                    new Difference("entrance api.example.com/v1", "absent", "restricted"),
                    new Difference("stage prod webAcl", "absent", "edge"),
                    new Difference("deployed", "2026-11-21T12:00:00Z", "2026-11-22T12:00:00Z")));
  }

  @Test
  void saysWhatBecameOfAStage() {
    assertThat(
            differences(
                account().with(withStages(ORDERS, stage("prod"))),
                account().with(withStages(ORDERS, empty("prod"), stage("test")))))
        .containsExactly(
            new Difference("entrance " + HOST + "/prod", "public", "absent"),
            new Difference("entrance " + HOST + "/test", "absent", "public"),
            new Difference("stage prod", "deployed", "not deployed"),
            new Difference("stage prod accessLogs", "yes", "no"),
            new Difference("stage prod throttled", "yes", "no"),
            new Difference("stage test", "absent", "deployed"));
  }

  @Test
  void saysThatADistributionOpensAnInternalLoadBalancer() {
    assertThat(
            differences(
                account().with(loadBalancer(false, plain(false))),
                account()
                    .with(loadBalancer(false, plain(false)))
                    .with(distribution(Optional.empty(), "web-1.eu-west-1.elb.amazonaws.com"))))
        .containsExactly(
            new Difference("exposure", "private", "public"),
            new Difference("entrance d1.cloudfront.net", "absent", "public"),
            new Difference("entrance www.example.com", "absent", "public"));
  }

  @Test
  void doesNotSayWhatADistributionOpensThatTheScanBeforeDidNotAskFor() {
    Facts.Account internal = account().with(loadBalancer(false, plain(false)));
    Inventory all = internal.inventory();
    Inventory before =
        new Inventory(
            all.read().stream().filter(source -> !source.region().equals(ApiId.GLOBAL)).toList(),
            all.unread(),
            all.apis());
    Inventory now =
        internal
            .with(distribution(Optional.empty(), "web-1.eu-west-1.elb.amazonaws.com"))
            .inventory();

    assertThat(ApiChanges.between(before, now).changes()).isEmpty();
    assertThat(
            differences(
                account().with(rest()).withoutDistributions(),
                account()
                    .with(rest(ResourcePolicy.RESTRICTED, EndpointType.REGIONAL))
                    .withoutDistributions()))
        .as("of a REST API it opens nothing")
        .contains(new Difference("exposure", "public", "restricted"));
  }

  @ParameterizedTest
  @CsvSource({"false, AWS_IAM, CUSTOM, iam, lambda", "true, NONE, CUSTOM, mutual_tls, lambda"})
  void comparesWhatARouteAsksForWhereItIsKnown(
      boolean domains, String before, String now, String old, String recent) {
    assertThat(
            differences(
                hidden(method("GET", "/", before), domains),
                hidden(method("GET", "/", now), domains)))
        .contains(new Difference("authorization", old, recent));
  }

  private static Facts.Account hidden(RestApi.Method method, boolean domains) {
    Facts.Account account = account().with(withoutDefaultEndpoint(rest(method)));
    return domains
        ? account.with(domain(true, "TLS_1_2", "a1", "", "prod"))
        : account.withoutDomains();
  }

  /** Of the one that changed. */
  private static List<Difference> differences(Facts.Account before, Facts.Account now) {
    return between(before, now).changes().stream()
        .filter(change -> change.kind() == Kind.CHANGED)
        .flatMap(change -> change.differences().stream())
        .toList();
  }

  @Test
  void tellsARedeploymentApart() {
    ApiChanges changes =
        between(account().with(ORDERS), account().with(withStages(ORDERS, deployed("prod", NOW))));

    assertThat(changes.changes()).singleElement().matches(Change::redeployedOnly);
  }

  @Test
  void takesNoMoreThanATimeForARedeploymentOnly() {
    ApiChanges changes =
        between(
            account().with(ORDERS),
            account().with(withStages(ORDERS, deployed("prod", NOW), stage("test"))));

    assertThat(changes.changes()).singleElement().matches(change -> !change.redeployedOnly());
  }

  @Test
  void removesNothingThatCouldNotBeReadAndAddsNothingThatWasReadAgain() {
    Inventory read = account().with(ORDERS).inventory();
    Inventory unread = account().withoutRest().inventory();
    Inventory.Source rest = new Inventory.Source("eu-west-1", ApiGateway.REST_APIS);

    assertThat(ApiChanges.between(read, unread))
        .isEqualTo(new ApiChanges(List.of(), List.of(rest)));
    assertThat(ApiChanges.between(unread, read))
        .isEqualTo(new ApiChanges(List.of(), List.of(rest)));
    assertThat(ApiChanges.between(unread, unread))
        .isEqualTo(new ApiChanges(List.of(), List.of(rest)));
  }

  @Test
  void comparesNothingOfARegionThatIsNewInTheAccount() {
    Facts.Account account = account().with(ORDERS);
    Inventory now =
        InventoryBuilder.of(
            List.of(IRELAND, OHIO),
            List.of(account.region(IRELAND), account.region(OHIO)),
            account.global(),
            NOW);

    ApiChanges changes = ApiChanges.between(account.inventory(), now);

    assertThat(changes.changes()).isEmpty();
    assertThat(changes.notCompared()).hasSize(8).allMatch(s -> s.region().equals("us-east-2"));
  }

  @Test
  void takesNoDomainForGoneThatWasNotRead() {
    Facts.Account before = account().with(ORDERS).with(domain("a1", "", "prod"));

    assertThat(between(before, account().with(ORDERS).withoutDomains()).changes()).isEmpty();
  }

  @Test
  void claimsNoNewExposureWhereItIsNotKnown() {
    RestApi hidden = withoutDefaultEndpoint(rest(method("GET", "/", "NONE")));
    Facts.Account before = account().with(hidden).with(domain(true, "TLS_1_2", "a1", "", "prod"));

    assertThat(between(before, account().with(hidden).withoutDomains()).changes()).isEmpty();
  }

  @Test
  void takesNoDistributionForGoneThatWasNotRead() {
    Facts.Account before = account().with(ORDERS).with(distribution(Optional.empty(), HOST));

    assertThat(between(before, account().with(ORDERS).withoutDistributions()).changes()).isEmpty();
  }

  @Test
  void takesNoLoadBalancerForClosedWhoseDistributionWasNotRead() {
    Facts.Account before =
        account()
            .with(loadBalancer(false, plain(false)))
            .with(distribution(Optional.empty(), "web-1.eu-west-1.elb.amazonaws.com"));

    assertThat(
            between(
                    before,
                    account().with(loadBalancer(false, plain(false))).withoutDistributions())
                .changes())
        .isEmpty();
  }

  @Test
  void doesNotCompareFlags() {
    Inventory before = account().with(ORDERS).inventory();
    Inventory later =
        InventoryBuilder.of(
            List.of(IRELAND),
            List.of(account().with(ORDERS).region(IRELAND)),
            account().global(),
            NOW.plusSeconds(400L * 24 * 60 * 60));

    assertThat(later.apis().getFirst().flags()).isNotEqualTo(before.apis().getFirst().flags());
    assertThat(ApiChanges.between(before, later).changes()).isEmpty();
  }

  @Test
  void findsExactlyTheEditsThatWereMade() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<RestApi.Method> before = new ArrayList<>();
      List<RestApi.Method> now = new ArrayList<>();
      List<String> edits = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String path = "/p" + (char) ('A' + i);
        String key = "GET " + path;
        switch (random.nextInt(8)) {
          case 0 -> {
            before.add(method("GET", path, "AWS_IAM"));
            edits.add("REMOVED " + key);
          }
          case 1 -> {
            now.add(method("GET", path, "AWS_IAM"));
            edits.add("ADDED " + key);
          }
          case 2 -> {
            before.add(method("GET", path, "AWS_IAM"));
            now.add(method("GET", path, "CUSTOM"));
            edits.add("CHANGED " + key);
          }
          default -> {
            before.add(method("GET", path, "AWS_IAM"));
            now.add(method("GET", path, "AWS_IAM"));
          }
        }
      }

      ApiChanges changes =
          between(
              account().with(rest(before.toArray(RestApi.Method[]::new))),
              account().with(rest(now.toArray(RestApi.Method[]::new))));

      assertThat(changes.changes())
          .as("seed %d", seed)
          .extracting(change -> change.kind() + " " + change.route().orElseThrow())
          .containsExactlyElementsOf(edits);
    }
  }

  @Test
  @Tag("large")
  void comparesAThousandApisOfFiftyRoutesAtOnce() {
    RestApi.Method[] routes =
        IntStream.range(0, 50)
            .mapToObj(i -> method("GET", "/r" + i, "NONE"))
            .toArray(RestApi.Method[]::new);
    Facts.Account large =
        account()
            .with(
                IntStream.range(0, 1000)
                    .mapToObj(i -> called("a" + i, rest(routes)))
                    .toArray(RestApi[]::new));
    long start = System.nanoTime();

    ApiChanges changes = between(large, large);

    assertThat(changes.changes()).isEmpty();
    assertThat((System.nanoTime() - start) / 1_000_000_000).isLessThan(10);
  }

  private static ApiChanges between(Facts.Account before, Facts.Account now) {
    return ApiChanges.between(before.inventory(), now.inventory());
  }
}

package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.IRELAND;
import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.denied;
import static io.cloudoperator.service.Facts.domain;
import static io.cloudoperator.service.Facts.https;
import static io.cloudoperator.service.Facts.loadBalancer;
import static io.cloudoperator.service.Facts.method;
import static io.cloudoperator.service.Facts.preflight;
import static io.cloudoperator.service.Facts.rest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.CatalogComparison.Declared;
import io.cloudoperator.inventory.CatalogComparison.Found;
import io.cloudoperator.inventory.CatalogComparison.Standing;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.Facts;
import io.cloudoperator.service.InventoryBuilder;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApi;
import io.cloudoperator.service.lambda.Lambda;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CatalogComparisonTest {
  private static final Facts.Account ORDERS =
      account()
          .with(
              rest(
                  method("GET", "/orders", "NONE"),
                  method("ANY", "/items", "NONE"),
                  preflight("/orders")))
          .with(domain("a1", "v1", "prod"));

  @Test
  void takesForShadowWhatNobodyDeclared() {
    CatalogComparison standings = standings(ORDERS, id("eu-west-1/rest/other"));

    assertThat(standings.found())
        .containsExactly(new Found(ApiKinds.id("eu-west-1/rest/a1"), Standing.SHADOW, List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api.example.com", "API.example.com", "a1.execute-api.eu-west-1.amazonaws.com"})
  void knowsAnApiByAnyOfItsHosts(String host) {
    CatalogComparison standings = standings(ORDERS, host(host));

    assertThat(standings.found())
        .as("whose routes are not declared one by one")
        .extracting(Found::standing, Found::shadowRoutes)
        .containsExactly(tuple(Standing.DECLARED, List.of()));
    assertThat(standings.declared())
        .extracting(Declared::standing, declared -> declared.apis().toString())
        .containsExactly(tuple(Standing.DECLARED, "[eu-west-1/rest/a1]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"web-1.eu-west-1.elb.amazonaws.com", "web-1.eu-west-1.elb.amazonaws.com:443"})
  void knowsALoadBalancerWithItsPortAndWithout(String host) {
    assertThat(standings(account().with(loadBalancer(true, https("any"))), host(host)).declared())
        .extracting(Declared::standing)
        .containsExactly(Standing.DECLARED);
  }

  @Test
  void findsRoutesThatWereNotDeclared() {
    CatalogComparison standings =
        standings(ORDERS, id("eu-west-1/rest/a1", "GET /orders", "GET /items"));

    assertThat(standings.found())
        .as("ANY is more than was declared, and a preflight belongs to its path")
        .extracting(Found::standing, Found::shadowRoutes)
        .containsExactly(tuple(Standing.DECLARED, List.of("ANY /items")));
  }

  @Test
  void findsDeclaredRoutesThatAreGone() {
    CatalogComparison standings =
        standings(ORDERS, id("eu-west-1/rest/a1", "GET /orders", "GET /items", "GET /gone"));

    assertThat(standings.declared())
        .as("ANY serves GET")
        .extracting(Declared::zombieRoutes)
        .containsExactly(List.of("GET /gone"));
  }

  @Test
  void joinsTheRoutesOfAllEntriesForAnApi() {
    CatalogComparison standings =
        standings(
            ORDERS,
            id("eu-west-1/rest/a1", "GET /orders"),
            new Catalog.Entry(
                Optional.empty(), Optional.of("api.example.com"), List.of("ANY /items")));

    assertThat(standings.found()).extracting(Found::shadowRoutes).containsExactly(List.of());
  }

  @ParameterizedTest
  @CsvSource({"eu-west-1/rest/gone", "eu-west-1/function_url/gone", "global/distribution/E9"})
  void takesForZombieWhatIsGone(String id) {
    assertThat(standings(ORDERS, id(id)).declared())
        .extracting(Declared::standing)
        .containsExactly(Standing.ZOMBIE);
  }

  @Test
  void doesNotKnowWhatWasNotRead() {
    Facts.Account unread = account().withoutRest();

    assertThat(standings(unread, id("eu-west-1/rest/a1"), id("us-east-2/rest/a1")).declared())
        .as("denied, and a region that was not scanned")
        .extracting(Declared::standing)
        .containsExactly(Standing.UNKNOWN, Standing.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "a9.execute-api.eu-west-1.amazonaws.com, UNKNOWN",
    "gone.example.com, UNKNOWN",
    "a9.execute-api.us-east-2.amazonaws.com, ZOMBIE",
    "f9.lambda-url.eu-west-1.on.aws, ZOMBIE",
    "g9.appsync-api.eu-west-1.amazonaws.com, ZOMBIE",
    "web-9.eu-west-1.elb.amazonaws.com, ZOMBIE",
    "d9.cloudfront.net, ZOMBIE"
  })
  void looksForAHostWhereItWouldBe(String host, Standing standing) {
    assertThat(standings(account().withoutRest(), host(host)).declared())
        .extracting(Declared::standing)
        .containsExactly(standing);
  }

  @Test
  void takesForGoneWhatStoodInARegionThatIsNoLongerEnabled() {
    Inventory inventory =
        InventoryBuilder.of(
            List.of(IRELAND),
            List.of(
                new RegionApis(
                    IRELAND,
                    account()
                        .region(IRELAND)
                        .readings()
                        .with(
                            ApiGateway.REST_APIS,
                            new Reading.Unread<>(Reading.Reason.NOT_OPTED_IN, "OptInRequired"))
                        .with(ApiGateway.HTTP_APIS, denied()),
                    List.of())),
            account().global(),
            NOW);

    assertThat(
            CatalogComparison.of(
                    new Catalog(List.of(id("eu-west-1/rest/a1"), id("eu-west-1/http/h1")), NOW),
                    inventory,
                    List.of())
                .declared())
        .extracting(Declared::standing)
        .containsExactly(Standing.ZOMBIE, Standing.UNKNOWN);
  }

  @Test
  void takesForUnknownWhatMayBeInARegionThatWasNotChosen() {
    Catalog catalog =
        new Catalog(
            List.of(
                id("sa-east-1/rest/s1"),
                host("s1.execute-api.sa-east-1.amazonaws.com"),
                host("gone.example.com"),
                host("g1.execute-api.eu-west-1.amazonaws.com"),
                host("d9.cloudfront.net")),
            NOW);

    assertThat(
            CatalogComparison.of(catalog, ORDERS.inventory(), List.of(new RegionName("sa-east-1")))
                .declared())
        .extracting(Declared::standing)
        .as("no distribution is of a region")
        .containsExactly(
            Standing.UNKNOWN, Standing.UNKNOWN, Standing.UNKNOWN, Standing.ZOMBIE, Standing.ZOMBIE);
  }

  @Test
  void letsAHostStandForEveryApiBehindIt() {
    RestApi api = rest(method("GET", "/a", "NONE"));
    Facts.Account three =
        account()
            .with(called("c", api), called("a", api), called("b", api))
            .with(domain("c", "1", "prod"), domain("a", "2", "prod"), domain("b", "3", "prod"));

    CatalogComparison standings = standings(three, host("api.example.com"));

    assertThat(standings.declared().getFirst().apis())
        .extracting(ApiId::local)
        .containsExactly("a", "b", "c");
    assertThat(standings.found()).extracting(Found::standing).containsOnly(Standing.DECLARED);
  }

  @Test
  void takesAnApiThatIsOnlyListedNeitherForShadowNorItsRoutesForGone() {
    Inventory read = ORDERS.inventory();
    ApiId id = ApiKinds.id("eu-west-1/rest/a1");
    Inventory listed = new Inventory(read.read(), read.unread(), List.of(Api.listed(id, "orders")));

    assertThat(standings(listed, host("gone.example.com")).found()).isEmpty();
    assertThat(standings(listed, id("eu-west-1/rest/a1", "GET /orders")))
        .isEqualTo(
            new CatalogComparison(
                List.of(new Found(id, Standing.DECLARED, List.of())),
                List.of(
                    new Declared(
                        id("eu-west-1/rest/a1", "GET /orders"),
                        Standing.DECLARED,
                        List.of(id),
                        List.of()))));
  }

  @ParameterizedTest
  @CsvSource({"watch, ZOMBIE, UNKNOWN", "resize, UNKNOWN, UNKNOWN"})
  void doesNotKnowAFunctionToWhichNoScanHasCome(
      String function, Standing ofFunction, Standing ofHost) {
    Inventory half =
        PartlyRead.of(account().inventory(), Lambda.FUNCTION_URLS, 2, List.of("resize"), "watch");

    assertThat(
            standings(
                    half,
                    id("eu-west-1/function_url/" + function),
                    host("f9.lambda-url.eu-west-1.on.aws"))
                .declared())
        .extracting(Declared::standing)
        .containsExactly(ofFunction, ofHost);
  }

  private static CatalogComparison standings(Inventory inventory, Catalog.Entry... entries) {
    return CatalogComparison.of(new Catalog(List.of(entries), NOW), inventory, List.of());
  }

  private static CatalogComparison standings(Facts.Account account, Catalog.Entry... entries) {
    return standings(account.inventory(), entries);
  }

  private static Catalog.Entry id(String id, String... routes) {
    return new Catalog.Entry(Optional.of(ApiKinds.id(id)), Optional.empty(), List.of(routes));
  }

  private static Catalog.Entry host(String host) {
    return new Catalog.Entry(Optional.empty(), Optional.of(host), List.of());
  }
}

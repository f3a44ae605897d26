package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.NOW;
import static io.cloudoperator.service.Facts.account;
import static io.cloudoperator.service.Facts.called;
import static io.cloudoperator.service.Facts.rest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.inventory.EarlierApis.Known;
import io.cloudoperator.inventory.EarlierApis.Scanned;
import io.cloudoperator.service.ApiKinds;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.lambda.Lambda;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class EarlierApisTest {
  private static final Inventory.Source REST =
      new Inventory.Source("eu-west-1", ApiGateway.REST_APIS);
  private static final Inventory.Source URLS =
      new Inventory.Source("eu-west-1", Lambda.FUNCTION_URLS);
  private static final Instant LATER = NOW.plusSeconds(60);

  @Test
  void takesEachSourceFromTheNewestInventoryInWhichItWasRead() {
    Inventory old = account().with(called("old", rest())).inventory();
    Inventory recent = account().with(called("new", rest())).inventory();
    Inventory unread = account().withoutRest().inventory();
    EarlierApis earlier =
        EarlierApis.of(
            Set.of(REST),
            List.of(
                new Scanned(unread, LATER.plusSeconds(60)),
                new Scanned(recent, LATER),
                new Scanned(old, NOW)));

    assertThat(earlier.find(id("new"))).contains(new Known(recent.apis().getFirst(), LATER, LATER));
    assertThat(earlier.find(id("old"))).isEmpty();
  }

  @Test
  void leavesOutSourcesThatNobodyAskedFor() {
    Inventory inventory =
        PartlyRead.of(
            account().with(called("a1", rest())).inventory(),
            Lambda.FUNCTION_URLS,
            2,
            List.of(),
            "resize");
    EarlierApis earlier = EarlierApis.of(Set.of(), List.of(new Scanned(inventory, NOW)));

    assertThat(earlier.find(id("a1"))).isEmpty();
    assertThat(earlier.readAt(URLS, "resize")).isEmpty();
  }

  @Test
  void knowsWhenEachPartOfAnApiWasRead() {
    Api whole = account().with(called("a1", rest())).api();
    Api again =
        whole.with(
            new DetailsRead(Optional.of(NOW.minusSeconds(9)), Optional.of(NOW.minusSeconds(3))));
    Api withoutStages = whole.with(new DetailsRead(Optional.of(NOW), Optional.empty()));

    assertThat(known(whole)).contains(new Known(whole, LATER, LATER));
    assertThat(known(again)).contains(new Known(again, NOW.minusSeconds(9), NOW.minusSeconds(3)));
    assertThat(known(withoutStages)).contains(new Known(withoutStages, NOW, NOW));
    assertThat(known(Api.listed(whole.id(), "orders"))).as("nothing of it was ever read").isEmpty();
  }

  @Test
  void listsTheApisOfASourceInTheOrderOfTheirIds() {
    Inventory inventory =
        account().with(called("c", rest()), called("a", rest()), called("b", rest())).inventory();
    EarlierApis earlier = EarlierApis.of(Set.of(REST, URLS), List.of(new Scanned(inventory, NOW)));

    assertThat(earlier.all(REST))
        .extracting(known -> known.api().id().local())
        .containsExactly("a", "b", "c");
    assertThat(earlier.all(URLS)).isEmpty();
  }

  @Test
  void knowsWhenAnItemWasReadOfWhichNothingElseIsKept() {
    Inventory inventory =
        PartlyRead.of(account().inventory(), Lambda.FUNCTION_URLS, 2, List.of("watch"), "resize");
    EarlierApis earlier = EarlierApis.of(Set.of(URLS), List.of(new Scanned(inventory, LATER)));

    assertThat(earlier.readAt(URLS, "resize")).contains(NOW);
    assertThat(earlier.readAt(URLS, "watch")).isEmpty();
    assertThat(earlier.readAt(REST, "resize")).isEmpty();
  }

  private static Optional<Known> known(Api api) {
    Inventory inventory = new Inventory(List.of(REST), List.of(), List.of(api));
    return EarlierApis.of(Set.of(REST), List.of(new Scanned(inventory, LATER))).find(api.id());
  }

  private static ApiId id(String restApi) {
    return ApiKinds.id("eu-west-1/rest/" + restApi);
  }
}

package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.inventory.Api;
import io.cloudoperator.inventory.Route;
import io.cloudoperator.json.Json;
import io.cloudoperator.runtime.AnswerSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApisPageTest {
  /** One for each route, and one for an API that has none. */
  private static final int MOST_PAGES = 3 + 40 + 1 + 7;

  private final List<ApiView> apis =
      List.of(
          view(ApiExample.large("a", 3)),
          view(ApiExample.large("b", 40)),
          view(ApiExample.large("c", 0)),
          view(ApiExample.large("d", 7)));

  @ParameterizedTest
  @ValueSource(longs = {1, 900, 1_500, 3_000, 10_000, 1_000_000})
  void showsEveryRouteOnceHoweverLittleRoomThereIs(long room) {
    List<String> seen = new ArrayList<>();
    Optional<ApisPage.Cursor> after = Optional.empty();
    int pages = 0;

    do {
      ApisPage page = ApisPage.of(apis, 10, after, room);
      assertThat(page.items()).isNotEmpty();
      assertThat(++pages).as("pages, of one route each at least").isLessThanOrEqualTo(MOST_PAGES);
      for (ApiView api : page.items()) {
        assertThat(api.routeCount()).isEqualTo(whole(api).routes().size());
        for (Route route : api.routes()) {
          seen.add(api.id() + " " + route.key());
        }
      }
      after =
          page.next()
              .map(next -> PageCursor.of(ApisPage.Cursor.class).apply(PageCursor.token(next)));
    } while (after.isPresent());

    assertThat(seen)
        .containsExactlyElementsOf(
            apis.stream()
                .flatMap(api -> api.routes().stream().map(route -> api.id() + " " + route.key()))
                .toList());
  }

  @Test
  void staysInsideTheRoomUnlessOneRouteAloneIsLarger() {
    ApisPage page = ApisPage.of(apis, 10, Optional.empty(), 3_000);

    assertThat(AnswerSize.of(Json.write(page.items()))).isLessThan(3_100);
  }

  @Test
  void saysOfTheRestOfAnApiHowManyRoutesCameBefore() {
    ApisPage first = ApisPage.of(apis.subList(1, 2), 10, Optional.empty(), 3_000);
    ApisPage second = ApisPage.of(apis.subList(1, 2), 10, first.next(), 1_000_000);

    assertThat(first.items().getFirst().routesBefore()).isEmpty();
    assertThat(second.items().getFirst().routesBefore())
        .contains(first.items().getFirst().routes().size());
    assertThat(second.next()).isEmpty();
  }

  private ApiView whole(ApiView part) {
    return apis.stream().filter(api -> api.id().equals(part.id())).findFirst().orElseThrow();
  }

  private static ApiView view(Api api) {
    return ApiView.of(api, Instant.EPOCH, Map.of(), Optional.empty());
  }
}

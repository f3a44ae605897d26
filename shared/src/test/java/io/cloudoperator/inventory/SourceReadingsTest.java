package io.cloudoperator.inventory;

import static io.cloudoperator.service.Facts.denied;
import static io.cloudoperator.service.Facts.read;
import static io.cloudoperator.service.Facts.rest;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.service.apigateway.ApiGateway;
import io.cloudoperator.service.apigateway.RestApi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SourceReadingsTest {
  private static final RestApi ORDERS = rest();
  private static final SourceReadings READ =
      SourceReadings.NONE
          .with(ApiGateway.REST_APIS, read(List.of(ORDERS)))
          .with(ApiGateway.HTTP_APIS, denied());

  @Test
  void tellsWhatWasReadFromWhatWasRefusedAndFromWhatWasNotAskedFor() {
    assertThat(READ.sources())
        .containsExactlyInAnyOrder(ApiGateway.REST_APIS, ApiGateway.HTTP_APIS);
    assertThat(READ.complete(ApiGateway.REST_APIS)).contains(List.of(ORDERS));
    assertThat(READ.complete(ApiGateway.HTTP_APIS)).isEmpty();
    assertThat(READ.find(ApiGateway.HTTP_APIS)).contains(denied());
    assertThat(READ.find(ApiGateway.DOMAIN_NAMES)).isEmpty();
    assertThat(READ.facts(ApiGateway.REST_APIS)).containsExactly(ORDERS);
    assertThat(READ.facts(ApiGateway.HTTP_APIS)).isEmpty();
  }

  @Test
  void takesTheLaterReadingOfASource() {
    assertThat(READ.with(ApiGateway.HTTP_APIS, read(List.of())).complete(ApiGateway.HTTP_APIS))
        .contains(List.of());
  }

  @Test
  void makesUnreadThoseReadingsAlone() {
    SourceReadings changed =
        READ.unreadWhere(Reading.Complete.class::isInstance, Reason.FAILED, "TooLarge");

    assertThat(changed)
        .isEqualTo(
            SourceReadings.unread(List.of(ApiGateway.REST_APIS), Reason.FAILED, "TooLarge")
                .with(ApiGateway.HTTP_APIS, denied()));
  }

  @Test
  void isTheSameOnlyWithTheSameReadingsAndTheSameProgress() {
    SourceProgress half = new SourceProgress(2, 1, List.of("b"), Optional.empty(), List.of());
    SourceReadings again =
        SourceReadings.NONE
            .with(ApiGateway.HTTP_APIS, denied())
            .with(ApiGateway.REST_APIS, read(List.of(ORDERS)));

    assertThat(again).isEqualTo(READ).hasSameHashCodeAs(READ);
    assertThat(READ.with(ApiGateway.REST_APIS, half)).isNotEqualTo(READ);
    assertThat(READ.with(ApiGateway.REST_APIS, half).progress())
        .containsExactly(Map.entry(ApiGateway.REST_APIS, half));
    assertThat(READ.with(ApiGateway.REST_APIS, denied())).isNotEqualTo(READ);
    assertThat(READ).isNotEqualTo(READ.toString());
  }
}

package io.cloudoperator.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionEvent;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.Schedule;
import io.cloudoperator.runtime.InvocationFailedException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The tick of every five minutes, on either side of the thirtieth day after a revocation. */
final class LapsedReferencesTest {
  private static final int PLENTY = 120_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Stage stage;

  LapsedReferencesTest() throws IOException {
    stage = new Stage();
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void keepsTheReferenceUntilThen() {
    Connection revoked = revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.minus(MINUTE));

    tick();

    assertThat(stored(revoked)).isEqualTo(revoked);
    assertThat(revoked.reference()).isPresent();
    assertThat(stage.told).isEmpty();
  }

  @Test
  void deletesTheReferenceThirtyDaysAfterTheRevocation() {
    Connection revoked = revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.plus(MINUTE));

    tick();

    Connection lapsed = stored(revoked);
    assertThat(Connection.SUSPENDED_FOR).isEqualTo(Duration.ofDays(30));
    assertThat(lapsed.status()).isEqualTo(ConnectionStatus.DISCONNECTED);
    assertThat(lapsed.reference()).isEmpty();
    assertThat(lapsed.suspendedAt()).isEqualTo(revoked.suspendedAt());
    assertThat(lapsed.disconnectedAt()).isEqualTo(revoked.lapsesAt());
  }

  @Test
  void tellsTheOperatorOnce() {
    Connection revoked = revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.plus(MINUTE));

    tick();
    tick();

    assertThat(stage.told)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.kind()).isEqualTo(ConnectionEvent.Kind.LAPSED);
          assertThat(event.connection()).isEqualTo(revoked.id());
          assertThat(event.account()).isEqualTo(revoked.account());
        });
  }

  @Test
  void refusesAScanBeforeTheTickToo() {
    Connection revoked = revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.plus(MINUTE));

    APIGatewayV2HTTPResponse refused = stage.post(stage.machine(), revoked, Optional.empty());

    assertThat(refused.getStatusCode()).isEqualTo(409);
    assertThat(Stage.body(refused).path("code").asText()).isEqualTo("connection_disconnected");
    assertThat(stage.started).isEmpty();
  }

  @Test
  void startsTheScansThatAreDueBesides() {
    revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.plus(MINUTE));
    stage.due();

    assertThat(tick().required("started").asInt()).isEqualTo(1);
    assertThat(stage.told).hasSize(1);
  }

  /** The invocation fails, so that its alarm rings; the others' references are gone. */
  @Test
  void letsNoConnectionKeepOthersFromIt() {
    Connection broken = revoked();
    Connection sound = revoked();
    stage.clock.pass(Connection.SUSPENDED_FOR.plus(MINUTE));

    assertThatThrownBy(
            () -> stage.due(new Breaking(stage.connections, broken.id()), stage.machine(), PLENTY))
        .isInstanceOf(InvocationFailedException.class);

    assertThat(stored(sound).reference()).isEmpty();
    assertThat(stored(broken).reference()).isPresent();
    tick();
    assertThat(stored(broken).reference()).isEmpty();
  }

  private JsonNode tick() {
    return stage.due(stage.connections, stage.machine(), PLENTY);
  }

  private Connection revoked() {
    Instant now = stage.clock.instant();
    Connection active = stage.active();
    Connection scheduled = stage.save(active, active.scheduled(Schedule.DAILY, now));
    return stage.save(scheduled, scheduled.revoked(now));
  }

  private Connection stored(Connection connection) {
    return stage.connections.stored(connection.tenant(), connection.id()).orElseThrow();
  }
}

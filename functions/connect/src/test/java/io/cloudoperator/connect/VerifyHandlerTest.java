package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import io.cloudoperator.connection.ConnectionStatus;
import io.cloudoperator.connection.RoleVerification;
import io.cloudoperator.connection.RoleVerification.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a role that AWS refuses as it would a new one. */
class VerifyHandlerTest extends ConnectStage {
  private final Instant begun = time.instant();

  @Test
  void answersAfterOneAttemptThatTheRoleIsTriedAgain() {
    Answer created = create();

    Answer verifying = put(created.at("/id"), ROLE);

    assertThat(verifying.status()).isEqualTo(202);
    assertThat(verifying.headers()).containsEntry("retry-after", "3");
    assertThat(verifying.at("/status")).isEqualTo("pending");
    assertThat(verifying.at("/verification/status")).isEqualTo("verifying");
    assertThat(verifying.at("/verification/until")).isEqualTo("2076-11-22T12:02:00Z");
    assertThat(verifying.at("/verification/problem/code")).isEqualTo("role_not_assumable");
    assertThat(verifying.at("/verification/problem/awsErrorCode")).isEqualTo("AccessDenied");
    assertThat(roles.tried()).hasSize(1);
    assertThat(time.instant()).isEqualTo(begun);
  }

  @Test
  void provesARoleThatAwsKnowsInTheEnd() {
    Answer created = create();
    Instant ready = begun.plusSeconds(9);
    time.onSleep(now -> {
      if (!now.isBefore(ready)) {
        roles.roleThatTrusts(ROLE, created.at("/externalId"));
      }
    });

    assertThat(giveRole(created.at("/id"), ROLE).at("/status")).isEqualTo("active");
    assertThat(time.instant()).isBetween(ready, ready.plusSeconds(5));
    assertThat(stored(created.at("/id")).verification().flatMap(RoleVerification::status))
        .isEmpty();
  }

  @Test
  void givesUpAndKeepsTheReasonAndTheRole() {
    Answer created = create();

    Answer refused = giveRole(created.at("/id"), ROLE);

    assertProblem(refused, 422, "role_not_assumable");
    assertThat(refused.body().at("/retryable").asBoolean()).isTrue();
    assertThat(refused.at("/awsErrorCode")).isEqualTo("AccessDenied");
    assertThat(Duration.between(begun, time.instant())).isEqualTo(ProveConnection.PATIENCE);

    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    assertThat(verify(created.at("/id")).at("/status")).isEqualTo("active");
  }

  @Test
  void saysWhichProofFailedOfARoleThatTurnsOutToBeOpen() {
    Answer created = create();
    time.onSleep(_ -> roles.role(ROLE, _ -> true));

    Answer refused = giveRole(created.at("/id"), ROLE);

    assertProblem(refused, 422, "confused_deputy");
    assertThat(refused.body().at("/probes")).hasSize(3);
    assertThat(refused.at("/trustPolicy/Statement/0/Principal/AWS"))
        .isEqualTo("arn:aws:iam::111122223333:root");
    assertThat(refused.text()).doesNotContain(created.at("/externalId"));
  }

  /** The function that was to go on was killed, or never woken. */
  @Test
  void endsAtItsDeadlineWhoeverWasToWriteThat() {
    String id = create().at("/id");
    put(id, ROLE);

    time.sleep(RoleVerification.GOES_ON_FOR.minusMillis(1));
    assertThat(status(id)).contains(Status.VERIFYING);
    time.sleep(Duration.ofMillis(1));

    assertThat(status(id)).contains(Status.FAILED);
    assertThat(stored(id).verification().flatMap(RoleVerification::problem).orElseThrow())
        .contains("role_not_assumable");
    roles.tried().clear();
    background.goOn(List.of(id));
    assertThat(roles.tried()).isEmpty();
  }

  @Test
  void endsBeforeItsDeadlineIfItIsBegunLate() {
    String id = create().at("/id");
    put(id, ROLE);
    time.sleep(RoleVerification.GOES_ON_FOR.minusSeconds(25));

    background.goOn(List.of(id));

    assertThat(status(id)).contains(Status.FAILED);
    assertThat(time.instant()).isBefore(begun.plus(RoleVerification.GOES_ON_FOR));
  }

  @Test
  void doesNothingWhenItIsWokenAgain() {
    Answer created = create();
    giveRole(created.at("/id"), ROLE);
    Connection before = stored(created.at("/id"));
    roles.tried().clear();

    assertThat(background.goOn(List.of(created.at("/id"), STRANGER))).isEmpty();

    assertThat(roles.tried()).isEmpty();
    assertThat(stored(created.at("/id"))).isEqualTo(before);
  }

  @Test
  void leavesTheOutcomeToTheNewestRequest() {
    Answer created = create();
    String id = created.at("/id");
    put(id, ROLE);
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    roles.whileAssuming(() -> {
      roles.whileAssuming(() -> {});
      put(id, OTHER_ROLE);
    });

    background.goOn(List.of(id));

    assertThat(stored(id).status()).isEqualTo(ConnectionStatus.PENDING);
    assertThat(status(id)).contains(Status.VERIFYING);
  }

  @Test
  void provesAnotherRoleOfAnActiveConnectionInItsPlace() {
    Answer created = create();
    String id = created.at("/id");
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    giveRole(id, ROLE);
    Answer verifying = put(id, OTHER_ROLE);
    assertThat(verifying.at("/status")).isEqualTo("active");
    roles.roleThatTrusts(OTHER_ROLE, created.at("/externalId"));

    assertThat(background.settled(verifying).at("/status")).isEqualTo("active");

    roles.delete(ROLE);
    assertThat(verify(id).status()).as("the new role holds now").isEqualTo(200);
  }

  @Test
  void leavesNothingOfARoleThatWasTriedWhenItIsDisconnected() {
    String id = activate().at("/id");
    put(id, OTHER_ROLE);
    assertThat(tables.rawConnections(tenant).toString()).contains("candidate");

    api.delete("/connections/" + id);

    assertThat(tables.rawConnections(tenant).toString()).doesNotContain("candidate", "sealed-");
    background.goOn(List.of(id));
    assertThat(stored(id).status()).isEqualTo(ConnectionStatus.DISCONNECTED);
  }

  @Test
  void triesThoseOfOneBatchSideBySideAndComesAgainWithTheFirstThatFailed() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ids.add(create().at("/id"));
      put(ids.get(i), ROLE);
    }
    vault.lock(ids.get(1));
    CountDownLatch both = new CountDownLatch(2);
    roles.whileAssuming(() -> {
      both.countDown();
      try {
        assertThat(both.await(10, TimeUnit.SECONDS)).as("side by side").isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    });

    assertThat(background.goOn(ids)).containsExactly(ids.get(1));

    assertThat(status(ids.get(0))).contains(Status.FAILED);
    assertThat(status(ids.get(1))).contains(Status.VERIFYING);
    assertThat(status(ids.get(2))).contains(Status.FAILED);
  }

  @Test
  void letsTwentyConnectionsOfATenantBeVerifyingAtOnce() {
    for (int i = 0; i < ProveConnection.MOST_VERIFYING; i++) {
      assertThat(put(create().at("/id"), ROLE).status()).isEqualTo(202);
    }
    time.sleep(Duration.ofSeconds(20));
    Answer created = create();

    Answer refused = put(created.at("/id"), ROLE);

    assertProblem(refused, 429, "too_many_verifying");
    assertThat(refused.headers()).containsEntry("retry-after", "100");
    assertThat(status(created.at("/id"))).isEmpty();
    Api other = api.as("tenant-" + UUID.randomUUID());
    String theirs = other.post("/connections", "{\"name\":\"theirs\"}").at("/id");
    assertThat(
            other
                .put("/connections/" + theirs + "/role", "{\"roleArn\":\"" + ROLE.value() + "\"}")
                .status())
        .as("of another tenant")
        .isEqualTo(202);
    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    assertThat(put(created.at("/id"), ROLE).status()).as("a role that is right").isEqualTo(200);
  }

  @Test
  void provesARoleTenTimesInFiveMinutes() {
    String id = activate().at("/id");
    for (int asked = 1; asked < RoleVerification.MOST_ASKED; asked++) {
      time.sleep(Duration.ofSeconds(10));
      assertThat(verify(id).status()).isEqualTo(200);
    }
    roles.tried().clear();

    Answer refused = verify(id);

    assertProblem(refused, 429, "too_many_requests");
    assertThat(refused.headers()).containsEntry("retry-after", "210");
    assertThat(roles.tried()).isEmpty();
    time.sleep(Duration.ofSeconds(210));
    assertThat(verify(id).status()).isEqualTo(200);
  }

  private Optional<Status> status(String id) {
    return stored(id).verification().flatMap(RoleVerification::status);
  }
}

package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.Connection;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryRouteTest extends ConnectStage {
  @ParameterizedTest
  @ValueSource(strings = {"foreign", "unknown", "malformed", "expired"})
  void hasNoConnectionThatIsNotTheTenants(String kind) throws InterruptedException {
    String id =
        switch (kind) {
          case "foreign" ->
              api.as("tenant-" + UUID.randomUUID())
                  .post("/connections", "{\"name\":\"theirs\"}")
                  .at("/id");
          case "unknown" -> STRANGER;
          case "malformed" -> "con-1";
          default -> create().at("/id");
        };
    if (kind.equals("expired")) {
      time.sleep(Connection.PENDING_FOR);
    }

    for (Answer answer :
        List.of(
            grant(id),
            giveRole(id, ROLE),
            verify(id),
            setSchedule(id, "daily"),
            api.delete("/connections/" + id),
            api.delete("/connections/" + id + "/data"))) {
      assertProblem(answer, 404, "not_found");
    }
    assertThat(roles.tried()).isEmpty();
  }

  @Test
  void showsTheExternalIdWhileItIsPendingOnlyAndTheRoleNever() {
    Answer created = create();
    String id = created.at("/id");

    assertProblem(giveRole(id, ROLE), 422, "role_not_assumable");
    assertThat(grant(id).body()).isEqualTo(created.body());

    roles.roleThatTrusts(ROLE, created.at("/externalId"));
    for (Answer later :
        List.of(
            giveRole(id, ROLE),
            grant(id),
            verify(id),
            setSchedule(id, "daily"),
            api.delete("/connections/" + id),
            grant(id),
            api.delete("/connections/" + id + "/data"))) {
      assertThat(later.text()).doesNotContain(created.at("/externalId"), ROLE.value());
    }
  }

  @Test
  void showsTheGrantOfAPendingConnectionAgainAndChangesNothing() {
    Answer created = create();
    Connection before = stored(created.at("/id"));

    Answer again = grant(created.at("/id"));

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.headers()).containsEntry("cache-control", "no-store");
    assertThat(again.body()).isEqualTo(created.body());
    assertThat(stored(created.at("/id"))).isEqualTo(before);
  }

  @Test
  void showsNoGrantOfAConnectionThatIsPendingNoMore() {
    Answer active = activate();

    assertProblem(grant(active.at("/id")), 409, "connection_not_pending");
    api.delete("/connections/" + active.at("/id"));
    assertProblem(grant(active.at("/id")), 409, "connection_not_pending");
  }

  @Test
  void showsNoGrantOfAReferenceThatWasTamperedWith() {
    Connection found = stored(create().at("/id"));
    connections.save(found, found.withReference(sealedForAnother(found)));

    assertProblem(grant(found.id().value()), 409, "reference_tampered");
  }

  @Test
  void tellsNothingWhenAReferenceWasTamperedWith() {
    Answer created = create();
    Connection found = stored(created.at("/id"));
    connections.save(found, found.withReference(sealedForAnother(found)));

    Answer failed = giveRole(created.at("/id"), ROLE);

    assertProblem(failed, 409, "reference_tampered");
    assertThat(failed.text())
        .doesNotContain("canary", "Tampered", "Exception", "cloudoperator.vault");
  }
}

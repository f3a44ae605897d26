package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What an owner sees over HTTP who deletes the role, and makes it again. */
@ExtendWith(SharedBackend.Extension.class)
@ResourceLock(SharedBackend.ACCOUNT)
class RevocationTest {
  private final LocalBackend backend;
  private final String tenant;
  private final ApiClient api;
  private final String externalId;
  private final String connection;

  RevocationTest(SharedBackend shared) throws Exception {
    backend = shared.backend();
    tenant = shared.newTenant();
    api = new ApiClient(backend.url(), backend.token(tenant));
    JsonNode pending = api.post("/connections", Map.of("name", "test"));
    externalId = pending.path("externalId").asText();
    connection = "/connections/" + pending.path("id").asText();
    api.proveRole(connection, launched());
    api.put(connection + "/schedule", Map.of("schedule", "daily"));
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void saysInOneSentenceThatTheRoleIsGone() throws Exception {
    scanned();
    api.delete("/local/launch");

    JsonNode failure = scanned().path("failure");

    assertThat(failure.path("code").asText()).isEqualTo("role_revoked");
    assertThat(failure.path("message").asText())
        .startsWith("The role can no longer be assumed:")
        .endsWith("earlier results stay readable.");
    JsonNode shown = api.get(connection);
    assertThat(shown.path("status").asText()).isEqualTo("revoked");
    assertThat(shown.path("suspendedAt").asText()).isNotEmpty();
    assertThat(shown.path("schedule").asText()).isEqualTo("daily");
    assertThat(shown.has("nextScanAt")).isFalse();
    assertThat(api.get(connection + "/history").path("snapshots")).hasSize(1);
  }

  @Test
  void goesOnOnceTheRoleIsBack() throws Exception {
    api.delete("/local/launch");
    scanned();
    launched();

    assertThat(scanned().path("status").asText()).isEqualTo("concluded");

    JsonNode shown = api.get(connection);
    assertThat(shown.path("status").asText()).isEqualTo("active");
    assertThat(shown.path("nextScanAt").asText()).isNotEmpty();
    assertThat(events())
        .extracting(event -> event.path("detail-type").asText())
        .containsExactly("Connection Revoked", "Connection Restored");
  }

  @Test
  void tellsTheBusOfTheConnectionAndNothingOfItsRole() throws Exception {
    api.delete("/local/launch");
    scanned();

    JsonNode event = events().getFirst();

    assertThat(event.path("source").asText()).isEqualTo("cloudoperator");
    assertThat(event.at("/detail/tenant").asText()).isEqualTo(tenant);
    assertThat(connection).endsWith(event.at("/detail/connection").asText());
    assertThat(event.at("/detail/account").asText())
        .isEqualTo(backend.sample().aws().customerAccountId());
    assertThat(event.toString()).doesNotContain("arn:aws:iam", externalId);
  }

  private String launched() throws Exception {
    return api.post("/local/launch", Map.of("externalId", externalId)).path("roleArn").asText();
  }

  private JsonNode scanned() throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    return api.get(connection + "/scans/" + scan);
  }

  /** Those of this tenant. */
  private List<JsonNode> events() throws Exception {
    return api.get("/local/events")
        .path("events")
        .valueStream()
        .filter(event -> event.at("/detail/tenant").asText().equals(tenant))
        .toList();
  }
}

package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.sample.SampleConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an owner sees over HTTP who deletes the role, and makes it again. */
class RevocationTest {
  private LocalBackend backend;
  private ApiClient api;
  private String externalId;
  private String connection;

  @BeforeEach
  void connect() throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(
                    SampleConfig.defaults().withInstances(60).withRegions(6), Set.of())));
    api = new ApiClient(backend.url(), backend.token("acme"));
    JsonNode pending = api.post("/connections", Map.of("name", "test"));
    externalId = pending.path("externalId").asText();
    connection = "/connections/" + pending.path("id").asText();
    api.put(connection + "/role", Map.of("roleArn", launched()));
    api.put(connection + "/schedule", Map.of("schedule", "daily"));
  }

  @AfterEach
  void stop() {
    api.close();
    backend.close();
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
    assertThat(events()).containsExactly("Connection Revoked", "Connection Restored");
  }

  @Test
  void tellsTheBusOfTheConnectionAndNothingOfItsRole() throws Exception {
    api.delete("/local/launch");
    scanned();

    JsonNode event = api.get("/local/events").path("events").path(0);

    assertThat(event.path("source").asText()).isEqualTo("cloudoperator");
    assertThat(event.at("/detail/tenant").asText()).isEqualTo("acme");
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

  private List<String> events() throws Exception {
    return StreamSupport.stream(
            api.get("/local/events").path("events").spliterator(), /* parallel= */ false)
        .map(event -> event.path("detail-type").asText())
        .toList();
  }
}

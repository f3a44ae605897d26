package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A tenant who has wrong roles tried keeps no other from proving theirs. */
@ExtendWith(SharedBackend.Extension.class)
@ResourceLock(SharedBackend.ACCOUNT)
class ProofLimitsTest {
  private final SharedBackend shared;
  private final LocalBackend backend;

  ProofLimitsTest(SharedBackend shared) {
    this.shared = shared;
    this.backend = shared.backend();
  }

  @Test
  void letsOneTenantHaveTwentyRolesTriedAndAnotherGoOn() throws Exception {
    Map<String, String> wrong =
        Map.of(
            "roleArn",
            "arn:aws:iam::%s:role/None".formatted(backend.sample().aws().customerAccountId()));
    try (ApiClient greedy = client();
        ApiClient other = client()) {
      for (int connection = 0; connection < 20; connection++) {
        JsonNode tried = greedy.put(created(greedy) + "/role", wrong);
        assertThat(tried.at("/verification/status").asText()).isEqualTo("verifying");
      }
      String next = created(greedy);

      ApiException refused =
          catchThrowableOfType(ApiException.class, () -> greedy.put(next + "/role", wrong));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("too_many_verifying");
      JsonNode pending = other.post("/connections", Map.of("name", "other"));
      String theirs = "/connections/" + pending.path("id").asText();
      String role =
          other
              .post("/local/launch", Map.of("externalId", pending.path("externalId").asText()))
              .path("roleArn")
              .asText();
      assertThat(other.proveRole(theirs, role).path("status").asText()).isEqualTo("active");
    }
  }

  @Test
  void provesARoleTenTimesAndNoMore() throws Exception {
    try (ApiClient api = client()) {
      JsonNode pending = api.post("/connections", Map.of("name", "often"));
      String connection = "/connections/" + pending.path("id").asText();
      String role =
          api.post("/local/launch", Map.of("externalId", pending.path("externalId").asText()))
              .path("roleArn")
              .asText();
      api.proveRole(connection, role);
      for (int asked = 1; asked < 10; asked++) {
        api.post(connection + "/verify", Map.of());
      }

      ApiException refused =
          catchThrowableOfType(
              ApiException.class, () -> api.post(connection + "/verify", Map.of()));

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.code()).isEqualTo("too_many_requests");
      assertThat(api.get(connection).path("status").asText()).isEqualTo("active");
    }
  }

  private ApiClient client() throws Exception {
    return new ApiClient(backend.url(), backend.token(shared.newTenant()));
  }

  private static String created(ApiClient api) throws Exception {
    return "/connections/" + api.post("/connections", Map.of("name", "wrong")).path("id").asText();
  }
}

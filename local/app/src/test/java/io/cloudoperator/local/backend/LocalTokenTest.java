package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.json.Json;
import io.cloudoperator.local.client.ApiClient;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBackend.Extension.class)
class LocalTokenTest {
  private final LocalBackend backend;

  LocalTokenTest(SharedBackend shared) {
    backend = shared.backend();
  }

  @Test
  void hasAScopeOnceThatWasAskedForTwice() throws Exception {
    try (ApiClient api = new ApiClient(backend.url(), backend.token("acme"))) {
      String token =
          api.post(
                  "/local/token",
                  Map.of("tenant", "acme", "scope", "cloudoperator/read cloudoperator/read"))
              .path("token")
              .asText();

      assertThat(
              Json.STRICT
                  .readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]))
                  .path("scope")
                  .asText())
          .isEqualTo("cloudoperator/read");
    }
  }
}

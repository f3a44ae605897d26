package io.cloudoperator.platform.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.platform.template.JwtAuthorizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenIssuerTest {
  private static final InstantSource CLOCK = () -> Instant.parse("2026-01-01T00:00:00Z");
  private static final JwtAuthorizer AUTHORIZER = new JwtAuthorizer("Jwt", "me", Set.of("us"));
  private static final TokenIssuer.Grant GRANT =
      new TokenIssuer.Grant("team", "acme", Set.of("a"), "us", Duration.ofHours(1));

  @TempDir Path directory;

  @Test
  void namesTheTenantInItsClaim() {
    TokenIssuer issuer = TokenIssuer.create("me", CLOCK);

    assertThat(new JwtVerifier(AUTHORIZER, issuer.publicKeys(), CLOCK).verify(issuer.issue(GRANT)))
        .hasValueSatisfying(verified -> {
          assertThat(verified.claims()).containsEntry("team", "acme").containsEntry("iss", "me");
          assertThat(verified.scopes()).containsExactly("a");
        });
  }

  @Test
  void keepsItsKeyInADirectory() throws IOException {
    String token = TokenIssuer.keptIn(directory, "me", CLOCK).issue(GRANT);
    TokenIssuer later = TokenIssuer.keptIn(directory, "me", CLOCK);

    assertThat(new JwtVerifier(AUTHORIZER, later.publicKeys(), CLOCK).verify(token)).isPresent();
  }

  @Test
  void letsNobodyElseReadItsKey() throws IOException {
    TokenIssuer.keptIn(directory, "me", CLOCK);

    try (var files = Files.list(directory)) {
      assertThat(files.toList())
          .singleElement()
          .satisfies(file ->
              assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                  .isEqualTo("rw-------"));
    }
  }

  @Test
  void publishesNoPrivateKey() {
    assertThat(TokenIssuer.create("me", CLOCK).publicKeys().getKeys())
        .allSatisfy(key -> assertThat(key.isPrivate()).isFalse());
  }

  @Test
  void refusesToNameTheTenantInAClaimWithAnotherMeaning() {
    assertThatThrownBy(
            () -> new TokenIssuer.Grant("iss", "acme", Set.of(), "us", Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The claim iss cannot name the tenant");
  }
}

package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.TenantId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantClaimsTest {
  private final TenantClaims own = new TenantClaims("sub", Optional.of("tenant:"));
  private final TenantClaims foreign = TenantClaims.of("sub");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [tenant:acme]                       | acme
          [readers tenant:acme writers]       | acme
          [tenant:a.b_c:d@e-f]                | a.b_c:d@e-f
          """)
  void takesTheOneTenantThatAPersonsGroupsName(String groups, String tenant) {
    assertThat(own.tenant(person(groups))).contains(new TenantId(tenant));
  }

  /** What an administrator may call a group has brackets and commas, and no blanks. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "[ ]",
        "[readers]",
        "[tenant:]",
        "[tenant:acme tenant:other]",
        "[tenant:acme tenant:acme]",
        "[tenant:acme tenant:]",
        "[tenant:acme x[tenant:other]]",
        "[tenant:acme]]",
        "[[tenant:acme]",
        "[x,tenant:acme]",
        "[tenant:acme,tenant:other]",
        "[tenant:acme,]",
        "[Tenant:acme]",
        "[tenant:acme\ttenant:other]",
        "[tenant:acme\u00a0x]",
        "[tenant:acme#other]",
        "tenant:acme",
        "[tenant:acme",
        "tenant:acme]",
        "[\"tenant:acme\"]"
      })
  void takesNoTenantFromGroupsThatNameNoneOrSeveral(String groups) {
    assertThat(own.tenant(person(groups))).isEmpty();
  }

  @Test
  void takesNoPersonForATenantOfTheirOwn() {
    assertThat(own.tenant(Map.of("sub", "user", "username", "jo"))).isEmpty();
    assertThat(own.tenant(Map.of("sub", "user", "cognito:groups", "[]"))).isEmpty();
  }

  @Test
  void takesAMachinesClaim() {
    assertThat(own.tenant(Map.of("sub", "client", "client_id", "client")))
        .contains(new TenantId("client"));
    assertThat(own.tenant(Map.of("client_id", "client"))).isEmpty();
  }

  @Test
  void looksAtTheClaimAloneWhereTheIssuerIsForeign() {
    Map<String, String> claims =
        Map.of("sub", "acme", "username", "jo", "cognito:groups", "[tenant:other]");

    assertThat(foreign.tenant(claims)).contains(new TenantId("acme"));
    assertThat(foreign.ofPerson(claims)).isFalse();
  }

  private static Map<String, String> person(String groups) {
    return Map.of("sub", "user", "username", "jo", "cognito:groups", groups);
  }
}

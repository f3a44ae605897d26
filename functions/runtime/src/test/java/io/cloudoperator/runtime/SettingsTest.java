package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void readsWhatTheTemplateSets() {
    Settings settings =
        Settings.of(
            Map.of(
                "PROOF_POLICY", "record",
                "BROKER_ROLE_PATTERN", "arn:aws-us-gov:iam::111122223333:role/broker/*",
                "MAX_REGIONS_PER_SHARD", "12",
                "CUSTOMER_TEMPLATE_URL", "https://templates.s3.amazonaws.com/minimal-role.yaml",
                "CUSTOMER_AUDIT_TEMPLATE_URL", "https://t.s3.amazonaws.com/audit-role.yaml"));

    assertThat(settings.proofPolicy()).isEqualTo(ProofPolicy.RECORD);
    assertThat(settings.partition()).hasToString("aws-us-gov");
    assertThat(settings.maxRegionsPerShard()).isEqualTo(12);
    assertThat(settings.customerTemplateUrl(Tier.MINIMAL))
        .contains(URI.create("https://templates.s3.amazonaws.com/minimal-role.yaml"));
    assertThat(settings.customerTemplateUrl(Tier.AUDIT))
        .contains(URI.create("https://t.s3.amazonaws.com/audit-role.yaml"));
  }

  @Test
  void takesAnEmptyVariableForAnAbsentOne() {
    Settings settings =
        Settings.of(
            Map.of("CUSTOMER_TEMPLATE_URL", "", "CUSTOMER_ENDPOINT_URL", "", "TENANT_CLAIM", ""));

    assertThat(settings.customerTemplateUrl(Tier.MINIMAL)).isEmpty();
    assertThat(settings.customerEndpointUrl()).isEmpty();
    assertThat(settings.tenantClaims()).isEqualTo(TenantClaims.of("sub"));
  }

  @Test
  void namesTheVariableThatIsMissing() {
    assertThatThrownBy(Settings.of(Map.of())::scansTable)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SCANS_TABLE is missing");
  }

  @Test
  void namesTheVariableThatIsWrongAndSaysWhatItMayBe() {
    assertThatThrownBy(Settings.of(Map.of("PROOF_POLICY", "maybe"))::proofPolicy)
        .hasMessageContaining("PROOF_POLICY")
        .hasMessageContaining("require, record");
    assertThatThrownBy(Settings.of(Map.of("MAX_REGIONS_PER_SHARD", "0"))::maxRegionsPerShard)
        .hasMessageContaining("MAX_REGIONS_PER_SHARD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mailto:security@example.com", "https://example.com/report?x=1"})
  void takesAnAddressOrAPageForTheSecurityContact(String contact) {
    assertThat(Settings.of(Map.of("SECURITY_CONTACT", contact)).securityContact())
        .contains(URI.create(contact));
    assertThat(Settings.of(Map.of("SECURITY_CONTACT", "")).securityContact()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "security@example.com",
        "http://example.com",
        "https:///report",
        "javascript:alert(1)",
        "mailto:nobody",
        "mailto:a@example.com\r\nContact: mailto:b@example.com"
      })
  void refusesASecurityContactOfAnotherKind(String contact) {
    assertThatThrownBy(Settings.of(Map.of("SECURITY_CONTACT", contact))::securityContact)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SECURITY_CONTACT");
  }
}

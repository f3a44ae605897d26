package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The audit tier's role, in each of the ways to grant it. */
class AuditGrantTest {
  private static final ExternalId EXTERNAL_ID = new ExternalId("cloudoperator-an+external=id");

  @Test
  void launchesTheTemplateOfItsTier() {
    Grant grant = grant("aws");

    assertThat(grant.templateUrl()).contains(URI.create("https://t.s3.amazonaws.com/audit.yaml"));
    assertThat(grant.launchStackUrl().orElseThrow())
        .contains("?templateURL=https%3A%2F%2Ft.s3.amazonaws.com%2Faudit.yaml")
        .contains("&stackName=CloudOperatorAudit&");
    assertThat(grant.launchStackCommand().orElseThrow())
        .contains(" --stack-name CloudOperatorAudit --template-url 'https://t.s3.")
        .contains("audit.yaml'");
  }

  @Test
  void makesTheRoleFromAShellWithItsBoundaryFromTheStart() {
    assertThat(grant("aws").cliCommands())
        .satisfiesExactly(
            create ->
                assertThat(create)
                    .startsWith(
                        "aws iam create-role --role-name CloudOperatorAudit"
                            + " --permissions-boundary arn:aws:iam::aws:policy/ReadOnlyAccess"
                            + " --assume-role-policy-document '{"),
            attach ->
                assertThat(attach)
                    .isEqualTo(
                        "aws iam attach-role-policy --role-name CloudOperatorAudit"
                            + " --policy-arn arn:aws:iam::aws:policy/SecurityAudit"),
            put ->
                assertThat(put)
                    .startsWith(
                        "aws iam put-role-policy --role-name CloudOperatorAudit"
                            + " --policy-name CloudOperatorAudit --policy-document '{")
                    .contains("\"Action\":[\"apigateway:GET\",\"apigateway:ListRoutingRules\"]"),
            get -> assertThat(get).startsWith("aws iam get-role --role-name CloudOperatorAudit "));
  }

  @Test
  void namesThePoliciesOfOurPartition() {
    Grant grant = grant("aws-us-gov");

    assertThat(grant.revokeCommands())
        .contains(
            "aws iam detach-role-policy --role-name CloudOperatorAudit"
                + " --policy-arn arn:aws-us-gov:iam::aws:policy/SecurityAudit");

    assertThat(grant.managedPolicies())
        .containsExactly("arn:aws-us-gov:iam::aws:policy/SecurityAudit");
    assertThat(grant.permissionsBoundary())
        .contains("arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess");
  }

  private static Grant grant(String partition) {
    return Grant.to(
        new BrokerIdentity(
            new AccountId("111122223333"),
            "arn:" + partition + ":iam::111122223333:role/broker/*",
            new Partition(partition),
            switch (partition) {
              case "aws-cn" -> "cn-north-1";
              case "aws-us-gov" -> "us-gov-west-1";
              case "aws-eusc" -> "eusc-de-east-1";
              case "aws-iso" -> "us-iso-east-1";
              default -> "eu-central-1";
            },
            Map.of(
                Tier.MINIMAL, URI.create("https://t.s3.amazonaws.com/minimal.yaml"),
                Tier.AUDIT, URI.create("https://t.s3.amazonaws.com/audit.yaml")),
            ProofPolicy.REQUIRE),
        EXTERNAL_ID,
        Tier.AUDIT);
  }
}

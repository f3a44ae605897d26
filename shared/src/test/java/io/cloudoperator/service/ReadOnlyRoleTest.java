package io.cloudoperator.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.Tier;
import org.junit.jupiter.api.Test;

class ReadOnlyRoleTest {
  private static final ReadOnlyRole MINIMAL = role(Tier.MINIMAL, "aws");
  private static final ReadOnlyRole AUDIT = role(Tier.AUDIT, "aws-cn");

  @Test
  void isMadeByTheseCommands() {
    assertThat(MINIMAL.createCommands("id-1"))
        .containsExactly(
            "aws iam create-role --role-name CloudOperatorReadOnly --assume-role-policy-document"
                + " '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
                + "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:root\"},\"Action\":\"sts:AssumeRole\","
                + "\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"id-1\"},"
                + "\"StringLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::111122223333:role/broker/*\"}}}]}'",
            "aws iam put-role-policy --role-name CloudOperatorReadOnly --policy-name"
                + " CloudOperatorReadOnly --policy-document '{\"Version\":\"2012-10-17\","
                + "\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"ec2:Describe*\","
                + "\"s3:ListAllMyBuckets\",\"sts:GetCallerIdentity\"],\"Resource\":\"*\"}]}'",
            "aws iam get-role --role-name CloudOperatorReadOnly --query Role.Arn --output text");
  }

  @Test
  void hasOfTheAuditTierAManagedPolicyAndABoundaryOfItsPartition() {
    assertThat(AUDIT.createCommands("id-1"))
        .hasSize(4)
        .anySatisfy(command ->
            assertThat(command)
                .startsWith(
                    "aws iam create-role --role-name CloudOperatorAudit --permissions-boundary"
                        + " arn:aws-cn:iam::aws:policy/ReadOnlyAccess --assume-role-policy-document '"))
        .contains(
            "aws iam attach-role-policy --role-name CloudOperatorAudit --policy-arn"
                + " arn:aws-cn:iam::aws:policy/SecurityAudit");
    assertThat(AUDIT.managedPolicies()).containsExactly("arn:aws-cn:iam::aws:policy/SecurityAudit");
    assertThat(MINIMAL.managedPolicies()).isEmpty();
    assertThat(MINIMAL.boundary()).isEmpty();
  }

  @Test
  void isTakenAwayByTheseCommands() {
    assertThat(AUDIT.revokeCommands())
        .containsExactly(
            "aws iam delete-role-policy --role-name CloudOperatorAudit --policy-name"
                + " CloudOperatorAudit",
            "aws iam detach-role-policy --role-name CloudOperatorAudit --policy-arn"
                + " arn:aws-cn:iam::aws:policy/SecurityAudit",
            "aws iam delete-role --role-name CloudOperatorAudit");
  }

  @Test
  void hasAStackOfItsTier() {
    assertThat(MINIMAL.stackName()).isEqualTo("CloudOperator");
    assertThat(AUDIT.stackName()).isEqualTo("CloudOperatorAudit");
  }

  private static ReadOnlyRole role(Tier tier, String partition) {
    return new ReadOnlyRole(
        tier,
        new Partition(partition),
        new AccountId("111122223333"),
        "arn:aws:iam::111122223333:role/broker/*");
  }
}

package io.cloudoperator.service;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.policy.PolicyWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The role that a customer's account is asked to make for a tier, the same as the templates in
 * customer/ make it.
 *
 * @param broker the account whose roles may assume it
 * @param brokerRolePattern the {@code aws:PrincipalArn} of those roles
 */
public record ReadOnlyRole(
    Tier tier, Partition partition, AccountId broker, String brokerRolePattern) {

  /** As the template and the commands call it. */
  public String name() {
    return switch (tier) {
      case MINIMAL -> "CloudOperatorReadOnly";
      case AUDIT -> "CloudOperatorAudit";
    };
  }

  /** Of another name for each tier: an account may go from one to the other. */
  public String stackName() {
    return switch (tier) {
      case MINIMAL -> "CloudOperator";
      case AUDIT -> "CloudOperatorAudit";
    };
  }

  /** Trusts the broker's roles, and these with this External ID alone. */
  public Map<String, Object> trustPolicy(String externalId) {
    SequencedMap<String, Object> conditions = new LinkedHashMap<>();
    conditions.put("StringEquals", Map.of("sts:ExternalId", externalId));
    conditions.put("StringLike", Map.of("aws:PrincipalArn", brokerRolePattern));
    return PolicyWriter.document(
        List.of(
            PolicyWriter.trust(
                partition.iamArn(broker.value(), "root"), "sts:AssumeRole", conditions)));
  }

  /** What it may do by a policy of its own. */
  public Map<String, Object> permissionPolicy() {
    return PolicyWriter.document(
        List.of(PolicyWriter.allow(Manifest.granted(tier).actions(), "*")));
  }

  /** The ARNs of AWS's policies that are attached to it besides. */
  public List<String> managedPolicies() {
    return Manifest.granted(tier).managedPolicies().stream().map(this::managedPolicy).toList();
  }

  /** The ARN of the managed policy that it stays inside; empty if it needs none. */
  public Optional<String> boundary() {
    return Manifest.granted(tier).boundary().map(this::managedPolicy);
  }

  private String managedPolicy(String policy) {
    return partition.iamArn("aws", "policy/" + policy);
  }

  /** Commands of the AWS CLI that make it without the template; ready to paste. */
  public List<String> createCommands(String externalId) {
    List<String> commands = new ArrayList<>();
    commands.add(
        "aws iam create-role --role-name %s%s --assume-role-policy-document '%s'"
            .formatted(
                name(),
                boundary().map(arn -> " --permissions-boundary " + arn).orElse(""),
                PolicyWriter.json(trustPolicy(externalId))));
    for (String arn : managedPolicies()) {
      commands.add(
          "aws iam attach-role-policy --role-name %s --policy-arn %s".formatted(name(), arn));
    }
    commands.add(
        "aws iam put-role-policy --role-name %s --policy-name %s --policy-document '%s'"
            .formatted(name(), name(), PolicyWriter.json(permissionPolicy())));
    commands.add(
        "aws iam get-role --role-name %s --query Role.Arn --output text".formatted(name()));
    return commands;
  }

  /**
   * Commands that revoke what {@link #createCommands} made. IAM deletes no role that has a policy;
   * a boundary does not matter.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html">DeleteRole</a>
   */
  public List<String> revokeCommands() {
    List<String> commands = new ArrayList<>();
    commands.add(
        "aws iam delete-role-policy --role-name %s --policy-name %s".formatted(name(), name()));
    for (String arn : managedPolicies()) {
      commands.add(
          "aws iam detach-role-policy --role-name %s --policy-arn %s".formatted(name(), arn));
    }
    commands.add("aws iam delete-role --role-name %s".formatted(name()));
    return commands;
  }
}

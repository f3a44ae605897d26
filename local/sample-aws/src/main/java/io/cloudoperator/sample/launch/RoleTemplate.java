package io.cloudoperator.sample.launch;

import io.cloudoperator.cloudformation.TemplateEvaluator;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.cloudformation.TemplateNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.sample.iam.Identifiers;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import java.io.StringReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A template that declares one IAM role, and the role that launching it makes. */
public final class RoleTemplate {

  private static final String STACK = "CloudOperator";
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Resources",
          "Outputs");
  private static final Set<String> RESOURCE = Set.of("Type", "Properties", "Metadata");
  private static final Set<String> PROPERTIES =
      Set.of(
          "Path",
          "RoleName",
          "Description",
          "AssumeRolePolicyDocument",
          "Policies",
          "ManagedPolicyArns",
          "PermissionsBoundary",
          "MaxSessionDuration",
          "Tags");

  private RoleTemplate() {}

  /**
   * Makes the role that the template declares.
   *
   * @throws TemplateException if there is not exactly one resource and that an IAM role, or if
   *     anything in the template or its parameters is not understood
   * @throws io.cloudoperator.sample.iam.PolicyException if IAM would refuse one of its policies
   */
  public static Role launch(String yaml, String accountId, Map<String, String> parameters) {
    TemplateNode template =
        TemplateNode.root(TemplateYaml.read(new StringReader(yaml))).only(SECTIONS);
    TemplateEvaluator evaluator =
        new TemplateEvaluator(template, pseudoParameters(accountId), parameters);
    List<TemplateNode.Entry> resources = template.at("Resources").entries();
    if (resources.size() != 1) {
      throw template.at("Resources").refuse("must be one resource, not " + resources.size());
    }
    TemplateNode resource = resources.getFirst().value().only(RESOURCE);
    TemplateNode type = resource.need("Type");
    if (!type.text().equals("AWS::IAM::Role")) {
      throw type.refuse("must be AWS::IAM::Role, not " + type.text());
    }
    TemplateNode properties =
        evaluator.evaluate(resource.need("Properties"), _ -> Optional.empty()).only(PROPERTIES);
    return role(resources.getFirst().name(), properties, accountId);
  }

  private static Map<String, String> pseudoParameters(String accountId) {
    return Map.of(
        "AWS::AccountId", accountId,
        "AWS::Partition", "aws",
        "AWS::Region", "us-east-1",
        "AWS::StackName", STACK,
        "AWS::URLSuffix", "amazonaws.com");
  }

  private static Role role(String logicalId, TemplateNode properties, String accountId) {
    String path = properties.at("Path").optionalText().orElse("/");
    if (!path.matches("/([\\x21-\\x7e]+/)?")) {
      throw properties.at("Path").refuse("must begin and end with a slash: " + path);
    }
    String name =
        properties
            .at("RoleName")
            .optionalText()
            .orElseGet(
                () -> STACK + "-" + logicalId + "-" + Identifiers.uniqueId("").substring(0, 12));
    if (!name.matches("[\\w+=,.@-]{1,64}")) {
      throw properties.at("RoleName").refuse("is not a name of a role: " + name);
    }
    Map<String, Policy> policies = new LinkedHashMap<>();
    for (TemplateNode policy : properties.at("Policies").items()) {
      policy.only(Set.of("PolicyName", "PolicyDocument"));
      policies.put(
          policy.need("PolicyName").text(),
          policy(policy.at("PolicyDocument"), PolicyKind.IDENTITY));
    }
    for (TemplateNode arn : properties.at("ManagedPolicyArns").items()) {
      policies.put(arn.text(), ManagedPolicies.read(arn.text(), PolicyKind.IDENTITY));
    }
    return new Role(
        "arn:aws:iam::" + accountId + ":role" + path + name,
        Identifiers.uniqueId("AROA"),
        policy(properties.at("AssumeRolePolicyDocument"), PolicyKind.TRUST),
        policies,
        properties
            .at("PermissionsBoundary")
            .optionalText()
            .map(arn -> ManagedPolicies.read(arn, PolicyKind.BOUNDARY)),
        Duration.ofSeconds(properties.at("MaxSessionDuration").number(3600)));
  }

  private static Policy policy(TemplateNode document, PolicyKind kind) {
    return Policy.parse(document.json().toString(), kind);
  }
}

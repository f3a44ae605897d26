package io.cloudoperator.sample.launch;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.sample.iam.Identifiers;
import io.cloudoperator.sample.iam.ManagedPolicies;
import io.cloudoperator.sample.iam.Policy;
import io.cloudoperator.sample.iam.PolicyKind;
import io.cloudoperator.sample.iam.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
    JsonNode template = TemplateReader.read(yaml);
    onlyKnown(template, SECTIONS, "template");
    Map<String, String> names =
        new HashMap<>(Parameters.resolve(template.path("Parameters"), parameters));
    names.put("AWS::AccountId", accountId);
    names.put("AWS::Partition", "aws");
    names.put("AWS::Region", "us-east-1");
    names.put("AWS::StackName", STACK);
    names.put("AWS::URLSuffix", "amazonaws.com");
    Intrinsics intrinsics =
        new Intrinsics(names, template.path("Conditions"), template.path("Mappings"));
    JsonNode resources = template.path("Resources");
    if (resources.size() != 1) {
      throw new TemplateException(
          "The template must declare one resource, not " + resources.size());
    }
    String logicalId = resources.fieldNames().next();
    JsonNode resource = resources.path(logicalId);
    onlyKnown(resource, RESOURCE, logicalId);
    if (!resource.path("Type").asText().equals("AWS::IAM::Role")) {
      throw new TemplateException(
          "The template declares a resource that is not an IAM role: "
              + resource.path("Type").asText());
    }
    JsonNode properties = intrinsics.resolve(resource.path("Properties"));
    onlyKnown(properties, PROPERTIES, logicalId);
    return role(logicalId, properties, accountId);
  }

  private static Role role(String logicalId, JsonNode properties, String accountId) {
    String path = properties.path("Path").asText("/");
    if (!path.matches("/([\\x21-\\x7e]+/)?")) {
      throw new TemplateException("The path must begin and end with a slash: " + path);
    }
    String name =
        properties
            .path("RoleName")
            .asText(STACK + "-" + logicalId + "-" + Identifiers.uniqueId("").substring(0, 12));
    if (!name.matches("[\\w+=,.@-]{1,64}")) {
      throw new TemplateException("Not a name of a role: " + name);
    }
    List<Policy> policies = new ArrayList<>();
    for (JsonNode policy : properties.path("Policies")) {
      onlyKnown(policy, Set.of("PolicyName", "PolicyDocument"), "Policies");
      policies.add(Policy.parse(policy.path("PolicyDocument").toString(), PolicyKind.IDENTITY));
    }
    for (JsonNode arn : properties.path("ManagedPolicyArns")) {
      policies.add(ManagedPolicies.read(arn.asText(), PolicyKind.IDENTITY));
    }
    JsonNode boundary = properties.path("PermissionsBoundary");
    return new Role(
        "arn:aws:iam::" + accountId + ":role" + path + name,
        Identifiers.uniqueId("AROA"),
        Policy.parse(properties.path("AssumeRolePolicyDocument").toString(), PolicyKind.TRUST),
        policies,
        boundary.isMissingNode()
            ? Optional.empty()
            : Optional.of(ManagedPolicies.read(boundary.asText(), PolicyKind.BOUNDARY)),
        Duration.ofSeconds(properties.path("MaxSessionDuration").asLong(3600)));
  }

  private static void onlyKnown(JsonNode node, Set<String> known, String where) {
    node.properties()
        .forEach(field -> {
          if (!known.contains(field.getKey())) {
            throw new TemplateException("Not supported in %s: %s".formatted(where, field.getKey()));
          }
        });
  }
}

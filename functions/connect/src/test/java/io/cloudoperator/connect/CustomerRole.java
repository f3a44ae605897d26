package io.cloudoperator.connect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.bertramlabs.plugins.hcl4j.HCLParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.cloudformation.TemplateEvaluator;
import io.cloudoperator.cloudformation.TemplateNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The IAM role that one way to grant makes, all of it: each way is read into this form, and what a
 * way says beyond it is refused.
 *
 * @param maxSessionSeconds 3,600 where the way says nothing, as IAM's default
 * @param trust the trust policy, without Sids, each Action and Resource a sorted list
 * @param policies the inline policies by their names, in the same form
 */
record CustomerRole(
    String name,
    long maxSessionSeconds,
    JsonNode trust,
    Set<String> managedPolicies,
    Optional<String> permissionsBoundary,
    Map<String, JsonNode> policies) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TRUST = "--assume-role-policy-document";
  private static final Pattern SHELL_WORD = Pattern.compile("'([^']*)'|(\\S+)");

  /** What the manifest and the claims say that the role is. */
  static CustomerRole expected(
      Tier tier, BrokerIdentity broker, String externalId, List<String> actions) {
    String name = tier == Tier.MINIMAL ? "CloudOperatorReadOnly" : "CloudOperatorAudit";
    String arn = "arn:" + broker.partition().id() + ":iam::";
    Set<String> managed = new TreeSet<>();
    Manifest.granted(tier)
        .managedPolicies()
        .forEach(policy -> managed.add(arn + "aws:policy/" + policy));
    ObjectNode trust = JSON.createObjectNode().put("Effect", "Allow");
    trust.putObject("Principal").put("AWS", arn + broker.account().value() + ":root");
    trust.putArray("Action").add("sts:AssumeRole");
    trust.putObject("Condition").putObject("StringEquals").put("sts:ExternalId", externalId);
    trust
        .withObject("/Condition")
        .putObject("StringLike")
        .put("aws:PrincipalArn", broker.rolePattern());
    ObjectNode allow = JSON.createObjectNode().put("Effect", "Allow");
    actions.stream().sorted().forEach(allow.putArray("Action")::add);
    allow.putArray("Resource").add("*");
    return new CustomerRole(
        name,
        3600,
        document(trust),
        managed,
        Manifest.granted(tier).boundary().map(policy -> arn + "aws:policy/" + policy),
        Map.of(name, document(allow)));
  }

  /** The role of a stack of this template. */
  static CustomerRole ofTemplate(Path file, Partition partition, Map<String, String> parameters)
      throws Exception {
    TemplateNode template;
    try (Reader source = Files.newBufferedReader(file)) {
      template = TemplateNode.root(TemplateYaml.read(source));
    }
    template.only(
        Set.of(
            "AWSTemplateFormatVersion",
            "Description",
            "Metadata",
            "Parameters",
            "Conditions",
            "Resources",
            "Outputs"));
    TemplateNode resource =
        template.at("Resources").only(Set.of("Role")).at("Role").only(Set.of("Type", "Properties"));
    if (!resource.at("Type").text().equals("AWS::IAM::Role")) {
      throw resource.refuse("is no role");
    }
    JsonNode role =
        new TemplateEvaluator(template, Map.of("AWS::Partition", partition.id()), parameters)
            .evaluate(resource.at("Properties"), _ -> Optional.empty())
            .json();
    only(
        role,
        "RoleName",
        "Description",
        "MaxSessionDuration",
        "AssumeRolePolicyDocument",
        "ManagedPolicyArns",
        "PermissionsBoundary",
        "Policies");
    Map<String, JsonNode> policies = new TreeMap<>();
    for (JsonNode policy : role.path("Policies")) {
      only(policy, "PolicyName", "PolicyDocument");
      policies.put(policy.get("PolicyName").asText(), normal(policy.get("PolicyDocument")));
    }
    return new CustomerRole(
        role.path("RoleName").asText(),
        role.path("MaxSessionDuration").asLong(3600),
        normal(role.path("AssumeRolePolicyDocument")),
        texts(role.path("ManagedPolicyArns")),
        Optional.ofNullable(role.get("PermissionsBoundary")).map(JsonNode::asText),
        policies);
  }

  /** The role of a Terraform module with these variables. */
  static CustomerRole ofTerraform(Path file, Partition partition, Map<String, String> variables)
      throws Exception {
    HCLParser parser = new HCLParser();
    terraform(file).path("variable").properties().stream()
        .filter(variable -> variable.getValue().has("default"))
        .forEach(variable ->
            parser.setVariable(variable.getKey(), variable.getValue().get("default").asText()));
    variables.forEach(parser::setVariable);
    JsonNode module = JSON.valueToTree(parser.parse(file.toFile(), UTF_8));
    // The parser puts the functions that it has called beside the blocks.
    only(module, "variable", "locals", "data", "resource", "output", "jsonencode");
    only(module.path("data"), "aws_partition");
    JsonNode resources = module.path("resource");
    only(resources, "aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment");
    JsonNode role = single(resources.path("aws_iam_role"));
    only(
        role,
        "name",
        "description",
        "max_session_duration",
        "assume_role_policy",
        "permissions_boundary");
    JsonNode policy = single(resources.path("aws_iam_role_policy"));
    only(policy, "name", "role", "policy");
    Set<String> managed = new TreeSet<>();
    for (JsonNode attachment : resources.path("aws_iam_role_policy_attachment")) {
      only(attachment, "role", "policy_arn");
      managed.add(inPartition(attachment.get("policy_arn").asText(), partition));
    }
    return new CustomerRole(
        role.path("name").asText(),
        role.path("max_session_duration").asLong(3600),
        normal(JSON.readTree(inPartition(role.path("assume_role_policy").asText(), partition))),
        managed,
        Optional.ofNullable(role.get("permissions_boundary"))
            .map(arn -> inPartition(arn.asText(), partition)),
        Map.of(
            policy.path("name").asText(), normal(JSON.readTree(policy.path("policy").asText()))));
  }

  /** The blocks of a Terraform file; an expression of a variable without a value is null. */
  static JsonNode terraform(Path file) throws Exception {
    return JSON.valueToTree(new HCLParser().parse(file.toFile(), UTF_8));
  }

  /** The role that these commands of the AWS CLI make. */
  static CustomerRole ofCommands(List<String> commands) throws Exception {
    Map<String, String> created = Map.of();
    Set<String> roles = new TreeSet<>();
    Set<String> managed = new TreeSet<>();
    Map<String, JsonNode> policies = new TreeMap<>();
    for (String command : commands) {
      List<String> words =
          SHELL_WORD.matcher(command).results().map(CustomerRole::unquoted).toList();
      Map<String, String> options = new HashMap<>();
      for (int at = 3; at < words.size(); at += 2) {
        options.put(words.get(at), words.get(at + 1));
      }
      roles.add(options.getOrDefault("--role-name", ""));
      switch (String.join(" ", words.subList(0, 3))) {
        case "aws iam create-role" -> {
          only(options, "--role-name", "--permissions-boundary", TRUST);
          created = options;
        }
        case "aws iam attach-role-policy" -> {
          only(options, "--role-name", "--policy-arn");
          managed.add(options.getOrDefault("--policy-arn", ""));
        }
        case "aws iam put-role-policy" -> {
          only(options, "--role-name", "--policy-name", "--policy-document");
          policies.put(
              options.getOrDefault("--policy-name", ""),
              normal(JSON.readTree(options.getOrDefault("--policy-document", "{}"))));
        }
        case "aws iam get-role" -> only(options, "--role-name", "--query", "--output");
        default -> throw new IllegalArgumentException(command);
      }
    }
    return new CustomerRole(
        String.join(" and ", roles),
        3600,
        normal(JSON.readTree(created.getOrDefault(TRUST, "{}"))),
        managed,
        Optional.ofNullable(created.get("--permissions-boundary")),
        policies);
  }

  /** A policy document in the form in which they are compared. */
  static JsonNode normal(JsonNode policy) {
    ObjectNode normal = policy.deepCopy();
    for (JsonNode statement : normal.path("Statement")) {
      ((ObjectNode) statement).remove("Sid");
      for (String list : List.of("Action", "Resource")) {
        if (statement.has(list)) {
          ArrayNode sorted = JSON.createArrayNode();
          texts(statement.get(list)).forEach(sorted::add);
          ((ObjectNode) statement).set(list, sorted);
        }
      }
    }
    return normal;
  }

  private static JsonNode document(ObjectNode statement) {
    ObjectNode document = JSON.createObjectNode().put("Version", "2012-10-17");
    document.putArray("Statement").add(statement);
    return document;
  }

  private static Set<String> texts(JsonNode node) {
    Set<String> texts = new TreeSet<>();
    (node.isArray() ? node.valueStream() : Stream.of(node))
        .filter(text -> !text.isMissingNode())
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static JsonNode single(JsonNode resources) {
    if (resources.size() != 1) {
      throw new IllegalArgumentException("one is expected: " + resources);
    }
    return resources.iterator().next();
  }

  private static String inPartition(String text, Partition partition) {
    return text.replace("data.aws_partition.current.partition", partition.id());
  }

  private static String unquoted(MatchResult word) {
    return word.group(1) == null ? word.group(2) : word.group(1);
  }

  private static void only(Map<String, String> options, String... known) {
    only(JSON.<JsonNode>valueToTree(options), known);
  }

  private static void only(JsonNode object, String... known) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!Set.of(known).contains(field.getKey()) && !field.getValue().isNull()) {
        throw new IllegalArgumentException(field.getKey() + " is said beyond what a role needs");
      }
    }
  }
}

package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudoperator.cloudformation.TemplateException;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.Manifest.Permission;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way to grant makes the role that the manifest and the claims describe, and no other. */
final class CustomerRoleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ExternalId EXTERNAL_ID =
      new ExternalId("cloudoperator-0123456789abcdefghijklmnopqrstuvwxyzABCDEFG");
  private static final BrokerIdentity BROKER =
      new BrokerIdentity(
          new AccountId("111122223333"),
          "arn:aws-us-gov:iam::111122223333:role/cloudoperator/broker/*",
          new Partition("aws-us-gov"),
          "us-gov-west-1",
          Map.of(Tier.MINIMAL, URI.create("https://t.s3.amazonaws.com/minimal-role.yaml")),
          ProofPolicy.REQUIRE);

  @ParameterizedTest
  @EnumSource
  void theTemplateMakesTheRoleOfItsTier(Tier tier) throws Exception {
    assertThat(template(file(tier, "role.yaml"), Map.of())).isEqualTo(expected(tier));
  }

  @ParameterizedTest
  @EnumSource
  void theTerraformModuleMakesTheRoleOfItsTier(Tier tier) throws Exception {
    assertThat(terraform(file(tier, "role.tf"), Map.of())).isEqualTo(expected(tier));
  }

  @ParameterizedTest
  @EnumSource
  void theCommandsMakeTheRoleOfItsTier(Tier tier) throws Exception {
    assertThat(CustomerRole.ofCommands(grant(tier).cliCommands())).isEqualTo(expected(tier));
  }

  /** IAM deletes no role that has a policy left: each one is taken away, and then the role. */
  @ParameterizedTest
  @EnumSource
  void theCommandsThatRevokeTakeAwayAllThatTheRoleHas(Tier tier) {
    CustomerRole role = expected(tier);
    String named = " --role-name " + role.name();
    List<String> each = new ArrayList<>();
    role.policies()
        .keySet()
        .forEach(name -> each.add("aws iam delete-role-policy" + named + " --policy-name " + name));
    role.managedPolicies()
        .forEach(arn -> each.add("aws iam detach-role-policy" + named + " --policy-arn " + arn));
    each.add("aws iam delete-role" + named);

    assertThat(grant(tier).revokeCommands()).isEqualTo(each);
  }

  @ParameterizedTest
  @EnumSource
  void thePoliciesOfTheAnswerAreThoseOfTheRole(Tier tier) {
    CustomerRole role = expected(tier);
    Grant grant = grant(tier);

    assertThat(CustomerRole.normal(JSON.valueToTree(grant.trustPolicy()))).isEqualTo(role.trust());
    assertThat(role.policies().values())
        .containsExactly(CustomerRole.normal(JSON.valueToTree(grant.permissionPolicy())));
    assertThat(grant.managedPolicies()).containsExactlyElementsOf(role.managedPolicies());
    assertThat(grant.permissionsBoundary()).isEqualTo(role.permissionsBoundary());
  }

  @ParameterizedTest
  @EnumSource
  void thePublishedPermissionsAreThoseOfTheRole(Tier tier) throws Exception {
    assertThat(expected(tier).policies().values())
        .containsExactly(
            CustomerRole.normal(JSON.readTree(file(tier, "permissions.json").toFile())));
  }

  @Test
  void callsOnlyGrantsTheCallsThatAreMade() throws Exception {
    CustomerRole callsOnly =
        CustomerRole.expected(
            Tier.MINIMAL,
            BROKER,
            EXTERNAL_ID.value(),
            Manifest.published(Tier.MINIMAL).stream().map(Permission::iamAction).toList());

    assertThat(template(file(Tier.MINIMAL, "role.yaml"), Map.of("Permissions", "calls-only")))
        .isEqualTo(callsOnly);
    assertThat(terraform(file(Tier.MINIMAL, "role.tf"), Map.of("permissions", "calls-only")))
        .isEqualTo(callsOnly);
  }

  /** Each is a promise that one way to grant no longer keeps. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minimal-role.yaml | MaxSessionDuration: 3600                | MaxSessionDuration: 43200
          minimal-role.yaml | iam::${BrokerAccountId}:root            | iam::${BrokerAccountId}:user/any
          minimal-role.yaml | sts:ExternalId: !Ref ExternalId         | sts:ExternalId: '*'
          minimal-role.yaml | StringEquals:                           | StringEqualsIfExists:
          minimal-role.yaml | Effect: Allow                           | Effect: Deny
          minimal-role.yaml | Resource: '*'                           | Resource: 'arn:aws:s3:::*'
          minimal-role.yaml | - - ec2:Describe*                       | - - ec2:*
          minimal-role.yaml | - - ec2:DescribeInstances               | - - ec2:DescribeVolumes
          minimal-role.yaml | RoleName: !Ref RoleName                 | RoleName: Another
          minimal-role.tf   | { AWS = "arn:${data.aws_partition.current.partition}:iam::${var.broker_account_id}:root" } | "*"
          minimal-role.tf   | max_session_duration = 3600             | max_session_duration = 43200
          minimal-role.tf   | StringEquals                            | StringEqualsIfExists
          minimal-role.tf   | "ec2:Describe*"                         | "ec2:*"
          minimal-role.tf   | var.external_id }                       | "*" }
          audit-role.yaml   | policy/SecurityAudit                    | policy/ReadOnlyAccess
          audit-role.yaml   | policy/ReadOnlyAccess                   | policy/AdministratorAccess
          audit-role.yaml   | - apigateway:GET                        | - apigateway:*
          audit-role.tf     | policy/SecurityAudit                    | policy/ReadOnlyAccess
          audit-role.tf     | policy/ReadOnlyAccess                   | policy/AdministratorAccess
          audit-role.tf     | "apigateway:GET"                        | "apigateway:*"
          """)
  void seesAnotherRole(String name, String promised, String other, @TempDir Path folder)
      throws Exception {
    Path changed = changed(name, promised, other, folder);
    Tier tier = Tier.valueOf(name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT));
    Map<String, String> calls =
        name.contains("minimal") ? Map.of("Permissions", "calls-only") : Map.of();

    if (name.endsWith(".tf")) {
      assertThat(terraform(changed, Map.of())).isNotEqualTo(expected(tier));
    } else if (promised.contains("DescribeInstances")) {
      assertThat(template(changed, calls)).isNotEqualTo(template(file(tier, "role.yaml"), calls));
    } else {
      assertThat(template(changed, Map.of())).isNotEqualTo(expected(tier));
    }
  }

  /** What a way says beyond the role is refused, whatever it is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          minimal-role.yaml | '    Type: AWS::IAM::Role' | '    DeletionPolicy: Retain\\n    Type: AWS::IAM::Role'
          minimal-role.yaml | '      RoleName: !Ref'     | '      Tags: []\\n      Path: /x/\\n      RoleName: !Ref'
          minimal-role.yaml | 'Resources:\\n'            | 'Resources:\\n  Topic:\\n    Type: AWS::SNS::Topic\\n'
          minimal-role.yaml | 'Resources:\\n'            | 'Transform: AWS::Include\\nResources:\\n'
          audit-role.tf     | 'max_session_duration ='   | 'force_detach_policies = true\\n  max_session_duration ='
          audit-role.tf     | 'data "aws_partition"'     | 'provider "aws" {\\n  region = "us-east-1"\\n}\\ndata "aws_partition"'
          audit-role.tf     | 'output "role_arn"'        | 'resource "aws_iam_user" "user" {\\n  name = "user"\\n}\\noutput "role_arn"'
          audit-role.tf     | 'output "role_arn"'        | 'resource "aws_iam_role" "other" {\\n  name = "other"\\n}\\noutput "role_arn"'
          """)
  void refusesWhatIsSaidBeyondTheRole(
      String name, String promised, String other, @TempDir Path folder) throws Exception {
    Path changed = changed(name, promised.replace("\\n", "\n"), other.replace("\\n", "\n"), folder);

    assertThatThrownBy(
            () -> {
              if (name.endsWith(".tf")) {
                terraform(changed, Map.of());
              } else {
                template(changed, Map.of());
              }
            })
        .isInstanceOfAny(IllegalArgumentException.class, TemplateException.class);
  }

  /** A second statement is another policy, in whatever file. */
  @Test
  void seesASecondStatement(@TempDir Path folder) throws Exception {
    Path yaml =
        changed(
            "minimal-role.yaml",
            "              - Sid: CountInstancesAndBuckets\n",
            """
                          - Effect: Allow
                            Action: s3:GetObject
                            Resource: '*'
                          - Sid: CountInstancesAndBuckets
            """,
            folder);
    Path tf =
        changed(
            "minimal-role.tf",
            "    Statement = [{\n      Sid      = \"Count",
            "    Statement = [{ Effect = \"Allow\", Action = \"s3:GetObject\", Resource = \"*\" },"
                + " {\n"
                + "      Sid      = \"Count",
            folder);

    assertThat(template(yaml, Map.of())).isNotEqualTo(expected(Tier.MINIMAL));
    assertThat(terraform(tf, Map.of())).isNotEqualTo(expected(Tier.MINIMAL));
  }

  @ParameterizedTest
  @EnumSource
  void templateAndModuleAskForTheSameInTheSameForm(Tier tier) throws Exception {
    JsonNode template;
    try (Reader source = Files.newBufferedReader(file(tier, "role.yaml"))) {
      template = TemplateYaml.read(source).path("Parameters");
    }
    String module = Files.readString(file(tier, "role.tf"));
    Map<String, String> asked = new HashMap<>();
    CustomerRole.terraform(file(tier, "role.tf"))
        .path("variable")
        .properties()
        .forEach(variable ->
            asked.put(variable.getKey(), variable.getValue().path("default").asText("")));
    Map<String, String> parameters = new HashMap<>();
    template
        .properties()
        .forEach(parameter -> {
          String variable = parameter.getKey().replaceAll("(?<=[a-z])(?=[A-Z])", "_");
          parameters.put(
              variable.toLowerCase(Locale.ROOT), parameter.getValue().path("Default").asText(""));
          if (parameter.getValue().has("AllowedPattern")) {
            assertThat(module)
                .contains(
                    "regex(\"^%s$\", var.%s)"
                        .formatted(
                            parameter.getValue().get("AllowedPattern").asText(),
                            variable.toLowerCase(Locale.ROOT)));
          }
        });

    assertThat(asked).isEqualTo(parameters);
  }

  /** A pattern that named other accounts, or all roles, would trust more than the broker's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BrokerRolePattern | *
          BrokerRolePattern | arn:aws:iam::*:role/cloudoperator/broker/*
          BrokerRolePattern | arn:aws:iam::111122223333:*
          BrokerAccountId   | *
          BrokerAccountId   | 11112222333
          RoleName          | Administrator
          Permissions       | all
          """)
  void theTemplateTakesNoWiderTrust(String parameter, String value) {
    assertThatThrownBy(() -> template(file(Tier.MINIMAL, "role.yaml"), Map.of(parameter, value)))
        .isInstanceOf(TemplateException.class);
  }

  private static CustomerRole expected(Tier tier) {
    return CustomerRole.expected(
        tier, BROKER, EXTERNAL_ID.value(), Manifest.granted(tier).actions());
  }

  private static CustomerRole template(Path file, Map<String, String> others) throws Exception {
    Map<String, String> parameters =
        new HashMap<>(
            Map.of(
                "ExternalId", EXTERNAL_ID.value(),
                "BrokerAccountId", BROKER.account().value(),
                "BrokerRolePattern", BROKER.rolePattern()));
    parameters.putAll(others);
    return CustomerRole.ofTemplate(file, BROKER.partition(), parameters);
  }

  private static CustomerRole terraform(Path file, Map<String, String> others) throws Exception {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "external_id", EXTERNAL_ID.value(),
                "broker_account_id", BROKER.account().value(),
                "broker_role_pattern", BROKER.rolePattern()));
    variables.putAll(others);
    return CustomerRole.ofTerraform(file, BROKER.partition(), variables);
  }

  private static Grant grant(Tier tier) {
    return Grant.to(BROKER, EXTERNAL_ID, tier);
  }

  private static Path file(Tier tier, String rest) {
    return DeployedTables.REPOSITORY.resolve(
        "customer/" + tier.name().toLowerCase(Locale.ROOT) + "-" + rest);
  }

  private static Path changed(String name, String promised, String other, Path folder)
      throws Exception {
    String text = Files.readString(DeployedTables.REPOSITORY.resolve("customer/" + name));
    assertThat(text).contains(promised);
    return Files.writeString(folder.resolve(name), text.replace(promised, other));
  }
}

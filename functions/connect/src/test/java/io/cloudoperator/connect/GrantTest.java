package io.cloudoperator.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.cloudformation.TemplateYaml;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrantTest {
  private static final ExternalId EXTERNAL_ID = new ExternalId("cloudoperator-an+external=id");
  private static final URI TEMPLATE =
      URI.create("https://templates.s3.amazonaws.com/minimal-role.yaml");

  @Test
  void linksToTheCustomersConsoleWithEverythingFilledIn() {
    assertThat(grant("aws", Optional.of(TEMPLATE)).launchStackUrl())
        .contains(
            "https://eu-central-1.console.aws.amazon.com/cloudformation/home?region=eu-central-1"
                + "#/stacks/quickcreate"
                + "?templateURL=https%3A%2F%2Ftemplates.s3.amazonaws.com%2Fminimal-role.yaml"
                + "&stackName=CloudOperator"
                + "&param_ExternalId=cloudoperator-an%2Bexternal%3Did"
                + "&param_BrokerAccountId=111122223333"
                + "&param_BrokerRolePattern=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fbroker%2F*");
  }

  @Test
  void linksToTheConsoleOfOurPartition() {
    assertThat(grant("aws-us-gov", Optional.of(TEMPLATE)).launchStackUrl().orElseThrow())
        .startsWith("https://us-gov-west-1.console.amazonaws-us-gov.com/");
    assertThat(grant("aws-cn", Optional.of(TEMPLATE)).launchStackUrl().orElseThrow())
        .startsWith("https://cn-north-1.console.amazonaws.cn/");
    assertThat(grant("aws-eusc", Optional.of(TEMPLATE)).launchStackUrl().orElseThrow())
        .startsWith("https://eusc-de-east-1.console.amazonaws-eusc.eu/");
  }

  @Test
  void offersNoLinkWhereTheConsoleIsNotPublic() {
    Grant grant = grant("aws-iso", Optional.of(TEMPLATE));

    assertThat(grant.launchStackUrl()).isEmpty();
    assertThat(grant.launchStackCommand()).isPresent();
  }

  @Test
  void trustsTheBrokerInItsOwnPartition() {
    assertThat(
            json(grant("aws-eusc", Optional.empty()).trustPolicy())
                .at("/Statement/0/Principal/AWS")
                .asText())
        .isEqualTo("arn:aws-eusc:iam::111122223333:root");
  }

  /** Where no stack is, CloudFormation deletes none, and says nothing. */
  @Test
  void deletesTheStackInTheRegionInWhichItIsLaunched() {
    Grant grant = grant("aws", Optional.of(TEMPLATE));

    assertThat(grant.launchStackCommand().orElseThrow())
        .startsWith(
            "aws cloudformation create-stack --region eu-central-1 --stack-name CloudOperator ");
    assertThat(grant.deleteStackCommand())
        .contains(
            "aws cloudformation delete-stack --region eu-central-1 --stack-name CloudOperator");
  }

  @Test
  void offersNoLinkWhereNoTemplateIsPublished() {
    Grant grant = grant("aws", Optional.empty());

    assertThat(grant.launchStackUrl()).isEmpty();
    assertThat(grant.launchStackCommand()).isEmpty();
    assertThat(grant.deleteStackCommand()).isEmpty();
    assertThat(grant.cliCommands()).hasSize(3);
  }

  @Test
  void quotesWhatAShellWouldReadOtherwise() {
    Grant grant = grant("aws", Optional.of(TEMPLATE));

    assertThat(grant.launchStackCommand().orElseThrow())
        .contains(" 'ParameterKey=BrokerRolePattern,ParameterValue=arn:aws:iam::111122223333:role/")
        .contains(" --capabilities CAPABILITY_NAMED_IAM ");
    assertThat(grant.cliCommands().getFirst())
        .contains(" --assume-role-policy-document '{\"Version\":\"2012-10-17\"");
  }

  @Test
  void fillsInEveryParameterOfTheTemplateThatHasNoDefault() throws IOException {
    JsonNode template;
    try (Reader source =
        Files.newBufferedReader(DeployedTables.REPOSITORY.resolve("customer/minimal-role.yaml"))) {
      template = TemplateYaml.read(source);
    }
    Grant grant = grant("aws", Optional.of(TEMPLATE));

    template
        .path("Parameters")
        .properties()
        .forEach(parameter -> {
          if (!parameter.getValue().has("Default")) {
            assertThat(grant.launchStackUrl().orElseThrow())
                .contains("&param_" + parameter.getKey() + "=");
            assertThat(grant.parameters()).containsKey(parameter.getKey());
          }
        });
  }

  @Test
  void carriesTheFilesThatMakeTheRole() throws IOException {
    Grant grant = grant("aws", Optional.empty());

    assertThat(grant.template())
        .isEqualTo(
            Files.readString(DeployedTables.REPOSITORY.resolve("customer/minimal-role.yaml")));
    assertThat(grant.terraform())
        .isEqualTo(Files.readString(DeployedTables.REPOSITORY.resolve("customer/minimal-role.tf")));
  }

  @Test
  void givesTerraformEachVariableThatHasNoDefault() throws Exception {
    List<String> asked = new ArrayList<>();
    CustomerRole.terraform(DeployedTables.REPOSITORY.resolve("customer/minimal-role.tf"))
        .path("variable")
        .properties()
        .forEach(variable -> {
          if (!variable.getValue().has("default")) {
            asked.add(variable.getKey());
          }
        });
    String variables = grant("aws", Optional.empty()).terraformVariables();

    assertThat(variables)
        .isEqualTo(
            """
            external_id         = "cloudoperator-an+external=id"
            broker_account_id   = "111122223333"
            broker_role_pattern = "arn:aws:iam::111122223333:role/broker/*"
            """);
    assertThat(variables.lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactlyInAnyOrderElementsOf(asked);
  }

  private static JsonNode json(Object value) {
    return Json.STRICT.valueToTree(value);
  }

  private static Grant grant(String partition, Optional<URI> template) {
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
            template.map(url -> Map.of(Tier.MINIMAL, url)).orElse(Map.of()),
            ProofPolicy.REQUIRE),
        EXTERNAL_ID,
        Tier.MINIMAL);
  }
}

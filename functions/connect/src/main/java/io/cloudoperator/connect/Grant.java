package io.cloudoperator.connect;

import io.cloudoperator.aws.Partitions;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.ReadOnlyRole;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Every way in which a customer can grant us the role of one connection, and revoke it again. All
 * make the same role as the tier's template in customer/.
 *
 * @param template of CloudFormation, to be uploaded with {@code parameters}
 * @param terraform a module, with {@code terraformVariables} as its terraform.tfvars
 * @param launchStackUrl opens CloudFormation in the customer's console with everything filled in;
 *     empty where the operator keeps no copy of the template, and where the partition has no public
 *     console
 * @param launchStackCommand does the same from a shell
 * @param deleteStackCommand revokes what either of the two made
 * @param cliCommands make the role without the template; ready to paste
 * @param revokeCommands revoke what those made
 * @param permissionPolicy of the role's own
 * @param managedPolicies of AWS, by their ARNs, that are attached to it besides
 * @param permissionsBoundary the ARN of the managed policy that it stays inside; empty if it needs
 *     none
 */
record Grant(
    Optional<URI> templateUrl,
    Optional<String> launchStackUrl,
    Optional<String> launchStackCommand,
    Optional<String> deleteStackCommand,
    String template,
    Map<String, String> parameters,
    String terraform,
    String terraformVariables,
    List<String> cliCommands,
    List<String> revokeCommands,
    Map<String, Object> trustPolicy,
    Map<String, Object> permissionPolicy,
    List<String> managedPolicies,
    Optional<String> permissionsBoundary) {

  static Grant to(BrokerIdentity broker, ExternalId externalId, Tier tier) {
    ReadOnlyRole role = broker.role(tier);
    String stack = role.stackName();
    Optional<URI> templateUrl = broker.template(tier);
    Map<String, String> parameters = parameters(broker, externalId);
    return new Grant(
        templateUrl,
        templateUrl.flatMap(url -> launchStackUrl(broker, url, stack, parameters)),
        templateUrl.map(url -> launchStackCommand(broker, url, stack, parameters)),
        templateUrl.map(_ -> deleteStackCommand(broker, stack)),
        RoleTemplates.of(tier).cloudFormation(),
        parameters,
        RoleTemplates.of(tier).terraform(),
        terraformVariables(broker, externalId),
        role.createCommands(externalId.value()),
        role.revokeCommands(),
        role.trustPolicy(externalId.value()),
        role.permissionPolicy(),
        role.managedPolicies(),
        role.boundary());
  }

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-console-create-stacks-quick-create-links.html
  private static Optional<String> launchStackUrl(
      BrokerIdentity broker, URI template, String stack, Map<String, String> parameters) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("templateURL", template.toString());
    query.put("stackName", stack);
    parameters.forEach((name, value) -> query.put("param_" + name, value));
    return Partitions.consoleHost(new RegionName(broker.region()))
        .map(host ->
            "https://%s/cloudformation/home?region=%s#/stacks/quickcreate?%s"
                .formatted(
                    host,
                    broker.region(),
                    query.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&"))));
  }

  private static String launchStackCommand(
      BrokerIdentity broker, URI template, String stack, Map<String, String> parameters) {
    return "aws cloudformation create-stack --region %s --stack-name %s --template-url '%s' --capabilities CAPABILITY_NAMED_IAM --parameters %s"
        .formatted(
            broker.region(),
            stack,
            template,
            parameters.entrySet().stream()
                .map(parameter ->
                    "'ParameterKey=%s,ParameterValue=%s'"
                        .formatted(parameter.getKey(), parameter.getValue()))
                .collect(Collectors.joining(" ")));
  }

  /**
   * In the region of the other two: elsewhere CloudFormation would find no stack, and not say so.
   */
  private static String deleteStackCommand(BrokerIdentity broker, String stack) {
    return "aws cloudformation delete-stack --region %s --stack-name %s"
        .formatted(broker.region(), stack);
  }

  private static Map<String, String> parameters(BrokerIdentity broker, ExternalId externalId) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("ExternalId", externalId.value());
    parameters.put("BrokerAccountId", broker.account().value());
    parameters.put("BrokerRolePattern", broker.rolePattern());
    return Collections.unmodifiableMap(parameters);
  }

  private static String terraformVariables(BrokerIdentity broker, ExternalId externalId) {
    return """
    external_id         = "%s"
    broker_account_id   = "%s"
    broker_role_pattern = "%s"
    """
        .formatted(externalId.value(), broker.account().value(), broker.rolePattern());
  }

  // A console reads + as itself.
  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

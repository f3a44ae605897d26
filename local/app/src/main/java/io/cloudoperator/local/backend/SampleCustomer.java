package io.cloudoperator.local.backend;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.sample.SampleAws;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** The sample AWS, with a customer who launches the customers' template. */
public final class SampleCustomer implements AutoCloseable {

  // The defaults of the parameter RoleName in customer/minimal-role.yaml and audit-role.yaml.
  private static final Map<Tier, String> ROLE_NAMES =
      Map.of(Tier.MINIMAL, "CloudOperatorReadOnly", Tier.AUDIT, "CloudOperatorAudit");

  private static final String CANARY = "/cloudoperator/canary/CloudOperatorCanary";

  private static final String NOTHING =
      """
      {"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}\
      """;

  private final SampleAws aws;

  private SampleCustomer(SampleAws aws) {
    this.aws = aws;
  }

  /** Starts it, in memory. */
  public static SampleCustomer start(CustomerSide.Sample account) throws IOException {
    return started(SampleAws.start(account.config()), account);
  }

  /** Starts it with its state kept in a folder. */
  static SampleCustomer start(CustomerSide.Sample account, Path folder) throws IOException {
    return started(SampleAws.start(account.config(), folder), account);
  }

  private static SampleCustomer started(SampleAws aws, CustomerSide.Sample account) {
    aws.denyRegionsBySCP(account.denied());
    SampleCustomer customer = new SampleCustomer(aws);
    aws.putRole(aws.brokerAccountId(), CANARY, customer.trustInBrokerRoles(), NOTHING);
    return customer;
  }

  /** The ARN of the canary role in the sample's broker account. */
  static String canary(SampleAws aws) {
    return "arn:aws:iam::" + aws.brokerAccountId() + ":role" + CANARY;
  }

  public SampleAws aws() {
    return aws;
  }

  public URI endpoint() {
    return aws.endpoint();
  }

  /** What an account's owner does: launches the tier's template with this External ID. */
  public RoleArn launch(ExternalId externalId, Tier tier) throws IOException {
    return new RoleArn(
        aws.launch(
            aws.customerAccountId(),
            Repository.file("customer/" + template(tier)),
            Map.of(
                "ExternalId",
                externalId.value(),
                "BrokerAccountId",
                aws.brokerAccountId(),
                "BrokerRolePattern",
                brokerRolePattern())));
  }

  /** The template's file in customer/. */
  public static String template(Tier tier) {
    return tier.name().toLowerCase(Locale.ROOT) + "-role.yaml";
  }

  /** What an owner who revokes does: deletes the roles. {@code false} if there is none. */
  public boolean revoke() {
    boolean deleted = false;
    for (String name : ROLE_NAMES.values()) {
      deleted |= aws.deleteRole("arn:aws:iam::" + aws.customerAccountId() + ":role/" + name);
    }
    return deleted;
  }

  /** As CanaryRole in template.yaml. */
  private String trustInBrokerRoles() {
    return """
    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
    "Principal":{"AWS":"arn:aws:iam::%s:root"},
    "Condition":{"StringLike":{"aws:PrincipalArn":"%s"}}}]}\
    """
        .formatted(aws.brokerAccountId(), brokerRolePattern());
  }

  /** The roles beside the one that the broker's credentials are a session of. */
  private String brokerRolePattern() {
    return aws.brokerRoleArn().replaceFirst("[^/]+$", "*");
  }

  @Override
  public void close() {
    aws.close();
  }
}

package io.cloudoperator.runtime;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A function's environment variables, which template.yaml sets. Each is read when it is asked for,
 * which a composition root does in init: a function needs only its own, and one that is missing or
 * wrong fails the init with a sentence that names it.
 */
public final class Settings {
  private static final String DEFAULT_TENANT_CLAIM = "sub";

  private final Map<String, String> environment;

  private Settings(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  public static Settings of(Map<String, String> environment) {
    return new Settings(environment);
  }

  public static Settings ofEnvironment() {
    return of(System.getenv());
  }

  /** The region that the function runs in; Lambda sets it. */
  public String region() {
    return required("AWS_REGION");
  }

  /** The region whose Security Hub takes findings; that of the function unless it is set. */
  public String findingsRegion() {
    return optional("FINDINGS_REGION", value -> value).orElseGet(this::region);
  }

  public String connectionsTable() {
    return required("CONNECTIONS_TABLE");
  }

  /** The table of runs and snapshots. */
  public String scansTable() {
    return required("SCANS_TABLE");
  }

  /** The KMS key under which role references are sealed. */
  public String keyArn() {
    return required("KEY_ARN");
  }

  public String receiptKeyArn() {
    return required("RECEIPT_KEY_ARN");
  }

  /** How long log groups keep what is logged. */
  public Duration logRetention() {
    return Duration.ofDays(parsed("LOG_RETENTION_DAYS", Settings::positive));
  }

  /** The account that we run in, which customers' trust policies name. */
  public AccountId brokerAccount() {
    return parsed("BROKER_ACCOUNT", AccountId::new);
  }

  /** The {@code aws:PrincipalArn} pattern that customers' trust policies name. */
  public String brokerRolePattern() {
    String pattern = required("BROKER_ROLE_PATTERN");
    if (!pattern.startsWith("arn:")) {
      throw wrong("BROKER_ROLE_PATTERN", "is the ARN of roles, with wildcards");
    }
    return pattern;
  }

  /** The partition that we run in, such as {@code aws}: AssumeRole cannot leave it. */
  public Partition partition() {
    return new Partition(brokerRolePattern().split(":", 3)[1]);
  }

  /**
   * Where CloudFormation finds the customers' template of a tier; empty if the operator keeps no
   * copy.
   */
  public Optional<URI> customerTemplateUrl(Tier tier) {
    return optional(
        switch (tier) {
          case MINIMAL -> "CUSTOMER_TEMPLATE_URL";
          case AUDIT -> "CUSTOMER_AUDIT_TEMPLATE_URL";
        },
        Settings::absolute);
  }

  /** What happens to a role that can be assumed without its External ID. */
  public ProofPolicy proofPolicy() {
    return parsed("PROOF_POLICY", word -> Choice.of(ProofPolicy.class, word));
  }

  /**
   * The role of our own by which a denial is told apart from a fault of ours; without it, no
   * connection is ever said to be revoked.
   */
  public Optional<RoleArn> canaryRole() {
    return optional("CANARY_ROLE_ARN", RoleArn::new);
  }

  /**
   * Whom to tell of a vulnerability, as {@code mailto:} or {@code https:}; empty if the operator
   * names nobody.
   */
  public Optional<URI> securityContact() {
    return optional("SECURITY_CONTACT", Settings::contact);
  }

  public String eventBus() {
    return required("EVENT_BUS");
  }

  public String stateMachineArn() {
    return required("STATE_MACHINE_ARN");
  }

  /** The token's claims that name the tenant. */
  public TenantClaims tenantClaims() {
    return new TenantClaims(
        optional("TENANT_CLAIM", claim -> claim).orElse(DEFAULT_TENANT_CLAIM),
        optional("TENANT_GROUP_PREFIX", prefix -> prefix));
  }

  /** Where people sign in to the console; empty where nobody does. */
  public Optional<SignIn> signIn() {
    return optional("SIGN_IN_DOMAIN", Settings::absolute)
        .map(domain ->
            new SignIn(required("SIGN_IN_ISSUER"), required("SIGN_IN_CLIENT_ID"), domain));
  }

  /** The most regions that one scanner takes. */
  public int maxRegionsPerShard() {
    return parsed("MAX_REGIONS_PER_SHARD", Settings::positive);
  }

  /** An AWS-compatible endpoint that stands for all of the customers' side; empty for AWS. */
  public Optional<URI> customerEndpointUrl() {
    return optional("CUSTOMER_ENDPOINT_URL", Settings::absolute);
  }

  private String required(String name) {
    return parsed(name, value -> value);
  }

  private <T> T parsed(String name, Function<String, T> parse) {
    return optional(name, parse)
        .orElseThrow(() ->
            new IllegalStateException(
                "The environment variable " + name + " is missing; template.yaml sets it."));
  }

  private <T> Optional<T> optional(String name, Function<String, T> parse) {
    return Optional.ofNullable(environment.get(name))
        .filter(value -> !value.isBlank())
        .map(value -> {
          try {
            return parse.apply(value);
          } catch (IllegalArgumentException e) {
            throw wrong(name, String.valueOf(e.getMessage()));
          }
        });
  }

  private static int positive(String value) {
    if (!value.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException("it is a whole number from 1");
    }
    return Integer.parseInt(value);
  }

  private static URI absolute(String value) {
    URI uri = URI.create(value);
    if (uri.getHost() == null) {
      throw new IllegalArgumentException("it is an address with a scheme and a host");
    }
    return uri;
  }

  private static URI contact(String value) {
    URI uri = URI.create(value);
    if (value.startsWith("https://")
        ? uri.getHost() == null
        : !value.matches("mailto:[^@]+@[^@]+")) {
      throw new IllegalArgumentException("it begins with mailto: or https://");
    }
    return uri;
  }

  private static IllegalStateException wrong(String name, String why) {
    return new IllegalStateException(
        "The environment variable " + name + " cannot be used: " + why + ".");
  }
}

package io.cloudoperator.local.cli;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.CustomerSide;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.urlconnection.UrlConnectionSdkHttpService;

/** A role of an account other than the sample. */
final class CustomerOptions {
  @Option(
      names = "--role-arn",
      paramLabel = "ARN",
      required = true,
      description = "The role to assume.")
  private RoleArn roleArn = new RoleArn("arn:aws:iam::000000000000:role/none");

  @Option(
      names = "--external-id",
      paramLabel = "ID",
      description = "What the role's trust policy asks for. Without it a new one is sent.")
  private Optional<ExternalId> externalId = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "The profile of ~/.aws whose credentials assume the role (default: the SDK's chain).")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = "An AWS-compatible endpoint in place of the customer's AWS.")
  private Optional<URI> endpoint = Optional.empty();

  @Option(
      names = "--proof",
      paramLabel = "require|record",
      defaultValue = "require",
      description =
          "Whether a role that can be assumed without its External ID is refused, or only written"
              + " down (default: ${DEFAULT-VALUE}).")
  private ProofPolicy proof = ProofPolicy.REQUIRE;

  /**
   * Whose account it is: the sample's, unless another was named.
   *
   * @throws picocli.CommandLine.ParameterException if both were described
   * @throws CommandException if the environment's proxies cannot be used
   */
  static CustomerSide side(SampleOptions sample, @Nullable CustomerOptions other)
      throws CommandException {
    if (other == null) {
      CustomerSide account = sample.account();
      // The SDK reads them for each client that it makes, and makes none where they are broken; a
      // folder it passes over.
      System.setProperty("aws.configFile", "/");
      System.setProperty("aws.sharedCredentialsFile", "/");
      return account;
    }
    sample.refuseBeside("--role-arn");
    EnvironmentProxies.use(System.getenv());
    // The SDK makes clients of its own for profiles; of those on the class path, only this one asks
    // the proxy selector.
    System.setProperty(
        SdkSystemSetting.SYNC_HTTP_SERVICE_IMPL.property(),
        UrlConnectionSdkHttpService.class.getName());
    // As the AWS CLI does: what a profile says of endpoints is of every call, as its credentials
    // are.
    other.profile.ifPresent(name -> System.setProperty("aws.profile", name));
    return other.account();
  }

  private CustomerSide.Remote account() {
    return new CustomerSide.Remote(roleArn, externalId, profile, endpoint, proof);
  }

  /** An http or https URL with a host. */
  static URI httpUrl(String text) {
    URI url = URI.create(text);
    if (url.getHost() == null || !String.valueOf(url.getScheme()).matches("https?")) {
      throw new IllegalArgumentException("it is an http or https URL with a host");
    }
    return url;
  }
}

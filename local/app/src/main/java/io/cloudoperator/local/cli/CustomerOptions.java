package io.cloudoperator.local.cli;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.CustomerSide;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** A role of an account other than the sample. */
final class CustomerOptions {
  @Option(
      names = "--role-arn",
      paramLabel = "ARN",
      required = true,
      converter = RoleArnConverter.class,
      description = "The role to assume.")
  private RoleArn roleArn = new RoleArn("arn:aws:iam::000000000000:role/none");

  @Option(
      names = "--external-id",
      paramLabel = "ID",
      converter = ExternalIdConverter.class,
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
      converter = EndpointConverter.class,
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
   */
  static CustomerSide side(SampleOptions sample, @Nullable CustomerOptions other) {
    if (other == null) {
      return sample.account();
    }
    sample.refuseBeside("--role-arn");
    return other.account();
  }

  private CustomerSide.Remote account() {
    return new CustomerSide.Remote(roleArn, externalId, profile, endpoint, proof);
  }

  static final class RoleArnConverter implements ITypeConverter<RoleArn> {
    @Override
    public RoleArn convert(String value) {
      try {
        return new RoleArn(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class ExternalIdConverter implements ITypeConverter<ExternalId> {
    @Override
    public ExternalId convert(String value) {
      try {
        return new ExternalId(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class EndpointConverter implements ITypeConverter<URI> {
    @Override
    public URI convert(String value) {
      try {
        URI uri = new URI(value);
        if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
          return uri;
        }
      } catch (URISyntaxException e) {
        throw new TypeConversionException("it is no URL: " + e.getReason());
      }
      throw new TypeConversionException("it is an http or https URL with a host");
    }
  }
}

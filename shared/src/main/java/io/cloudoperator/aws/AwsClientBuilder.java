package io.cloudoperator.aws;

import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.awscore.client.builder.AwsDefaultClientBuilder;
import software.amazon.awssdk.awscore.client.config.AwsClientOption;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.core.client.config.SdkClientConfiguration;
import software.amazon.awssdk.core.client.config.SdkClientOption;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.regions.ServiceMetadataAdvancedOption;

/**
 * Builds what {@link AwsClient} is made of, as a generated client's builder says it of its service:
 * how to find its endpoint and how it signs.
 */
final class AwsClientBuilder
    extends AwsDefaultClientBuilder<AwsClientBuilder, SdkClientConfiguration> {
  private final AwsService service;

  AwsClientBuilder(AwsService service) {
    this.service = service;
  }

  @Override
  protected String serviceEndpointPrefix() {
    return service.id();
  }

  @Override
  protected String signingName() {
    return service.id();
  }

  @Override
  protected String serviceName() {
    return service.id().toUpperCase(Locale.ROOT);
  }

  @Override
  protected SdkClientConfiguration mergeServiceDefaults(SdkClientConfiguration defaults) {
    AwsV4AuthScheme scheme = AwsV4AuthScheme.create();
    return defaults.merge(options ->
        options
            .option(SdkClientOption.AUTH_SCHEMES, Map.of(scheme.schemeId(), scheme))
            .option(SdkClientOption.CRC32_FROM_COMPRESSED_DATA_ENABLED, false));
  }

  /** AwsClientEndpointProvider is deprecated, and what is to replace it knows overrides alone. */
  @SuppressWarnings("deprecation")
  @Override
  protected SdkClientConfiguration finalizeServiceConfiguration(SdkClientConfiguration options) {
    String variable = service.id().toUpperCase(Locale.ROOT);
    return options.toBuilder()
        .lazyOptionIfAbsent(
            SdkClientOption.CLIENT_ENDPOINT_PROVIDER,
            option ->
                AwsClientEndpointProvider.builder()
                    .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_" + variable)
                    .serviceEndpointOverrideSystemProperty("aws.endpointUrl" + variable)
                    .serviceProfileProperty(service.id())
                    .serviceEndpointPrefix(service.id())
                    .defaultProtocol("https")
                    .region(service.endpoint(option.get(AwsClientOption.AWS_REGION)))
                    .profileFile(option.get(SdkClientOption.PROFILE_FILE_SUPPLIER))
                    .profileName(option.get(SdkClientOption.PROFILE_NAME))
                    .putAdvancedOption(
                        ServiceMetadataAdvancedOption.DEFAULT_S3_US_EAST_1_REGIONAL_ENDPOINT,
                        option.get(
                            ServiceMetadataAdvancedOption.DEFAULT_S3_US_EAST_1_REGIONAL_ENDPOINT))
                    .dualstackEnabled(option.get(AwsClientOption.DUALSTACK_ENDPOINT_ENABLED))
                    .fipsEnabled(option.get(AwsClientOption.FIPS_ENDPOINT_ENABLED))
                    .build())
        .build();
  }

  @Override
  protected SdkClientConfiguration buildClient() {
    return syncClientConfiguration();
  }
}

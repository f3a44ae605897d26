package io.cloudoperator.bench.cold.plain;

import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSessions;
import io.cloudoperator.session.SessionPolicy;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Assumes a role; sessions are on the SDK's own clients. */
record SdkAccess(StsClient sts, SdkHttpClient http, Optional<URI> endpoint)
    implements RoleSessions {
  @Override
  public AssumeRoleResult assume(
      RoleArn role,
      Optional<ExternalId> externalId,
      String sessionName,
      Tier tier,
      SessionPhase phase) {
    Credentials granted =
        sts.assumeRole(request ->
                request
                    .roleArn(role.value())
                    .externalId(externalId.map(ExternalId::value).orElse(null))
                    .roleSessionName(sessionName)
                    .durationSeconds(900)
                    .policy(SessionPolicy.of(tier, phase, role)))
            .credentials();
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(
            AwsSessionCredentials.create(
                granted.accessKeyId(), granted.secretAccessKey(), granted.sessionToken()));
    return new AssumeRoleResult.Granted(new SdkSession(this, credentials), 0, List.of());
  }

  /** A client as the SDK makes it, on the HTTP client that all share. */
  <B extends AwsClientBuilder<B, C>, C> B configured(
      B builder, StaticCredentialsProvider credentials, String region) {
    builder.credentialsProvider(credentials).region(Region.of(region));
    endpoint.ifPresent(builder::endpointOverride);
    return builder;
  }
}

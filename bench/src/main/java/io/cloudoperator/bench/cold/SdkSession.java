package io.cloudoperator.bench.cold;

import io.cloudoperator.call.Call;
import io.cloudoperator.call.Reading;
import io.cloudoperator.call.WithCalls;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.inventory.GlobalApis;
import io.cloudoperator.inventory.RegionApis;
import io.cloudoperator.metric.Tally;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.scan.AccountChecks;
import io.cloudoperator.scan.BucketOutcome;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.cloudtrail.EventHistoryRequest;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.service.iam.RequestedRole;
import io.cloudoperator.service.s3.BucketFacts;
import io.cloudoperator.session.RoleSession;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceMetadataEndpointState;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** Counts what ours counts, from the SDK's own answers. */
record SdkSession(SdkHttpClient http, Optional<URI> endpoint, StaticCredentialsProvider credentials)
    implements RoleSession {
  private static final int PAGE = 1000;
  private static final String HOME = "us-east-1";

  /** A client as the SDK makes it, on the HTTP client that all share. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region) {
    builder
        .httpClient(http)
        .credentialsProvider(credentials)
        .region(software.amazon.awssdk.regions.Region.of(region));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public Reading<AccountId> identity() {
    try (StsClient sts = client(StsClient.builder(), HOME)) {
      return new Reading.Complete<>(new AccountId(sts.getCallerIdentity().account()));
    }
  }

  @Override
  public Reading<List<Region>> regions() {
    throw new UnsupportedOperationException("the scan step does not ask");
  }

  @Override
  public WithCalls<RegionOutcome> scanRegion(RegionName region) {
    Tally<InstanceFacts> tally = InstanceFacts.COUNTED.tally(Instant.now());
    try (Ec2Client ec2 = client(Ec2Client.builder(), region.value())) {
      ec2.describeInstancesPaginator(request -> request.maxResults(PAGE)).reservations().stream()
          .flatMap(reservation -> reservation.instances().stream())
          .map(SdkSession::facts)
          .forEach(tally::add);
    }
    return new WithCalls<>(
        new RegionOutcome(region, new Reading.Complete<>(tally.counts()), List.of()), List.of());
  }

  private static InstanceFacts facts(Instance instance) {
    return InstanceFacts.builder()
        .state(instance.state().nameAsString())
        .type(instance.instanceTypeAsString())
        .architecture(instance.architectureAsString())
        .platform(Objects.requireNonNullElse(instance.platformDetails(), "unknown"))
        .tenancy(instance.placement().tenancyAsString())
        .imdsV1(
            instance.metadataOptions() != null
                && instance.metadataOptions().httpTokens() == HttpTokensState.OPTIONAL
                && instance.metadataOptions().httpEndpoint()
                    == InstanceMetadataEndpointState.ENABLED)
        .publicIpv4(instance.publicIpAddress() != null)
        .instanceProfile(instance.iamInstanceProfile() != null)
        .launchWizardGroup(
            instance.securityGroups().stream()
                .anyMatch(group -> group.groupName().startsWith("launch-wizard-")))
        .launchedAt(Optional.ofNullable(instance.launchTime()))
        .stoppedAt(Optional.empty())
        .build();
  }

  @Override
  public WithCalls<BucketOutcome> scanBuckets() {
    Tally<BucketFacts> tally = BucketFacts.COUNTED.tally(Instant.now());
    try (S3Client s3 = client(S3Client.builder().forcePathStyle(true), HOME)) {
      s3.listBucketsPaginator(request -> request.maxBuckets(PAGE)).buckets().stream()
          .map(bucket -> Objects.requireNonNullElse(bucket.bucketRegion(), BucketFacts.UNREPORTED))
          .map(BucketFacts::new)
          .forEach(tally::add);
    }
    return new WithCalls<>(
        new BucketOutcome(new Reading.Complete<>(tally.counts()), List.of()), List.of());
  }

  @Override
  public WithCalls<RegionApis> discoverApis(RegionName region, ApiTurn turn) {
    throw new UnsupportedOperationException("the scan step of the minimal tier does not ask");
  }

  @Override
  public WithCalls<GlobalApis> discoverGlobalApis() {
    throw new UnsupportedOperationException("the scan step of the minimal tier does not ask");
  }

  @Override
  public WithCalls<AccountChecks> checkAccount(RequestedRole asked) {
    throw new UnsupportedOperationException("the scan step of the minimal tier does not ask");
  }

  @Override
  public WithCalls<Lookup> lookUp(EventHistoryRequest asked) {
    throw new UnsupportedOperationException("the scan step of the minimal tier does not ask");
  }

  @Override
  public List<Call> calls() {
    return List.of();
  }
}

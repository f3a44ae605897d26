package io.cloudoperator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.metric.Tally;
import io.cloudoperator.sample.SampleAws;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Fault;
import io.cloudoperator.service.ec2.InstanceFacts;
import io.cloudoperator.session.RoleSession.Region;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Sessions on an account that enforces trust, External ID, session policies and SCPs. */
class SampleAccountTest {
  private static final Instant NOW = Instant.parse("2026-01-31T00:00:00Z");
  private static final ExternalId EXTERNAL_ID = ExternalId.random(new SecureRandom());
  private static SampleAws aws;
  private static RoleArn role;

  @BeforeAll
  static void launchTheCustomersTemplate() throws IOException {
    aws =
        SampleAws.start(
            SampleConfig.defaults()
                .withInstances(3_000)
                .withRegions(30)
                .withClock(InstantSource.fixed(NOW)));
    role =
        new RoleArn(
            aws.launch(
                aws.customerAccountId(),
                Path.of(System.getProperty("repository.root", ".."), "customer/minimal-role.yaml"),
                Map.of(
                    "ExternalId",
                    EXTERNAL_ID.value(),
                    "BrokerAccountId",
                    aws.brokerAccountId(),
                    "BrokerRolePattern",
                    aws.brokerRoleArn())));
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @AfterEach
  void forget() {
    aws.faults().clear();
    aws.denyRegionsBySCP(Set.of());
  }

  @Test
  void readsTheAccountThatTheRoleIsIn() {
    assertThat(session().identity())
        .isEqualTo(new Complete<>(new AccountId(aws.customerAccountId())));
  }

  @Test
  void knowsWhichRegionsAreEnabled() {
    List<Region> regions = regions(session());

    assertThat(regions).hasSize(34);
    assertThat(regions.stream().filter(Region::enabled).map(region -> region.name().value()))
        .containsExactlyInAnyOrderElementsOf(aws.customer().regions());
  }

  @Test
  void countsWhatTheAccountTrulyHolds() {
    RoleSession session = session();
    for (String region : aws.customer().regions()) {
      Tally<InstanceFacts> truth = InstanceFacts.COUNTED.tally(NOW);
      aws.customer().instances(region).map(SampleAccountTest::facts).forEach(truth::add);

      assertThat(session.scanRegion(new RegionName(region)).outcome().instances())
          .as(region)
          .isEqualTo(new Complete<>(truth.counts()));
    }
  }

  @Test
  void countsItsBuckets() {
    TreeMap<String, Long> truth = new TreeMap<>();
    aws.customer().buckets().forEach(bucket -> truth.merge(bucket.region(), 1L, Long::sum));

    assertThat(session().scanBuckets().outcome().buckets())
        .isEqualTo(
            new Complete<>(
                new Counts(aws.customer().buckets().size(), Map.of("byRegion", truth), Map.of())));
  }

  @Test
  void isDeniedWithoutTheExternalIdAndWithAnother() {
    assertThat(access().assume(role, Optional.empty(), "probe-1", Tier.MINIMAL))
        .isInstanceOfSatisfying(
            AssumeRoleResult.Denied.class,
            denied -> assertThat(denied.code()).isEqualTo("AccessDenied"));
    assertThat(
            access()
                .assume(
                    role,
                    Optional.of(new ExternalId("cloudoperator-another")),
                    "probe-2",
                    Tier.MINIMAL))
        .isInstanceOf(AssumeRoleResult.Denied.class);
  }

  /** The role allows all of ec2:Describe*: it is the session policy that does not. */
  @Test
  void cannotCallWhatTheManifestDoesNotDeclareEvenWithAnotherClient() {
    Credentials credentials =
        sts()
            .assumeRole(request ->
                request
                    .roleArn(role.value())
                    .externalId(EXTERNAL_ID.value())
                    .roleSessionName("scan-1")
                    .policy(SessionPolicy.of(Tier.MINIMAL)))
            .credentials();
    try (Ec2Client ec2 =
        Ec2Client.builder()
            .region(software.amazon.awssdk.regions.Region.US_EAST_1)
            .endpointOverride(aws.endpoint())
            .httpClient(Sessions.HTTP)
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsSessionCredentials.create(
                        credentials.accessKeyId(),
                        credentials.secretAccessKey(),
                        credentials.sessionToken())))
            .build()) {
      assertThat(ec2.describeRegions().regions()).isNotEmpty();
      assertThatThrownBy(() ->
              ec2.describeInstanceAttribute(
                  request -> request.instanceId("i-1").attribute("userData")))
          .isInstanceOfSatisfying(
              Ec2Exception.class,
              e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnauthorizedOperation"));
    }
  }

  @Test
  void saysThatAnScpDeniesARegion() {
    aws.denyRegionsBySCP(Set.of("eu-west-1"));

    assertThat(session().scanRegion(new RegionName("eu-west-1")).outcome().instances())
        .isEqualTo(new Unread<>(Reason.DENIED_BY_SCP, "UnauthorizedOperation"));
  }

  @Test
  void saysThatARegionIsNotEnabled() {
    RoleSession session = session();
    RegionName off =
        regions(session).stream()
            .filter(region -> !region.enabled())
            .findFirst()
            .orElseThrow()
            .name();

    assertThat(session.scanRegion(off).outcome().instances())
        .isEqualTo(new Unread<>(Reason.NOT_OPTED_IN, "AuthFailure"));
  }

  @Test
  void readsOnThroughAThrottleAndACutAnswer() {
    aws.faults().next("ec2", "DescribeInstances", "us-east-1", Fault.throttle(1));
    aws.faults().next("ec2", "DescribeInstances", "us-east-1", Fault.truncated());
    Tally<InstanceFacts> truth = InstanceFacts.COUNTED.tally(NOW);
    aws.customer().instances("us-east-1").map(SampleAccountTest::facts).forEach(truth::add);

    assertThat(session().scanRegion(new RegionName("us-east-1")).outcome().instances())
        .isEqualTo(new Complete<>(truth.counts()));
  }

  private static List<Region> regions(RoleSession session) {
    return switch (session.regions()) {
      case Complete<List<Region>>(List<Region> regions, var _) -> regions;
      case Unread<List<Region>> unread -> throw new AssertionError(unread);
    };
  }

  private static RoleSession session() {
    return switch (access().assume(role, Optional.of(EXTERNAL_ID), "scan-1", Tier.MINIMAL)) {
      case AssumeRoleResult.Granted granted -> granted.session();
      case AssumeRoleResult refused -> throw new AssertionError(refused);
    };
  }

  private static StsRoleSessions access() {
    return new StsRoleSessions(
        sts(), Sessions.transport(aws.endpoint()), InstantSource.fixed(NOW), Sessions.NO_WAIT);
  }

  private static StsClient sts() {
    return StsClient.builder()
        .region(software.amazon.awssdk.regions.Region.US_EAST_1)
        .endpointOverride(aws.endpoint())
        .httpClient(Sessions.HTTP)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    aws.brokerCredentials().accessKeyId(),
                    aws.brokerCredentials().secretAccessKey())))
        .build();
  }

  private static InstanceFacts facts(io.cloudoperator.sample.data.SampleInstance truth) {
    return InstanceFacts.builder()
        .state(truth.state().wireName())
        .type(truth.type())
        .architecture(truth.architecture())
        .platform(truth.platform())
        .tenancy(truth.tenancy())
        .imdsV1(truth.imdsV1Allowed())
        .publicIpv4(truth.publicIp().isPresent())
        .instanceProfile(truth.instanceProfile().isPresent())
        .launchWizardGroup(
            truth.securityGroups().stream().anyMatch(group -> group.startsWith("launch-wizard-")))
        .launchedAt(Optional.of(truth.launchTime()))
        .stoppedAt(truth.stoppedAt())
        .build();
  }
}

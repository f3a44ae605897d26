package io.cloudoperator.runtime;

import io.cloudoperator.call.Reading;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.SealedReference;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.session.AssumeRoleResult;
import io.cloudoperator.session.RoleSession;
import io.cloudoperator.session.StsRoleSessions;
import io.cloudoperator.vault.KmsRoleVault;
import io.cloudoperator.vault.TamperedReferenceException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Does before the snapshot, with made-up answers and made-up credentials, what a first invocation
 * does with KMS and in a customer's account: what writes the requests, signs them and reads the
 * answers is loaded then, and compiled if it is done often. Nothing leaves the process.
 */
public final class PrimingRequests {
  // Often enough for the JVM's first compiler to find what reads an instance.
  private static final int OFTEN = 1000;

  private static final StaticCredentialsProvider NOBODY =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("-", "-"));

  private PrimingRequests() {}

  /** Decrypts a data key and finds that the reference has been tampered with, as zeros are. */
  public static void openReference() {
    try (KmsClient kms =
        KmsClient.builder()
            .httpClient(new StubAws())
            .region(Region.US_EAST_1)
            .credentialsProvider(NOBODY)
            .build()) {
      new KmsRoleVault(kms, "-", SecureRandom::new)
          .open(
              Priming.NOBODY,
              Priming.NO_CONNECTION,
              new SealedReference("AAAA", "A".repeat(16), "A".repeat(32)));
    } catch (TamperedReferenceException _) {
      return;
    }
    throw new IllegalStateException("zeros were taken for a role reference");
  }

  /**
   * Assumes a role, asks who it is and which regions there are, and counts buckets and instances.
   *
   * @return what is counted of the one instance
   */
  public static Counts readAccount() {
    RoleSession session = assume();
    complete(session.identity());
    complete(session.regions());
    complete(session.scanBuckets().outcome().buckets());
    return complete(session.scanRegion(new RegionName("us-east-1")).outcome().instances());
  }

  /** Counts instances so often that reading them is compiled. */
  public static void readInstances() {
    RoleSession session = assume();
    for (int time = 0; time < OFTEN; time++) {
      session.scanRegion(new RegionName("us-east-1"));
    }
  }

  private static <T> T complete(Reading<T> reading) {
    return reading.complete().orElseThrow(() -> new IllegalStateException("not read: " + reading));
  }

  private static RoleSession assume() {
    StubAws aws = new StubAws();
    try (StsClient sts =
        StsClient.builder()
            .httpClient(aws)
            .region(Region.US_EAST_1)
            .credentialsProvider(NOBODY)
            .build()) {
      AssumeRoleResult assumption =
          new StsRoleSessions(sts, aws, Optional.empty(), () -> Instant.EPOCH, _ -> {})
              .assume(
                  new RoleArn("arn:aws:iam::000000000000:role/Nobody"),
                  Optional.of(new ExternalId("cloudoperator-" + "0".repeat(43))),
                  "priming",
                  Tier.MINIMAL);
      return switch (assumption) {
        case AssumeRoleResult.Granted granted -> granted.session();
        case AssumeRoleResult refused -> throw new IllegalStateException("not assumed: " + refused);
      };
    }
  }
}

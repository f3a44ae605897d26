package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cloudoperator.call.Reading;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.Proof;
import io.cloudoperator.connection.ProofPolicy;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import io.cloudoperator.scan.RoleCheck.Point;
import io.cloudoperator.scan.RoleCheck.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a snapshot says of our own role. Its scan begins at noon. */
class RoleCheckTest {
  private static final Instant END = NOON.plusSeconds(9);

  @Test
  void theMinimalTierSaysOfEachPointWhetherItWasTriedAndOfNoneThatItWasRead() {
    List<RoleCheck> checks = RoleCheck.of(minimal(Reason.FAILED, 0));

    assertThat(checks)
        .extracting(RoleCheck::point, RoleCheck::result)
        .containsExactly(
            tuple(Point.ASKS_FOR_EXTERNAL_ID, Result.HOLDS),
            tuple(Point.TRUSTS_US_ALONE, Result.UNCHECKED),
            tuple(Point.GRANTS_NO_MORE, Result.UNCHECKED),
            tuple(Point.GRANTS_NO_LESS, Result.HOLDS),
            tuple(Point.SESSION_DURATION, Result.UNCHECKED));
    assertThat(checks).allSatisfy(check -> assertThat(check.how()).doesNotContain("Read:"));
  }

  @Test
  void saysWhenAndHowItWasCheckedOrWhyItWasNot() {
    assertThat(RoleCheck.of(minimal(Reason.FAILED, 0)))
        .allSatisfy(check -> {
          assertThat(check.how()).endsWith(".");
          assertThat(check.at().isPresent()).isEqualTo(check.result() != Result.UNCHECKED);
        });
    assertThat(check(minimal(Reason.FAILED, 0), Point.TRUSTS_US_ALONE).how())
        .contains("iam:GetRole", "minimal tier");
    assertThat(check(minimal(Reason.FAILED, 0), Point.GRANTS_NO_MORE).how())
        .contains("minimal tier", "cut down to the published calls");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, during this scan",
    "PT-1S, during this scan",
    "PT59M, less than an hour before this scan",
    "PT1H, 1 hour before this scan",
    "PT71H59M, 71 hours before this scan"
  })
  void saysHowOldTheProofIs(Duration age, String words) {
    Proof proof = proof(Proof.Verdict.PROVEN, NOON.minus(age));

    RoleCheck check =
        check(minimal(Reason.FAILED, 0).withProof(Optional.of(proof)), Point.ASKS_FOR_EXTERNAL_ID);

    assertThat(check.at()).contains(proof.at());
    assertThat(check.how()).endsWith(", " + words + ".");
  }

  @Test
  void deviatesWhereTheProofOnlyWroteItDown() {
    Snapshot snapshot =
        minimal(Reason.FAILED, 0)
            .withProof(Optional.of(proof(Proof.Verdict.CONFUSED_DEPUTY, NOON)));

    assertThat(check(snapshot, Point.ASKS_FOR_EXTERNAL_ID).result()).isEqualTo(Result.DEVIATES);
  }

  @Test
  void isUncheckedWhereNoProofWasKept() {
    RoleCheck check =
        check(minimal(Reason.FAILED, 0).withProof(Optional.empty()), Point.ASKS_FOR_EXTERNAL_ID);

    assertThat(check.result()).isEqualTo(Result.UNCHECKED);
  }

  @Test
  void deviatesWhereTheRoleNoLongerAllowsACall() {
    assertThat(check(minimal(Reason.DENIED_BY_IAM, 1), Point.GRANTS_NO_LESS).result())
        .isEqualTo(Result.DEVIATES);
    assertThat(check(bucketsDenied(), Point.GRANTS_NO_LESS).result()).isEqualTo(Result.DEVIATES);
    Snapshot apisDenied =
        minimal(Reason.FAILED, 0)
            .withApis(
                Sample.apis(
                    new ApiSummary.UnreadSource(
                        "us-east-1", "rest_apis", Reason.DENIED_BY_IAM, "AccessDenied")),
                List.of());
    assertThat(check(apisDenied, Point.GRANTS_NO_LESS).result()).isEqualTo(Result.DEVIATES);
  }

  @ParameterizedTest
  @EnumSource(value = Reason.class, mode = Mode.EXCLUDE, names = "DENIED_BY_IAM")
  void concludesNothingOfTheRoleFromWhatIsUnreadForAnotherReason(Reason reason) {
    assertThat(check(minimal(reason, 1), Point.GRANTS_NO_LESS).result())
        .isEqualTo(Result.UNCHECKED);
  }

  @Test
  void theAuditTierReadsTheDocuments() {
    Snapshot snapshot = audited(new Complete<>(new PermissionDrift(List.of())));

    assertThat(RoleCheck.of(snapshot))
        .filteredOn(check -> check.result() == Result.HOLDS)
        .extracting(RoleCheck::point)
        .containsExactly(
            Point.ASKS_FOR_EXTERNAL_ID,
            Point.TRUSTS_US_ALONE,
            Point.GRANTS_NO_MORE,
            Point.GRANTS_NO_LESS);
    assertThat(check(snapshot, Point.TRUSTS_US_ALONE).at()).contains(END);
  }

  @Test
  void theAuditTierSaysWhatItCouldNotRead() {
    Snapshot snapshot = audited(AccountChecks.unread(Reason.DENIED_BY_SCP, "AccessDenied").role());

    for (Point point : List.of(Point.TRUSTS_US_ALONE, Point.GRANTS_NO_MORE)) {
      assertThat(check(snapshot, point).result()).isEqualTo(Result.UNCHECKED);
      assertThat(check(snapshot, point).how()).contains("AccessDenied");
    }
  }

  @Test
  void theAuditTierSaysWhatItHadNotYetLearntToCheck() {
    Snapshot snapshot =
        conclude(
            Tier.MINIMAL,
            Sample.buckets(Map.of()),
            Sample.complete("us-east-1", Sample.running(1)));
    Snapshot earlier =
        new Snapshot(
            snapshot.key(),
            snapshot.account(),
            Tier.AUDIT,
            snapshot.trigger(),
            snapshot.startedAt(),
            snapshot.finishedAt(),
            snapshot.coverage(),
            snapshot.totals(),
            snapshot.regions(),
            snapshot.buckets(),
            Optional.empty(),
            Optional.empty(),
            snapshot.flags(),
            snapshot.insights(),
            Optional.empty(),
            snapshot.calls(),
            snapshot.firstSeen(),
            Optional.empty());

    assertThat(check(earlier, Point.TRUSTS_US_ALONE).result()).isEqualTo(Result.UNCHECKED);
  }

  @ParameterizedTest
  @EnumSource
  void eachDeviationOfTheDocumentsIsOneOfAPoint(Kind kind) {
    Snapshot snapshot =
        audited(new Complete<>(new PermissionDrift(List.of(new Deviation(kind, 1)))));

    assertThat(RoleCheck.of(snapshot))
        .filteredOn(check -> check.result() == Result.DEVIATES)
        .extracting(RoleCheck::point)
        .containsExactly(
            switch (kind) {
              case TRUSTS_WITHOUT_EXTERNAL_ID -> Point.ASKS_FOR_EXTERNAL_ID;
              case TRUSTS_OTHERS, TRUSTS_WHOLE_BROKER_ACCOUNT, TRUST_NOT_UNDERSTOOD ->
                  Point.TRUSTS_US_ALONE;
              case SECURITY_AUDIT_MISSING -> Point.GRANTS_NO_LESS;
              default -> Point.GRANTS_NO_MORE;
            });
  }

  private static RoleCheck check(Snapshot snapshot, Point point) {
    return RoleCheck.of(snapshot).stream()
        .filter(check -> check.point() == point)
        .findFirst()
        .orElseThrow();
  }

  private static Proof proof(Proof.Verdict verdict, Instant at) {
    return new Proof(at, verdict, ProofPolicy.RECORD, List.of());
  }

  /** Of two regions, some of which are unread for a reason. */
  private static Snapshot minimal(Reason reason, int unread) {
    return conclude(
        Tier.MINIMAL,
        Sample.buckets(Map.of()),
        Sample.complete("us-east-1", Sample.running(1)),
        unread == 0
            ? Sample.complete("us-east-2", Sample.running(1))
            : Sample.unread("us-east-2", reason, "Refused"));
  }

  private static Snapshot bucketsDenied() {
    return conclude(
        Tier.MINIMAL, Sample.bucketsDenied(), Sample.complete("us-east-1", Sample.running(1)));
  }

  private static Snapshot audited(Reading<PermissionDrift> role) {
    return conclude(
        Tier.AUDIT,
        Optional.of(new AccountChecks(new Complete<>(new TrailStanding(1, true, true)), role)),
        Sample.buckets(Map.of()),
        Sample.complete("us-east-1", Sample.running(1)));
  }

  private static Snapshot conclude(Tier tier, BucketOutcome buckets, RegionOutcome... regions) {
    return conclude(tier, Optional.empty(), buckets, regions);
  }

  private static Snapshot conclude(
      Tier tier, Optional<AccountChecks> checks, BucketOutcome buckets, RegionOutcome... regions) {
    return Sample.snapshot(9, tier, checks, buckets, regions)
        .withProof(Optional.of(proof(Proof.Verdict.PROVEN, NOON.minus(Duration.ofHours(26)))));
  }
}

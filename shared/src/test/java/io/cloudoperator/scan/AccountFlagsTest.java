package io.cloudoperator.scan;

import static io.cloudoperator.scan.Sample.bucketsDenied;
import static io.cloudoperator.scan.Sample.complete;
import static io.cloudoperator.scan.Sample.running;
import static io.cloudoperator.scan.Sample.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.metric.Severity;
import io.cloudoperator.scan.PermissionDrift.Deviation;
import io.cloudoperator.scan.PermissionDrift.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AccountFlagsTest {
  private static final TrailStanding SOUND = new TrailStanding(2, true, true);
  private static final PermissionDrift NONE = new PermissionDrift(List.of());

  @Test
  void raisesNothingForARoleAsLaunchedAndATrailOfAllRegions() {
    assertThat(flags(SOUND, NONE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, false, HIGH, No CloudTrail trail records this account",
    "1, false, false, HIGH, The one CloudTrail trail does not record all regions or is not logging",
    "3, false, false, HIGH, None of the 3 CloudTrail trails records all regions and is logging",
    "3, true, false, LOW, 'A CloudTrail trail records all regions, but does not validate its log files'"
  })
  void flagsAnAccountThatIsNotRecordedWhole(
      int trails, boolean all, boolean validated, Severity severity, String title) {
    assertThat(flags(new TrailStanding(trails, all, validated), NONE))
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.kind()).isEqualTo(RiskFlag.Kind.NO_TRAIL_OF_ALL_REGIONS);
          assertThat(flag.severity()).isEqualTo(severity);
          assertThat(flag.title()).isEqualTo(title);
          assertThat(flag.remedy()).contains("aws cloudtrail");
        });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void flagsEachDeviationOfTheRole(Kind kind) {
    assertThat(flags(SOUND, drift(new Deviation(kind, 1))))
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.kind()).isEqualTo(RiskFlag.Kind.PERMISSION_DRIFT);
          assertThat(flag.count()).isEqualTo(1);
          assertThat(flag.severity())
              .isEqualTo(
                  switch (kind) {
                    case TRUSTS_OTHERS, TRUSTS_WITHOUT_EXTERNAL_ID, POWERFUL_POLICY_ATTACHED ->
                        Severity.HIGH;
                    default -> Severity.MEDIUM;
                  });
        });
  }

  @Test
  void saysOfEachKindSomethingElse() {
    assertThat(
            Arrays.stream(Kind.values())
                .flatMap(kind -> flags(SOUND, drift(new Deviation(kind, 1))).stream())
                .map(RiskFlag::title))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "OTHER_POLICY_ATTACHED, 1, 1 policy beside SecurityAudit is attached",
    "OTHER_POLICY_ATTACHED, 1200, '1,200 policies beside SecurityAudit are attached'",
    "INLINE_POLICY_GRANTS_MORE, 1, an inline policy grants more than apigateway:GET and apigateway:ListRoutingRules",
    "INLINE_POLICY_GRANTS_MORE, 2, 2 inline policies grant more than apigateway:GET and apigateway:ListRoutingRules",
    "INLINE_POLICY_NOT_UNDERSTOOD, 1, an inline policy has what we do not understand",
    "INLINE_POLICY_NOT_UNDERSTOOD, 2, 2 inline policies have what we do not understand"
  })
  void saysHowManyPoliciesDeviate(Kind kind, int count, String words) {
    assertThat(flags(SOUND, drift(new Deviation(kind, count))))
        .extracting(RiskFlag::title)
        .containsExactly("The role that we use is not as it was asked for: " + words);
  }

  @Test
  void countsAllThatDeviatesInOneFlag() {
    assertThat(
            flags(
                SOUND,
                drift(
                    new Deviation(Kind.BOUNDARY_MISSING, 1),
                    new Deviation(Kind.OTHER_POLICY_ATTACHED, 3))))
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.count()).isEqualTo(4);
          assertThat(flag.title())
              .endsWith(
                  ": 3 policies beside SecurityAudit are attached, it has no permissions boundary");
        });
  }

  @Test
  void makesNoFlagOfWhatCouldNotBeChecked() {
    AccountChecks unread = AccountChecks.unread(Reason.DENIED_BY_IAM, "AccessDenied");

    assertThat(AccountFlags.of(unread)).isEmpty();
    assertThat(unread.role()).isInstanceOf(Unread.class);
  }

  @Test
  void flagsOneCheckThoughTheOtherCouldNotBeMade() {
    AccountChecks checks =
        new AccountChecks(
            new Complete<>(new TrailStanding(0, false, false)),
            new Unread<>(Reason.THROTTLED, "Throttling"));

    assertThat(AccountFlags.of(checks))
        .extracting(RiskFlag::kind)
        .containsExactly(RiskFlag.Kind.NO_TRAIL_OF_ALL_REGIONS);
  }

  @Test
  void standsInTheSnapshotWithItsFlags() {
    AccountChecks checks = checks(SOUND, drift(new Deviation(Kind.TRUSTS_OTHERS, 1)));

    Snapshot snapshot = conclude(Tier.AUDIT, Optional.of(checks));

    assertThat(snapshot.accountChecks()).contains(checks);
    assertThat(snapshot.flags())
        .extracting(RiskFlag::kind)
        .containsExactly(RiskFlag.Kind.PERMISSION_DRIFT);
  }

  @Test
  void isUnreadInTheSnapshotWhereNoShardHasMadeIt() {
    assertThat(conclude(Tier.AUDIT, Optional.empty()).accountChecks())
        .contains(AccountChecks.unread(Reason.FAILED, Conclusion.NOT_SCANNED));
  }

  @Test
  void isNotThereBelowTheAuditTier() {
    assertThat(conclude(Tier.MINIMAL, Optional.empty()).accountChecks()).isEmpty();
  }

  @Test
  void isReadAsItWasWritten() {
    AccountChecks checks =
        new AccountChecks(
            new Unread<>(Reason.DENIED_BY_SCP, "AccessDenied"),
            new Complete<>(drift(new Deviation(Kind.BOUNDARY_REPLACED, 1))));

    String json = Json.write(checks);

    assertThat(json)
        .isEqualTo(
            """
            {"trail":{"status":"unread","reason":"denied_by_scp","code":"AccessDenied"},\
            "role":{"status":"complete","value":{"deviations":\
            [{"kind":"boundary_replaced","count":1}]}}}\
            """);
    assertThat(Json.read(json, AccountChecks.class)).isEqualTo(checks);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new TrailStanding(0, true, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TrailStanding(1, false, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Deviation(Kind.TRUSTS_OTHERS, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> drift(new Deviation(Kind.TRUSTS_OTHERS, 1), new Deviation(Kind.TRUSTS_OTHERS, 2)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Snapshot conclude(Tier tier, Optional<AccountChecks> checks) {
    return snapshot(1, tier, checks, bucketsDenied(), complete("us-east-1", running(0)));
  }

  private static List<RiskFlag> flags(TrailStanding trail, PermissionDrift drift) {
    return AccountFlags.of(checks(trail, drift));
  }

  private static AccountChecks checks(TrailStanding trail, PermissionDrift drift) {
    return new AccountChecks(new Complete<>(trail), new Complete<>(drift));
  }

  private static PermissionDrift drift(Deviation... deviations) {
    return new PermissionDrift(List.of(deviations));
  }
}

package io.cloudoperator.session;

import static io.cloudoperator.aws.Pages.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.call.CallCount;
import io.cloudoperator.call.Reading.Complete;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.call.Reading.Unread;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.metric.Counts;
import io.cloudoperator.scan.RegionOutcome;
import io.cloudoperator.service.ec2.Ec2;
import io.cloudoperator.service.s3.BucketFacts;
import io.cloudoperator.service.s3.BucketReader;
import io.cloudoperator.service.sts.CallerIdentityReader;
import io.cloudoperator.session.RoleSession.Region;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionTest {
  private static final RegionName IRELAND = new RegionName("eu-west-1");
  private static final String SCP =
      "You are not authorized to perform this operation. User: arn:aws:sts::111122223333:assumed-role/r/s"
          + " is not authorized to perform: ec2:DescribeInstances with an explicit deny in a service"
          + " control policy";

  @Test
  void saysWhoseAccountItIs() {
    try (CannedAws aws = CannedAws.inTurn(Pages.identity("111122223333"))) {
      assertThat(Sessions.on(aws).identity())
          .isEqualTo(new Complete<>(new AccountId("111122223333")));
    }
  }

  @Test
  // Less than a socket waits before the question is repeated.
  @Timeout(10)
  void knowsTheRegionsThatAreNotEnabledByTwoQuestionsAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    try (CannedAws aws =
        new CannedAws(asked -> {
          both.countDown();
          await(both);
          return asked.parameter("AllRegions").isEmpty()
              ? Pages.regions("eu-west-1")
              : Pages.regions("af-south-1", "eu-west-1");
        })) {
      assertThat(Sessions.on(aws).regions())
          .isEqualTo(
              new Complete<>(
                  List.of(
                      new Region(IRELAND, true), new Region(new RegionName("af-south-1"), false))));
    }
  }

  @Test
  void countsToTheLastPageThoughPagesAreShortOrEmpty() {
    try (CannedAws aws =
        CannedAws.inTurn(
            Pages.instances("a+b/c=", instance(), instance()),
            Pages.instances("second"),
            Pages.instances("", instance()))) {
      RegionOutcome outcome = Sessions.on(aws).scanRegion(IRELAND).outcome();

      assertThat(counts(outcome).total()).isEqualTo(3);
      assertThat(aws.asked())
          .extracting(asked -> asked.parameter("NextToken"))
          .containsExactly("", "a+b/c=", "second");
      assertThat(outcome.calls())
          .containsExactly(new CallCount("ec2", "DescribeInstances", 3, 0, 0));
    }
  }

  @Test
  void addsUpBucketsByRegionOverPages() {
    try (CannedAws aws =
        CannedAws.inTurn(
            Pages.buckets("next", List.of("eu-west-1", "us-east-1")),
            Pages.buckets("", List.of("eu-west-1", "")))) {
      assertThat(Sessions.on(aws).scanBuckets().outcome().buckets())
          .isEqualTo(
              new Complete<>(
                  new Counts(
                      4,
                      Map.of(
                          "byRegion",
                          new TreeMap<>(
                              Map.of(
                                  "eu-west-1", 2L, "us-east-1", 1L, BucketFacts.UNREPORTED, 1L))),
                      Map.of())));
      assertThat(aws.asked().getLast().parameter("continuation-token")).isEqualTo("next");
    }
  }

  @Test
  void refusesTokensThatLeadInACircle() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.parameter("NextToken")) {
              case "a" -> Pages.instances("b");
              case "b" -> Pages.instances("c");
              case "c" -> Pages.instances("b");
              default -> Pages.instances("a");
            })) {
      assertThat(Sessions.on(aws).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
      assertThat(aws.asked()).hasSizeLessThan(10);
    }
  }

  @Test
  void readsAPageAgainThatWasCutShortAndCountsItOnce() {
    Answer page = Pages.instances("", instance(), instance(), instance());
    try (CannedAws aws = CannedAws.inTurn(page.cutShort(), page)) {
      RegionOutcome outcome = Sessions.on(aws).scanRegion(IRELAND).outcome();

      assertThat(counts(outcome).total()).isEqualTo(3);
      assertThat(outcome.calls())
          .containsExactly(new CallCount("ec2", "DescribeInstances", 2, 1, 0));
    }
  }

  @Test
  void givesARegionUpAtTheFirstThrottleThatOutlastsTheRetries() {
    Answer throttle = Answer.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded.");
    try (CannedAws aws = CannedAws.inTurn(Pages.instances("more", instance()), throttle)) {
      RegionOutcome outcome = Sessions.on(aws).scanRegion(IRELAND).outcome();

      assertThat(outcome.instances())
          .isEqualTo(new Unread<>(Reason.THROTTLED, "RequestLimitExceeded"));
      assertThat(outcome.calls())
          .containsExactly(new CallCount("ec2", "DescribeInstances", 5, 3, 4));
    }
  }

  @Test
  void leavesEachRegionItsOwnRetries() {
    try (CannedAws aws =
        CannedAws.inTurn(Answer.ec2Error(503, "RequestLimitExceeded", "Request limit exceeded."))) {
      AwsRoleSession session = Sessions.on(aws);
      for (int region = 1; region <= 60; region++) {
        assertThat(session.scanRegion(new RegionName("eu-west-" + region)).outcome().calls())
            .containsExactly(new CallCount("ec2", "DescribeInstances", 4, 3, 4));
      }
    }
  }

  @Test
  void tellsAServiceControlPolicyFromTheRolesOwn() {
    try (CannedAws scp = CannedAws.inTurn(Answer.ec2Error(403, "UnauthorizedOperation", SCP));
        CannedAws iam =
            CannedAws.inTurn(
                Answer.ec2Error(
                    403, "UnauthorizedOperation", "because no identity-based policy allows"));
        CannedAws s3 =
            CannedAws.inTurn(
                Answer.s3Error(
                    403, "AccessDenied", "because no service control policy allows the action"))) {
      assertThat(Sessions.on(scp).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.DENIED_BY_SCP, "UnauthorizedOperation"));
      assertThat(Sessions.on(iam).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.DENIED_BY_IAM, "UnauthorizedOperation"));
      assertThat(Sessions.on(s3).scanBuckets().outcome().buckets())
          .isEqualTo(new Unread<>(Reason.DENIED_BY_SCP, "AccessDenied"));
    }
  }

  @Test
  void takesAuthFailureForARegionNotEnabledOnlyIfDescribeRegionsSaysSo() {
    Answer failure = Answer.ec2Error(401, "AuthFailure", "not able to validate the credentials");
    Answer enabled = Pages.regions("us-east-1", "eu-west-1");
    Answer all = Pages.regions("us-east-1", "eu-west-1", "af-south-1");
    try (CannedAws aws =
        new CannedAws(asked -> {
          if (!asked.parameter("Action").equals("DescribeRegions")) {
            return failure;
          }
          return asked.parameter("AllRegions").isEmpty() ? enabled : all;
        })) {
      assertThat(Sessions.on(aws).scanRegion(new RegionName("af-south-1")).outcome().instances())
          .isEqualTo(new Unread<>(Reason.NOT_OPTED_IN, "AuthFailure"));
      assertThat(Sessions.on(aws).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.FAILED, "AuthFailure"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Sign in to the hotel's network</body></html>",
        "<DescribeInstancesResponse/>",
        "<DescribeRegionsResponse><regionInfo/></DescribeRegionsResponse>",
        "<DescribeInstancesResponse><reservationSet/></DescribeInstancesResponse",
        "{\"Reservations\":[]}"
      })
  void neverTakesAnythingElseForARegionWithoutInstances(String body) {
    try (CannedAws aws = CannedAws.inTurn(Answer.ok(body))) {
      assertThat(Sessions.on(aws).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
    }
  }

  @Test
  void neverTakesAnAccountOrARegionThatIsNone() {
    try (CannedAws account = CannedAws.inTurn(Pages.identity("root"));
        CannedAws region = CannedAws.inTurn(Pages.regions("evil.example.com/"))) {
      assertThat(Sessions.on(account).identity())
          .isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
      assertThat(Sessions.on(region).regions())
          .isEqualTo(new Unread<>(Reason.FAILED, "UnreadableAnswer"));
    }
  }

  @Test
  void namesAnErrorByItsStatusWhereTheAnswerDoesNot() {
    try (CannedAws aws = CannedAws.inTurn(new Answer(418, "<html/>", false))) {
      assertThat(Sessions.on(aws).scanRegion(IRELAND).outcome().instances())
          .isEqualTo(new Unread<>(Reason.FAILED, "Http418"));
    }
  }

  @Test
  void saysThatAnEndpointCannotBeReached() {
    URI closed;
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      closed = aws.url();
    }

    assertThat(Sessions.on(closed).scanRegion(IRELAND).outcome().instances())
        .isEqualTo(new Unread<>(Reason.FAILED, "Unreachable"));
  }

  @Test
  void asksInTheNextHomeWhereTheFirstRefuses() {
    try (CannedAws aws =
        new CannedAws(asked ->
            asked.region().equals("eu-west-1")
                ? Answer.ec2Error(403, "UnauthorizedOperation", SCP)
                : Pages.regions("us-east-1"))) {
      assertThat(Sessions.on(aws, "eu-west-1", "us-east-1").regions()).isInstanceOf(Complete.class);
    }
  }

  @Test
  void namesEveryCallOfTheSession() {
    try (CannedAws aws =
        new CannedAws(asked ->
            switch (asked.service()) {
              case "sts" -> Pages.identity("111122223333");
              case "s3" -> Pages.buckets("", List.of("us-east-1"));
              default -> Pages.regions("us-east-1");
            })) {
      AwsRoleSession session = Sessions.on(aws);

      session.identity();
      session.regions();
      session.scanBuckets();

      assertThat(CallCount.of(session.calls()))
          .containsExactly(
              new CallCount("sts", "GetCallerIdentity", 1, 0, 0),
              new CallCount("ec2", "DescribeRegions", 2, 0, 0),
              new CallCount("s3", "ListBuckets", 1, 0, 0));
    }
  }

  @Test
  void signsWithTheSessionAndTellsWhoCalls() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      Sessions.on(aws).scanRegion(IRELAND);

      Asked asked = aws.asked().getFirst();
      assertThat(asked.accessKey()).isEqualTo("ASIACANARY");
      assertThat(asked.region()).isEqualTo("eu-west-1");
      assertThat(asked.service()).isEqualTo("ec2");
      assertThat(asked.userAgent()).startsWith("CloudOperator ");
    }
  }

  @Test
  void cannotMakeAnOperationThatIsNotDeclared() {
    ReadOperation<String> undeclared =
        ReadOperation.minimal(
                Ec2.SERVICE, "DescribeInstanceAttribute", "User data often holds secrets.")
            .parameter("Attribute", "userData")
            .whole(_ -> "");
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""));
        AwsClient client =
            new AwsClient(
                Ec2.SERVICE,
                IRELAND,
                Sessions.CREDENTIALS,
                List.of(BucketReader.LIST_BUCKETS),
                Sessions.transport(aws.url()),
                List.of())) {
      assertThatThrownBy(() -> client.read(undeclared)).hasMessageContaining("not among what");
      assertThatThrownBy(() -> client.read(BucketReader.LIST_BUCKETS))
          .hasMessageContaining("not of ec2");
      assertThat(aws.asked()).isEmpty();
    }
  }

  /** Regions and instances are declared, but to this session they are of a higher tier. */
  @Test
  void refusesWhatIsOfAHigherTierBeforeItLeavesTheProcess() {
    try (CannedAws aws = CannedAws.inTurn(Pages.identity("111122223333"))) {
      AwsRoleSession lesser =
          Sessions.limitedTo(List.of(CallerIdentityReader.GET_CALLER_IDENTITY), aws);

      assertThatThrownBy(() -> lesser.scanRegion(IRELAND))
          .hasMessageStartingWith("DescribeInstances is not among what this session may call");
      assertThatThrownBy(lesser::regions)
          .hasMessageContaining("not among what this session may call");
      assertThatThrownBy(lesser::scanBuckets)
          .hasMessageContaining("not among what this session may call");
      assertThatThrownBy(() -> lesser.discoverApis(IRELAND))
          .hasMessageContaining("not among what this session may call");
      assertThat(aws.asked()).isEmpty();
      assertThat(lesser.calls()).isEmpty();
      assertThat(lesser.identity()).isInstanceOf(Complete.class);
    }
  }

  @Test
  void readsNoApisForAConnectionOfTheMinimalTier() {
    try (CannedAws aws = CannedAws.inTurn(Answer.ok("{\"item\":[]}"))) {
      AwsRoleSession minimal = Sessions.on(aws);

      assertThatThrownBy(() -> minimal.discoverApis(IRELAND))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not among what this session may call");
      assertThat(aws.asked()).isEmpty();
    }
  }

  @Test
  void neverShowsItsCredentials() {
    try (CannedAws aws = CannedAws.inTurn(Pages.instances(""))) {
      assertThat(new AssumeRoleResult.Granted(Sessions.on(aws), 0, List.of()).toString())
          .doesNotContain("ASIACANARY", "canary");
    }
  }

  private static Counts counts(RegionOutcome outcome) {
    return switch (outcome.instances()) {
      case Complete<Counts>(Counts counts, var _) -> counts;
      case Unread<Counts> unread -> throw new AssertionError(unread);
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}

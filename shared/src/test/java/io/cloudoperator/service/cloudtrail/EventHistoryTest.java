package io.cloudoperator.service.cloudtrail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.aws.CannedAws;
import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.CannedAws.Asked;
import io.cloudoperator.call.Reading.Reason;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.reconcile.Event;
import io.cloudoperator.reconcile.Lookup;
import io.cloudoperator.reconcile.Lookup.Gap;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.AwsRoleSession;
import io.cloudoperator.session.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What CloudTrail's LookupEvents answers, page by page. */
class EventHistoryTest {
  private static final ScanId SESSION = new ScanId("01a201d7-0b00-7000-8000-000000000001");
  private static final RoleArn ROLE = new RoleArn("arn:aws:iam::444455556666:role/a/Audit");
  private static final RegionName REGION = new RegionName("eu-west-1");

  private Instant now = Sessions.NOW;
  private final List<Instant> sent = new ArrayList<>();

  @Test
  void asksForTheSessionByItsNameInTheTimeOfTheScan() throws Exception {
    try (CannedAws aws = CannedAws.inTurn(page(Optional.empty()))) {
      lookUp(aws, Optional.empty());

      assertThat(aws.asked()).hasSize(1);
      assertThat(aws.asked().getFirst().region()).isEqualTo("eu-west-1");
      assertThat(aws.asked().getFirst().parameter(CannedAws.TARGET)).endsWith(".LookupEvents");
      assertThat(body(aws.asked().getFirst()))
          .isEqualTo(
              Json.STRICT.readTree(
                  """
                  {"LookupAttributes":[{"AttributeKey":"Username","AttributeValue":"%s"}],
                   "StartTime":1767225300,"EndTime":1767226200,"MaxResults":50}\
                  """
                      .formatted(SESSION)));
    }
  }

  @Test
  void readsAllPagesAlsoAfterAnEmptyOne() throws Exception {
    try (CannedAws aws =
        CannedAws.inTurn(
            page(Optional.of("two"), call("1")),
            page(Optional.of("three")),
            page(Optional.empty(), call("2"), call("3")))) {
      Lookup found = lookUp(aws, Optional.empty());

      assertThat(found.gap()).isEmpty();
      assertThat(found.events().events()).extracting(Event::id).containsExactly("1", "2", "3");
      assertThat(body(aws.asked().getLast()).path("NextToken").textValue()).isEqualTo("three");
      assertThat(body(aws.asked().getLast()).at("/LookupAttributes/0/AttributeValue").textValue())
          .isEqualTo(SESSION.value());
    }
  }

  @Test
  void countsWhatIsNoEventAndReadsOn() {
    ObjectNode noText = Json.STRICT.createObjectNode().put("EventId", "x");
    ObjectNode number = Json.STRICT.createObjectNode().put("CloudTrailEvent", 1);
    try (CannedAws aws =
        CannedAws.inTurn(
            page(
                Optional.empty(),
                text("{\"eventVersion\":"),
                text("[]"),
                text(""),
                noText,
                number,
                call("1")))) {
      Lookup found = lookUp(aws, Optional.empty());

      assertThat(found.gap()).isEmpty();
      assertThat(found.events().events()).extracting(Event::id).containsExactly("1");
      assertThat(found.events().unreadable()).isEqualTo(5);
    }
  }

  /** An event is of 256 KB at most, and no other text of an answer may be as long as that. */
  @Test
  void readsAnEventAsLargeAsThereIs() {
    ObjectNode large = event("1");
    large.putObject("requestParameters").put("filler", "x".repeat(250_000));
    try (CannedAws aws = CannedAws.inTurn(page(Optional.empty(), text(large.toString())))) {
      assertThat(lookUp(aws, Optional.empty()).events().events())
          .extracting(Event::id)
          .containsExactly("1");
    }
  }

  @Test
  void saysThatAnAnswerWithoutEventsIsNone() {
    try (CannedAws aws = CannedAws.inTurn(Answer.ok("{}"))) {
      assertThat(lookUp(aws, Optional.empty()).gap())
          .contains(new Gap(REGION, Reason.FAILED, "UnreadableAnswer"));
    }
  }

  @Test
  void keepsWhatWasReadBeforeAwsRefused() {
    List<Answer> answers =
        List.of(
            page(Optional.of("two"), call("1")),
            Answer.jsonError(400, "ThrottlingException", "Rate exceeded"));
    try (CannedAws aws = CannedAws.inTurn(answers.toArray(Answer[]::new))) {
      Lookup found = lookUp(aws, Optional.empty());

      assertThat(found.events().events()).hasSize(1);
      assertThat(found.gap()).contains(new Gap(REGION, Reason.THROTTLED, "ThrottlingException"));
    }
  }

  @Test
  void followsNoTokensInACircle() {
    try (CannedAws aws = CannedAws.inTurn(page(Optional.of("again"), call("1")))) {
      Lookup found = lookUp(aws, Optional.empty());

      assertThat(found.gap()).contains(new Gap(REGION, Reason.FAILED, "UnreadableAnswer"));
      assertThat(found.events().events()).hasSize(1);
    }
  }

  /** It is a call of another account, so no event of it has the session for its user. */
  @Test
  void findsWhatBeganTheSessionByItsRole() {
    try (CannedAws aws =
        answering(attribute ->
            switch (attribute) {
              case "Username" -> page(Optional.empty(), call("1"));
              case "ResourceName" ->
                  page(Optional.empty(), call("1"), assumed("2", SESSION.value(), ROLE));
              default -> throw new AssertionError(attribute);
            })) {
      assertThat(lookUp(aws, Optional.of(ROLE)).events().events())
          .extracting(Event::id)
          .containsExactly("1", "2");
      assertThat(body(aws.asked().getLast()).at("/LookupAttributes/0/AttributeValue").textValue())
          .isEqualTo(ROLE.value());
    }
  }

  @Test
  void looksForWhatBeganTheSessionByItsNameWhereTheRoleDoesNotLeadToIt() {
    try (CannedAws aws =
        CannedAws.inTurn(
            page(Optional.empty(), call("1")),
            page(Optional.empty(), assumed("2", "another", ROLE)),
            page(Optional.empty(), assumed("3", SESSION.value(), ROLE)))) {
      assertThat(lookUp(aws, Optional.of(ROLE)).events().events())
          .extracting(Event::id)
          .containsExactly("1", "2", "3");
      assertThat(aws.asked())
          .extracting(asked -> body(asked).at("/LookupAttributes/0").toString())
          .last()
          .isEqualTo(
              "{\"AttributeKey\":\"ResourceName\",\"AttributeValue\":\"%s\"}".formatted(SESSION));
    }
  }

  /** Whatever is asked for names our session or our role: what others assume is not seen. */
  @Test
  void asksForNothingOfOthersAlsoWhereNothingIsFound() {
    try (CannedAws aws = answering(_ -> page(Optional.empty()))) {
      assertThat(lookUp(aws, Optional.of(ROLE)).gap()).isEmpty();

      assertThat(aws.asked())
          .extracting(asked -> body(asked).at("/LookupAttributes/0/AttributeValue").textValue())
          .containsExactly(SESSION.value(), ROLE.value(), SESSION.value());
      assertThat(aws.asked())
          .allMatch(asked -> body(asked).path("LookupAttributes").size() == 1)
          .allMatch(asked -> body(asked).hasNonNull("StartTime"));
    }
  }

  @Test
  void asksNoFurtherPageOnceTimeIsUp() {
    try (CannedAws aws =
        new CannedAws(asked -> {
          now = now.plusSeconds(8);
          return page(Optional.of("after-" + now), call(now.toString()));
        })) {
      Lookup found = lookUp(aws, Optional.empty());

      assertThat(found.gap()).contains(new Gap(REGION, Reason.FAILED, "OutOfTime"));
      assertThat(found.events().events()).hasSize(3);
      assertThat(aws.asked()).hasSize(3);
    }
  }

  @Test
  void asksNoSecondQuestionOnceTimeIsUp() {
    try (CannedAws aws =
        new CannedAws(_ -> {
          now = now.plusSeconds(22);
          return page(Optional.empty(), call("1"));
        })) {
      Lookup found = lookUp(aws, Optional.of(ROLE));

      assertThat(found.gap()).contains(new Gap(REGION, Reason.FAILED, "OutOfTime"));
      assertThat(found.events().events()).extracting(Event::id).containsExactly("1");
      assertThat(aws.asked()).hasSize(1);
    }
  }

  @Test
  void neverSendsAThirdRequestInASecond() {
    List<String> left = new ArrayList<>(List.of("2", "3", "4", "5", "6", "7", "8", "9"));
    try (CannedAws aws =
        new CannedAws(_ -> {
          sent.add(now);
          return page(left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst()));
        })) {
      lookUp(aws, Optional.empty());
    }

    assertThat(sent).hasSize(9);
    for (int i = 0; i + 2 < sent.size(); i++) {
      assertThat(Duration.between(sent.get(i), sent.get(i + 2)))
          .isGreaterThan(Duration.ofSeconds(1));
    }
    assertThat(Duration.between(sent.getFirst(), sent.getLast()))
        .isCloseTo(Duration.ofNanos((long) (8 / 1.8 * 1e9)), Duration.ofMillis(1));
  }

  @Test
  void isRefusedToASessionThatScans() {
    try (CannedAws aws = CannedAws.inTurn(page(Optional.empty()))) {
      AwsRoleSession scanning = Sessions.audit(aws);

      assertThatThrownBy(() -> scanning.lookUp(question(Optional.empty())))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(aws.asked()).isEmpty();
    }
  }

  private Lookup lookUp(CannedAws aws, Optional<RoleArn> assumed) {
    return new AwsRoleSession(
            Sessions.CREDENTIALS,
            Manifest.operations(Tier.AUDIT, SessionPhase.VERIFY),
            List.of(new RegionName("us-east-1")),
            Sessions.transport(aws),
            () -> now,
            wait -> now = now.plus(wait))
        .lookUp(question(assumed))
        .outcome();
  }

  private static EventHistoryRequest question(Optional<RoleArn> assumed) {
    return new EventHistoryRequest(
        REGION,
        SESSION,
        assumed,
        Sessions.NOW.minusSeconds(300),
        Sessions.NOW.plusSeconds(600),
        Sessions.NOW.plusSeconds(22));
  }

  private static CannedAws answering(Function<String, Answer> byAttribute) {
    return new CannedAws(
        asked -> byAttribute.apply(body(asked).at("/LookupAttributes/0/AttributeKey").textValue()));
  }

  private static JsonNode body(Asked asked) {
    try {
      return Json.STRICT.readTree(asked.parameter(CannedAws.BODY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer page(Optional<String> next, ObjectNode... events) {
    ObjectNode page = Json.STRICT.createObjectNode();
    ArrayNode list = page.putArray("Events");
    for (ObjectNode event : events) {
      list.add(event);
    }
    next.ifPresent(token -> page.put("NextToken", token));
    return Answer.ok(page.toString());
  }

  private static ObjectNode text(String event) {
    return Json.STRICT.createObjectNode().put("EventId", "x").put("CloudTrailEvent", event);
  }

  private static ObjectNode call(String id) {
    return text(event(id).toString());
  }

  private static ObjectNode event(String id) {
    return Json.STRICT
        .createObjectNode()
        .put("eventID", id)
        .put("eventTime", "2026-01-01T00:00:00Z")
        .put("eventName", "DescribeInstances")
        .put("eventSource", "ec2.amazonaws.com")
        .put("awsRegion", "eu-west-1");
  }

  private static ObjectNode assumed(String id, String session, RoleArn role) {
    ObjectNode event =
        event(id).put("eventName", "AssumeRole").put("eventSource", "sts.amazonaws.com");
    event
        .putObject("requestParameters")
        .put("roleArn", role.value())
        .put("roleSessionName", session);
    return text(event.toString());
  }
}

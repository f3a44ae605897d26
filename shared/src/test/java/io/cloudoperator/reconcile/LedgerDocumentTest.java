package io.cloudoperator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.call.Call;
import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.scan.Ledger;
import io.cloudoperator.scan.ScanId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerDocumentTest {
  private static final Instant BEGUN = Instant.parse("2026-11-22T06:00:00Z");
  private static final String WRITTEN =
      """
      {"connection":"con-00000000000000000000000000000001","account":"444455556666",\
      "tier":"minimal","brokerAccount":"111122223333","asOf":"2026-11-22T09:00:00Z",\
      "sessionPolicy":{"Version":"2012-10-17"},"sessions":[{\
      "session":"01a201d7-0b00-7000-8000-000000000001","kind":"scan",\
      "begunAt":"2026-11-22T06:00:00Z","calls":[{"at":"2026-11-22T06:00:00Z",\
      "region":"eu-central-1","service":"ec2","operation":"DescribeRegions",\
      "requestId":"r-1","status":200,"errorCode":"","throttled":false,"retry":false}]}]}\
      """;

  private static LedgerDocument document() throws JsonProcessingException {
    return new LedgerDocument(
        new ConnectionId("con-00000000000000000000000000000001"),
        Optional.of(new AccountId("444455556666")),
        Tier.MINIMAL,
        new AccountId("111122223333"),
        Instant.parse("2026-11-22T09:00:00Z"),
        Json.STRICT.readTree("{\"Version\":\"2012-10-17\"}"),
        Optional.empty(),
        List.of(
            new Ledger(
                new ScanId("01a201d7-0b00-7000-8000-000000000001"),
                Ledger.Kind.SCAN,
                BEGUN,
                List.of(
                    new Call(
                        BEGUN,
                        "eu-central-1",
                        "ec2",
                        "DescribeRegions",
                        "r-1",
                        200,
                        "",
                        false,
                        false)))),
        Optional.empty());
  }

  @Test
  void isWrittenAsItIsPublished() throws JsonProcessingException {
    assertThat(Json.write(document())).isEqualTo(WRITTEN);
  }

  @Test
  void isReadBackAsItWasWritten() throws Exception {
    assertThat(Fixtures.document(WRITTEN)).isEqualTo(document());
  }

  @Test
  void mayHaveANextPageAndNoAccountYet() throws Exception {
    String first =
        WRITTEN
            .replace("\"account\":\"444455556666\",", "")
            .replace("\"asOf\"", "\"next\":\"abc\",\"asOf\"");

    assertThat(Fixtures.document(first).account()).isEmpty();
    assertThat(Fixtures.document(first).next()).contains("abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"tier\":\"minimal\", | `` | \"tier\" is missing",
        "\"minimal\" | \"maximal\" | \"tier\" is missing, or not of the form",
        "con-0000 | con-000x | \"connection\" is missing, or not of the form",
        "2026-11-22T09:00:00Z | yesterday | \"asOf\" is missing, or not of the form",
        "\"sessions\":[ | \"sessions\":[1, | \"sessions[0]\" is missing",
        "\"kind\":\"scan\", | `` | \"sessions[0].kind\" is missing",
        "\"kind\":\"scan\" | \"kind\":\"audit\" | \"sessions[0].kind\" is missing, or not of the form",
        "\"status\":200, | `` | \"sessions[0].calls[0].status\" is missing",
        "\"status\":200 | \"status\":200,\"secret\":1 | \"sessions[0].calls[0].secret\", which is unknown",
        "\"errorCode\":\"\" | \"errorCode\":null | \"sessions[0].calls[0].errorCode\" is missing",
        "\"tier\":\"minimal\" | \"tier\":\"minimal\",\"tier\":\"minimal\" | twice",
        "\"kind\":\"scan\" | \"kind\":\"scan\",\"kind\":\"scan\" | twice",
        "\"tier\":\"minimal\" | \"tier\":\"minimal\",\"colour\":\"red\" | \"colour\"",
        "\"kind\":\"scan\" | \"kind\":\"scan\",\"colour\":\"red\" | \"sessions[0].colour\"",
        "]}]} | ]}] | cut short",
      })
  void isRefusedIfItIsNotAsItWasWritten(String part, String instead, String why) {
    assertThat(WRITTEN).contains(part);
    assertThatThrownBy(() -> Fixtures.document(WRITTEN.replace(part, instead)))
        .isInstanceOf(TrailException.class)
        .hasMessageStartingWith("the ledger: ")
        .hasMessageContaining(why);
  }

  @Test
  void isRefusedIfATextOfACallIsLongerThanAnyCanBe() throws Exception {
    String longest = "r".repeat(1_024);

    assertThat(Fixtures.document(WRITTEN.replace("r-1", longest)).sessions()).hasSize(1);
    assertThatThrownBy(() -> Fixtures.document(WRITTEN.replace("r-1", longest + "r")))
        .isInstanceOf(TrailException.class)
        .hasMessageContaining("a text of more than 1024 characters");
  }

  @Test
  void isOneOfAllThatAreInAFile() throws Exception {
    assertThat(Fixtures.document(WRITTEN + "\n" + WRITTEN)).isEqualTo(document());
  }

  @Test
  void isKnownWithItsMembersInOrderOfTheirNames() throws Exception {
    JsonNode sorted = Json.STRICT.readTree(WRITTEN);
    ObjectNode ledger = Json.STRICT.createObjectNode();
    sorted.properties().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(member -> ledger.set(member.getKey(), member.getValue()));

    assertThat(Fixtures.document(ledger.toPrettyString())).isEqualTo(document());
  }

  @ParameterizedTest
  @ValueSource(strings = {"brokerAccount", "sessionPolicy", "sessions", "tier"})
  void isKnownByWhicheverMemberComesFirst(String member) throws Exception {
    ObjectNode written = (ObjectNode) Json.STRICT.readTree(WRITTEN);
    ObjectNode ledger = Json.STRICT.createObjectNode();
    ledger.set(member, written.get(member));
    ledger.setAll(written);

    assertThat(Fixtures.document(ledger + "\n" + ledger)).isEqualTo(document());
  }

  @Test
  void leavesOutHowManyLedgersCannotBeRead() throws Exception {
    assertThat(Fixtures.document(WRITTEN.replaceFirst("}$", ",\"unreadable\":2}")))
        .isEqualTo(document());
  }
}

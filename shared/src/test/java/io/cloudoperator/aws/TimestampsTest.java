package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-02-29T23:59:59.999Z",
        "1970-01-01T00:00:00.000Z",
        "2024-01-01T12:00:00Z",
        "2024-01-01T12:00:00.123456Z",
        "2024-01-01T12:00:00.000+02:00",
        "2024-01-01T12:00Z"
      })
  void readsATimeAsTheJdkDoes(String text) {
    assertThat(Timestamps.iso(text)).contains(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2023-02-29T00:00:00.000Z",
        "2024-13-01T00:00:00.000Z",
        "2024-01-01T24:00:00.000Z",
        "2024-01-01T12:60:00.000Z",
        "2024-01-01T12:00:60.000Z",
        "2024-01-01T12:00:00.0x0Z",
        "2024-01-01 12:00:00.000Z",
        "2024-01-01T12:00:00.000",
        "２024-01-01T12:00:00.000Z"
      })
  void findsNoTimeWhereThereIsNone(String text) {
    assertThat(Timestamps.iso(text)).isEmpty();
  }

  @Test
  void readsTheTimeOfAReason() {
    Optional<Instant> noon = Optional.of(Instant.parse("2024-01-01T12:00:00Z"));

    assertThat(Timestamps.ofReason("User initiated (2024-01-01 12:00:00 GMT)")).isEqualTo(noon);
    assertThat(Timestamps.ofReason("(x) by (2024-01-01 12:00:00 UTC) or so")).isEqualTo(noon);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "User initiated",
        "Server.SpotInstanceTermination: Spot instance termination",
        "(2024-01-01 12:00:00 CET)",
        "(2024-01-01T12:00:00 GMT)",
        "(2024-02-30 12:00:00 GMT)",
        "(2024-01-01 12:00:00 GMT"
      })
  void findsNoTimeInAReasonWithoutOne(String reason) {
    assertThat(Timestamps.ofReason(reason)).isEmpty();
  }
}

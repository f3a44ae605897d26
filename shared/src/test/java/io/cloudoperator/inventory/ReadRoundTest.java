package io.cloudoperator.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadRoundTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void takesTheFirst48BitsOfADigestForTheFingerprintOfAName() {
    // printf resize | sha256sum
    assertThat(ReadRound.fingerprint("resize")).isEqualTo(0xacd532d8913eL);
  }

  @Test
  void keepsFingerprintsInOrderAndSixBytesOfEach() {
    ReadRound round = ReadRound.of(NOON, List.of(0xffff_ffff_ffffL, 1L, 0x8000_0000L));

    assertThat(round.items()).isEqualTo("AAAAAAABAACAAAAA////////");
    assertThat(round.fingerprints()).containsExactlyInAnyOrder(1L, 0x8000_0000L, 0xffff_ffff_ffffL);
  }

  @Test
  void refusesWhatIsDamaged() {
    assertThatThrownBy(() -> new ReadRound(NOON, "AAAA!").fingerprints())
        .isInstanceOf(IllegalArgumentException.class);
  }
}

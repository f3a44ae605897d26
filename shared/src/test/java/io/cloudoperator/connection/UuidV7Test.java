package io.cloudoperator.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UuidV7Test {
  private static final Instant NOW = Instant.ofEpochMilli(0x0123456789abL);

  /** RFC 9562, section 5.7. */
  @Test
  void beginsWithTheTimeAndHasItsVersionAndItsVariantWhateverIsRandom() {
    RandomGenerator ones = () -> -1L;
    RandomGenerator zeros = () -> 0L;

    assertThat(UuidV7.at(NOW, ones)).isEqualTo("01234567-89ab-7fff-bfff-ffffffffffff");
    assertThat(UuidV7.at(NOW, zeros)).isEqualTo("01234567-89ab-7000-8000-000000000000");
  }

  @Test
  void isToldFromOtherVersionsAndFromUpperCase() {
    assertThat(UuidV7.is("01234567-89ab-7fff-bfff-ffffffffffff")).isTrue();
    assertThat(UuidV7.is("01234567-89ab-4fff-bfff-ffffffffffff")).isFalse();
    assertThat(UuidV7.is("01234567-89AB-7fff-bfff-ffffffffffff")).isFalse();
  }
}

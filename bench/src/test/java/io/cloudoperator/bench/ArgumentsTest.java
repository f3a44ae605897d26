package io.cloudoperator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void runsAllTablesUnlessSomeAreNamed() {
    assertThat(Arguments.read().tables()).isEqualTo(BenchTable.ALL);
    assertThat(Arguments.read("--quick", "e", "a").tables())
        .extracting(BenchTable::name)
        .containsExactly("a", "e");
  }

  @Test
  void saysWhichTablesThereAre() {
    assertThatThrownBy(() -> Arguments.read("z"))
        .hasMessageStartingWith("There is no table z; there are a, ");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    assertThatThrownBy(() -> Arguments.read("--fast"))
        .hasMessage("There is no option --fast; there are --quick and --help.");
  }

  @Test
  void givesEachTableANameOfItsOwn() {
    assertThat(BenchTable.ALL).extracting(BenchTable::name).doesNotHaveDuplicates();
  }
}

package io.cloudoperator.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
  private final CommandLine line = BenchCommand.commandLine();

  @Test
  void runsAllTablesUnlessSomeAreNamed() {
    assertThat(tables()).containsExactly(BenchTable.values());
    assertThat(tables("--quick", "e", "a")).containsExactly(BenchTable.A, BenchTable.E);
  }

  @Test
  void refusesATableThatThereIsNotAndSaysWhichThereAre() {
    StringWriter said = new StringWriter();
    line.setErr(new PrintWriter(said));

    assertThat(line.execute("z")).isEqualTo(2);
    assertThat(said.toString())
        .contains("'z'", "  a  One page of 1,000 instances", "  h  The audit tier");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    assertThatThrownBy(() -> tables("--fast")).hasMessage("Unknown option: '--fast'");
  }

  private List<BenchTable> tables(String... arguments) {
    line.parseArgs(arguments);
    return line.<BenchCommand>getCommand().tables();
  }
}

package io.cloudoperator.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerTest {
  private static final Path ROOT = Path.of(System.getProperty("repository.root", ".."));
  private static final Path SCRIPTS = ROOT.resolve("bench/peers");

  static Iterable<Peer> peers() {
    return Peer.ALL;
  }

  @ParameterizedTest
  @MethodSource("peers")
  void isOfTheSameVersionsInEveryRun(Peer peer) throws Exception {
    assertThat(Files.readAllLines(SCRIPTS.resolve(peer.requirements())))
        .isNotEmpty()
        .allMatch(line -> line.matches("[A-Za-z0-9_.-]+==[0-9][A-Za-z0-9.]*"));
  }

  @ParameterizedTest
  @MethodSource("peers")
  void hasAScript(Peer peer) {
    assertThat(SCRIPTS.resolve(peer.script())).isRegularFile();
  }

  @Test
  void isComparedToAReaderThatIsStartedAsTheCommandIs() throws Exception {
    assertThat(Files.readString(ROOT.resolve("cloudoperator")))
        .contains(PeerScans.LAUNCHERS_OPTIONS);
  }
}

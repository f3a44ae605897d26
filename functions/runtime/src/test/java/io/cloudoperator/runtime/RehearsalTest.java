package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cloudoperator.scan.InstanceCounts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  /** What is not in the made-up instance is not rehearsed. */
  @Test
  void readsEverythingThatIsCountedOfAnInstance() {
    InstanceCounts counts = Rehearsal.readAccount();

    assertThat(counts.total()).isEqualTo(1);
    assertThat(counts.byState()).isEqualTo(Map.of("stopped", 1L));
    assertThat(counts.byFamily()).isEqualTo(Map.of("m5", 1L));
    assertThat(counts.byArchitecture()).isEqualTo(Map.of("x86_64", 1L));
    assertThat(counts.byPlatform()).isEqualTo(Map.of("Linux/UNIX", 1L));
    assertThat(counts.byTenancy()).isEqualTo(Map.of("default", 1L));
    assertThat(counts.imdsV1Allowed()).isEqualTo(1);
    assertThat(counts.publicIpv4()).isEqualTo(1);
    assertThat(counts.noInstanceProfile()).isZero();
    assertThat(counts.launchWizardGroup()).isEqualTo(1);
  }

  @Test
  void goesAllTheWayToTheCipher() {
    assertThatCode(Rehearsal::openReference).doesNotThrowAnyException();
  }
}

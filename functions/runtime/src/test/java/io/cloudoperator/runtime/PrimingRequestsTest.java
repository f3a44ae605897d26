package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.cloudoperator.metric.Counts;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrimingRequestsTest {
  /** What is not in the made-up instance is not rehearsed. */
  @Test
  void readsEverythingThatIsCountedOfAnInstance() {
    Counts counts = PrimingRequests.readAccount();

    assertThat(counts.total()).isEqualTo(1);
    assertThat(counts.by("byState")).isEqualTo(Map.of("stopped", 1L));
    assertThat(counts.by("byFamily")).isEqualTo(Map.of("m5", 1L));
    assertThat(counts.by("byArchitecture")).isEqualTo(Map.of("x86_64", 1L));
    assertThat(counts.by("byPlatform")).isEqualTo(Map.of("Linux/UNIX", 1L));
    assertThat(counts.by("byTenancy")).isEqualTo(Map.of("default", 1L));
    assertThat(counts.metric("imdsV1Allowed")).hasValue(1);
    assertThat(counts.metric("publicIpv4")).hasValue(1);
    assertThat(counts.metric("noInstanceProfile")).hasValue(0);
    assertThat(counts.metric("launchWizardGroup")).hasValue(1);
  }

  @Test
  void goesAllTheWayToTheCipher() {
    assertThatCode(PrimingRequests::openReference).doesNotThrowAnyException();
  }
}

package io.cloudoperator.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.ExternalId;
import java.security.SecureRandom;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WiringTest {
  private final Settings settings = Settings.of(Map.of("AWS_REGION", "us-east-1"));
  private final Wiring wiring =
      new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly());

  /** One that was made in init would be the same in every instance that SnapStart restores. */
  @Test
  void makesANewSecureSourceEachTimeItIsAsked() {
    SecureRandom first = wiring.random().get();

    assertThat(first).isExactlyInstanceOf(SecureRandom.class);
    assertThat(wiring.random().get()).isNotSameAs(first);
  }

  @Test
  void makesAnExternalIdOfItsOwnEachTimeItIsAsked() {
    assertThat(Stream.generate(wiring.externalIds()).limit(1000).map(ExternalId::value))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches(ExternalId.ISSUED));
  }
}

package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.platform.gateway.HttpApiGateway;
import io.cloudoperator.runtime.AnswerSize;
import org.junit.jupiter.api.Test;

/** Neither of the two may depend on the other: functions keep to what the laptop enforces. */
class PayloadLimitTest {
  @Test
  void isTheSameForFunctionsAndForTheGateway() {
    assertThat(AnswerSize.LARGEST).isEqualTo(HttpApiGateway.LARGEST_PAYLOAD);
    assertThat(AnswerSize.ROOM).isLessThan(AnswerSize.LARGEST);
  }
}

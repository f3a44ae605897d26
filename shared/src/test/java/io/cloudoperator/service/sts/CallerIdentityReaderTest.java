package io.cloudoperator.service.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.aws.CannedAws.Answer;
import io.cloudoperator.aws.Pages;
import io.cloudoperator.connection.AccountId;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerIdentityReaderTest {
  @Test
  void readsWhoseAccountItIs() throws IOException {
    assertThat(
            Pages.identity("111122223333").readBy(CallerIdentityReader.GET_CALLER_IDENTITY).value())
        .isEqualTo(new AccountId("111122223333"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<GetCallerIdentityResponse/>",
        "<GetCallerIdentityResponse><Other><Account>111122223333</Account></Other></GetCallerIdentityResponse>",
        "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>1</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
      })
  void takesNoOtherAnswerForAnAccount(String answer) {
    assertThatThrownBy(() -> Answer.ok(answer).readBy(CallerIdentityReader.GET_CALLER_IDENTITY))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

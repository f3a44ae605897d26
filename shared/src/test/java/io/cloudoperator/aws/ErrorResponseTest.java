package io.cloudoperator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpResponse;

final class ErrorResponseTest {
  private static final String SAID = "with an explicit deny in a service control policy. Encoded: ";

  // 10,240 is what DecodeAuthorizationMessage takes:
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_DecodeAuthorizationMessage.html
  private static final List<String> FORMS =
      List.of(
          "<Response><Errors><Error><Code>Denied</Code><Message>MESSAGE</Message></Error></Errors><RequestID>r</RequestID></Response>",
          "<Response><Errors><Error><Message>MESSAGE</Message><Code>Denied</Code></Error></Errors><RequestID>r</RequestID></Response>",
          "<ErrorResponse><Error><Type>Sender</Type><Detail>MESSAGE&amp;MESSAGE</Detail><Code>Denied</Code><Message>MESSAGE</Message></Error><RequestId>r</RequestId></ErrorResponse>",
          "<Error><Code>Denied</Code><Message>MESSAGE</Message><RequestId>r</RequestId></Error>",
          "{\"__type\":\"ns#Denied\",\"message\":\"MESSAGE\"}",
          "{\"Message\":\"MESSAGE\",\"code\":\"Denied\"}",
          "{\"detail\":\"\\\"\\u00e9MESSAGE\\\\\",\"message\":\"MESSAGE\",\"code\":\"Denied\"}");

  static Stream<Arguments> longAnswers() {
    return Stream.of(10_240, 100_000, 1_000_000)
        .flatMap(length -> FORMS.stream().map(form -> Arguments.of(length, form)));
  }

  @ParameterizedTest
  @MethodSource("longAnswers")
  void keepsTheCodeWhateverTheLengthOfTheMessage(int length, String form) {
    ErrorResponse error = read(form.replace("MESSAGE", SAID + "é".repeat(length)));

    assertThat(error.code()).isEqualTo("Denied");
    assertThat(error.message().startsWith(SAID)).isTrue();
    assertThat(error.message().length()).isLessThan(20_000);
  }

  @Test
  void keepsWhatCameBeforeTheAnswerBroke() {
    assertThat(read("<Error><Code>Denied</Code><Message>no").code()).isEqualTo("Denied");
    assertThat(read("{\"__type\":\"Denied\",\"message\":\"n").code()).isEqualTo("Denied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html><body>Sign in</body></html>", "{", "[]", "no"})
  void readsNothingFromWhatIsNoError(String answer) {
    assertThat(read(answer).code()).isEmpty();
  }

  private static ErrorResponse read(String answer) {
    return ErrorResponse.read(
        SdkHttpResponse.builder().statusCode(403).build(),
        new ByteArrayInputStream(answer.getBytes(UTF_8)));
  }
}

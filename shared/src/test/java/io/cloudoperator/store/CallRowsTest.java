package io.cloudoperator.store;

import static io.cloudoperator.store.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudoperator.call.Call;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;

class CallRowsTest {
  private static final Random RANDOM = new Random(11);

  @Test
  void readsWhatItWrote() {
    List<Call> calls =
        List.of(
            new Call(NOW, "us-east-1", "sts", "AssumeRole", "id", 200, "", false, false),
            // Clocks can go back.
            new Call(NOW.minusSeconds(5), "eu-west-1", "ec2", "A", "", 0, "", false, false),
            new Call(NOW, "eu-west-1", "ec2", "A", "x", 503, "Throttling", true, true));

    assertThat(CallRows.read(CallRows.write(calls))).isEqualTo(calls);
    assertThat(CallRows.read(CallRows.write(List.of()))).isEmpty();
  }

  @Test
  void keepsWhateverAnEndpointAnswers() {
    String odd = "a\tb\\c\nd\re\\t\u2028é\u0085";
    List<Call> calls =
        List.of(new Call(NOW, "us-east-1", "s3", "ListBuckets", odd, 400, odd, false, false));

    assertThat(CallRows.read(CallRows.write(calls))).isEqualTo(calls);
  }

  @Test
  void refusesWhatItDidNotWrite() {
    assertThatThrownBy(() -> CallRows.read(SdkBytes.fromUtf8String("us-east-1")))
        .isInstanceOf(IllegalStateException.class);
  }

  /** What docs/decisions/011-ledger.md says of the size. */
  @ParameterizedTest
  @CsvSource({"1, 90", "34, 30", "1000, 27"})
  void takesAFewBytesACall(int calls, int mostOfEach) {
    int bytes = CallRows.write(scan(calls)).asByteArrayUnsafe().length;

    assertThat(bytes).isLessThanOrEqualTo(calls * mostOfEach);
  }

  /** Calls as a scan makes them: several regions side by side, some pages in each. */
  private static List<Call> scan(int calls) {
    return IntStream.range(0, calls)
        .mapToObj(number ->
            new Call(
                NOW.plus(Duration.ofMillis(number * 7L + RANDOM.nextInt(7))),
                "eu-west-" + RANDOM.nextInt(34),
                "ec2",
                "DescribeInstances",
                new UUID(RANDOM.nextLong(), RANDOM.nextLong()).toString(),
                200,
                "",
                false,
                false))
        .toList();
  }
}

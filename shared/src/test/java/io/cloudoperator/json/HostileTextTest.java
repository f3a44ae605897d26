package io.cloudoperator.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.connection.AccountId;
import io.cloudoperator.connection.ConnectionId;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Partition;
import io.cloudoperator.connection.RegionName;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.connection.TenantId;
import io.cloudoperator.policy.PolicyDocument;
import io.cloudoperator.scan.ScanId;
import io.cloudoperator.service.ApiKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever sends a text chooses its length and what repeats itself in it. Each of our forms refuses
 * what it does not take with the exception that it declares, on a stack of 256 KB.
 */
class HostileTextTest {
  private static final Map<String, Function<String, Object>> FORMS =
      Map.ofEntries(
          Map.entry("RoleArn", RoleArn::new),
          Map.entry("ExternalId", ExternalId::new),
          Map.entry("RegionName", RegionName::new),
          Map.entry("TenantId", TenantId::new),
          Map.entry("AccountId", AccountId::new),
          Map.entry("ConnectionId", ConnectionId::new),
          Map.entry("ScanId", ScanId::new),
          Map.entry("Partition", Partition::new),
          Map.entry("ApiId", ApiKinds::id),
          Map.entry("ApiId of any kind", ApiKinds::idOfAnyKind),
          Map.entry("PolicyDocument", PolicyDocument::read));

  private static final List<String> BEGINNINGS =
      List.of(
          "",
          "arn:aws:iam::111122223333:role/",
          "arn:aws-",
          "eu-central-1/rest/",
          "eu-central-1",
          "{\"Statement\":[",
          "{\"Statement\":");

  private static final List<String> PARTS =
      List.of(
          "a",
          "a/",
          "/",
          "-a",
          "-",
          "a.",
          ".",
          ":",
          "::",
          " ",
          "0",
          "[",
          "{\"a\":",
          "\"",
          "\\",
          "*",
          "{\"Effect\":\"Allow\"},",
          "\u0000",
          "\u00E9",
          "\uD83D\uDE80",
          "\uD800",
          "1e9");

  static Stream<String> forms() {
    return FORMS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void endsInTheExceptionThatIsDeclared(String name) throws Exception {
    Function<String, Object> form = Objects.requireNonNull(FORMS.get(name));
    List<String> failures = new ArrayList<>();
    Random random = new Random(4);
    Thread smallStack =
        new Thread(
            null,
            () -> {
              for (String text : texts(random)) {
                try {
                  var _ = form.apply(text);
                } catch (IllegalArgumentException _) {
                  // As it declares.
                } catch (RuntimeException | StackOverflowError e) {
                  failures.add(e + " for " + text.substring(0, Math.min(60, text.length())));
                }
              }
            },
            "small stack",
            256 << 10);
    smallStack.start();
    smallStack.join();

    assertThat(failures).isEmpty();
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (String beginning : BEGINNINGS) {
      for (String part : PARTS) {
        for (int times : new int[] {1, 64, 900, 50_000}) {
          texts.add(beginning + part.repeat(times));
        }
      }
      for (int i = 0; i < 200; i++) {
        StringBuilder mixed = new StringBuilder(beginning);
        random
            .ints(random.nextInt(40), 0, PARTS.size())
            .forEach(each -> mixed.append(PARTS.get(each)));
        texts.add(mixed.toString());
      }
    }
    return texts;
  }
}

package io.cloudoperator.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JsonReaderTest {
  private static final String PAGE =
      """
      {"skipped":{"deep":[1,[2,{"x":"}"}]]},"items":[{"name":"a","on":true,"rate":1.5},
      {"name":"\\u00e9","secret":"never","on":null}],"nextToken":"t"}\
      """;

  record Item(String name, boolean on) {}

  private static List<Item> items(InputStream answer) throws IOException {
    JsonReader json = JsonReader.open(answer);
    List<Item> items = new ArrayList<>();
    for (int level = json.enter(); json.next(level); ) {
      if (json.name().equals("items")) {
        for (int each = json.enterList(); json.next(each); ) {
          String name = "";
          boolean on = false;
          for (int item = json.enterObject(); json.next(item); ) {
            switch (json.name()) {
              case "name" -> name = json.text();
              case "on" -> on = json.flag();
              default -> {}
            }
          }
          items.add(new Item(name, on));
        }
      }
    }
    return items;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Test
  void readsWhatIsAskedForAndSkipsTheRest() throws IOException {
    assertThat(items(stream(PAGE))).containsExactly(new Item("a", true), new Item("é", false));
  }

  @Test
  void readsToTheEndOfTheAnswer() throws IOException {
    InputStream answer = stream(PAGE + "  \n ");

    items(answer);

    assertThat(answer.read()).isNegative();
  }

  @Test
  void takesNullForNothing() throws IOException {
    assertThat(items(stream("{\"items\":null}"))).isEmpty();
    assertThat(items(stream("{\"items\":[null,{\"name\":null}]}")))
        .containsExactly(new Item("", false), new Item("", false));
  }

  @Test
  void readsTimesInBothOfTheirForms() throws IOException {
    JsonReader json =
        JsonReader.of("{\"a\":1466802961,\"b\":1466802961.25,\"c\":\"2016-06-24T21:16:01Z\"}");
    List<Instant> times = new ArrayList<>();
    for (int level = json.enter(); json.next(level); ) {
      times.add(json.time().orElseThrow());
    }

    Instant at = Instant.parse("2016-06-24T21:16:01Z");
    assertThat(times).containsExactly(at, at.plusMillis(250), at);
  }

  @Test
  void refusesAnAnswerThatIsCutAtAnyByte() {
    byte[] whole = PAGE.getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      InputStream cut = new ByteArrayInputStream(whole, 0, length);

      assertThatThrownBy(() -> items(cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(UnreadableResponseException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "\"items\"",
        "",
        "<html>",
        "{\"items\":{}}",
        "{\"items\":\"a\"}",
        "{\"items\":7}",
        "{\"items\":true}",
        "{\"items\":[[]]}",
        "{\"items\":[\"a\"]}",
        "{\"items\":[{\"name\":7}]}",
        "{\"items\":[{\"name\":{}}]}",
        "{\"items\":[{\"name\":[]}]}",
        "{\"items\":[{\"on\":\"true\"}]}",
        "{\"items\":[{\"on\":1}]}",
        "{\"items\":[{\"on\":[]}]}",
        "{} {}",
        "{},",
        "{\"a\":NaN}",
        "{\"a\":'b'}",
        "{a:1}",
        "{\"a\":1,}",
        "{/**/}"
      })
  void refusesWhatIsNotOfItsType(String answer) {
    assertThatThrownBy(() -> items(stream(answer))).isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void neverQuotesTheAnswer() {
    assertThatThrownBy(() -> items(stream("{\"items\":[{\"name\": canary-secret}]}")))
        .hasNoCause()
        .message()
        .doesNotContain("canary");
  }

  @Test
  void passesOnABrokenConnectionSoThatItIsTriedAgain() {
    IOException broken = new IOException("broken");
    InputStream answer =
        new Pieces(i -> {
          if (i == 0) {
            return "{\"items\":[";
          }
          throw new UncheckedIOException(broken);
        });

    assertThatThrownBy(() -> items(answer)).isSameAs(broken);
  }

  static Stream<Arguments> bombs() {
    return Stream.of(
        endless("levels of lists", "{\"x\":", _ -> "["),
        endless("levels of objects", "{\"x\":", _ -> "{\"x\":"),
        endless("a text", "{\"items\":[{\"name\":\"", _ -> "x".repeat(1000)),
        endless("a skipped text", "{\"x\":\"", _ -> "x".repeat(1000)),
        endless("a name", "{\"", _ -> "x".repeat(1000)),
        endless("a number", "{\"x\":", _ -> "1".repeat(1000)),
        endless("white space", "{", _ -> " ".repeat(1000)),
        endless("members", "{", i -> "\"m" + i + "\":0,"),
        endless("skipped items", "{\"x\":[", _ -> "{},"));
  }

  private static Arguments endless(String what, String start, LongFunction<String> piece) {
    return Arguments.of(what, start, piece);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void refusesAnEndlessAnswerOf(String what, String start, LongFunction<String> piece) {
    InputStream answer = new Pieces(i -> i == 0 ? start : piece.apply(i));

    assertThatThrownBy(() -> items(answer))
        .as(what)
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void readsAsManyLevelsAsAreAllowed() throws IOException {
    int levels = JsonReader.MOST_LEVELS - 1;
    String nested =
        String.join("", Collections.nCopies(levels, "["))
            + String.join("", Collections.nCopies(levels, "]"));

    assertThat(items(stream("{\"x\":" + nested + "}"))).isEmpty();
  }

  @Test
  void readsTheLargestPagesThereAre() throws IOException {
    String items =
        IntStream.range(0, 5000)
            .mapToObj(i -> "{\"name\":\"" + i + "\",\"x\":{\"y\":\"" + "z".repeat(500) + "\"}}")
            .reduce((a, b) -> b)
            .orElseThrow();
    String page = "{\"items\":[" + String.join(",", Collections.nCopies(5000, items)) + "]}";

    assertThat(items(stream(page))).hasSize(5000);
  }

  /** Answers piece by piece, and never ends. */
  private static final class Pieces extends InputStream {
    private final LongFunction<String> pieces;
    private long next;
    private InputStream piece = InputStream.nullInputStream();

    Pieces(LongFunction<String> pieces) {
      this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        int read = piece.read(buffer, offset, length);
        while (read < 0) {
          piece = stream(pieces.apply(next++));
          read = piece.read(buffer, offset, length);
        }
        return read;
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }
}

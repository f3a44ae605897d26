package io.cloudoperator.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlReaderTest {
  @Test
  void givesTheChildrenAskedForAndSkipsTheOthers() throws IOException {
    XmlReader xml =
        open(
            "<a><skip><b>no</b><skip/></skip><b>1 &lt; <![CDATA[2]]><!-- 3 --></b><c/><b>4</b></a>");

    StringBuilder seen = new StringBuilder();
    for (int level = xml.enter(); xml.next(level); ) {
      seen.append(xml.name()).append('=');
      if (xml.name().equals("b")) {
        seen.append(xml.text());
      }
      seen.append(';');
    }

    assertThat(seen).hasToString("skip=;b=1 < 2;c=;b=4;");
  }

  @Test
  void readsATextInOnePieceWhateverStandsInItsWay() throws IOException {
    XmlReader xml =
        open("<a><!-- 0 --><b>1<!-- x -->2<?x y?>3<![CDATA[4<]]>5&#54;&#x37;<x>y</x>8\r\n</b></a>");
    int level = xml.enter();
    xml.next(level);

    assertThat(xml.text()).isEqualTo("1234<5678\n");
    assertThat(xml.next(level)).isFalse();
  }

  @Test
  void readsToTheEndOfTheDocument() throws IOException {
    InputStream answer = stream("<a><b/></a>" + " ".repeat(10_000) + "<!-- end -->");
    XmlReader xml = XmlReader.open(answer);
    for (int level = xml.enter(); xml.next(level); ) {}

    assertThat(answer.read()).isNegative();
  }

  @Test
  void refusesADocumentTypeThoughNothingIsMadeOfIt() {
    refuses("<!DOCTYPE a><a/>");
  }

  @Test
  void refusesAnEntityThatReadsAFile() {
    refuses("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a><b>&x;</b></a>");
  }

  @Test
  void refusesAnEntityThatGrows() {
    refuses(
        """
        <!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z "&y;&y;&y;&y;">]>
        <a><b>&z;&z;&z;</b></a>
        """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a><b>&x;</b></a>",
        "<a><b>",
        "<a><b></a>",
        "<a",
        "<a b='&x;'/>",
        "no XML",
        "",
        " "
      })
  void refusesWhatIsNoXml(String document) {
    refuses(document);
  }

  @Test
  void refusesNestingWithoutEnd() {
    refuses(endless("<a>", "<b>", XmlReader.MOST_LEVELS), "nested deeper");
  }

  @Test
  void takesAsManyNamesAsItMayAndEachAsOftenAsItComes() throws IOException {
    String names = elements(XmlReader.MOST_NAMES - 1);

    readAll(stream("<a>" + names + names + "</a>"));
  }

  @Test
  void refusesNamesWithoutEnd() {
    refuses(stream("<a>" + elements(XmlReader.MOST_NAMES) + "</a>"), "more names");
    refuses(stream("<a><skip>" + elements(XmlReader.MOST_NAMES) + "</skip></a>"), "more names");
    refuses(
        stream(
            "<a>"
                + elements(XmlReader.MOST_NAMES).replace("<", "<b ").replace("/>", "=''/>")
                + "</a>"),
        "more names");
  }

  @Test
  void refusesANameThatIsTooLong() {
    refuses(stream("<a><" + "n".repeat(XmlReader.MOST_NAME + 1) + "/></a>"), "longer ones");
  }

  @Test
  void refusesATextThatIsTooLongInWhatIsAskedFor() throws IOException {
    String longest = "x".repeat(XmlReader.MOST_TEXT);

    readAll(stream("<a><b>" + longest + "</b></a>"));
    refuses(stream("<a><b>" + longest + "x</b></a>"), "a text is longer");
  }

  @Test
  void refusesATextWithoutEndInWhatIsSkipped() {
    refuses(
        endless("<a><skip>", "x".repeat(1024), XmlReader.MOST_TOKEN_BYTES >> 9),
        "a token is larger");
  }

  @Test
  void refusesAnAnswerWithoutEnd() {
    String skipped = "<skip>" + "x".repeat(32 << 10) + "</skip>";

    refuses(
        endless("<a>", skipped, XmlReader.MOST_BYTES / skipped.length() + 1),
        "larger than " + XmlReader.MOST_BYTES);
  }

  @Test
  void refusesAnotherRoot() {
    assertThatThrownBy(() -> XmlReader.open(stream("<b/>"), "a"))
        .isInstanceOf(UnreadableResponseException.class);
  }

  @Test
  void rethrowsABrokenConnectionAsItWas() {
    IOException broken = new IOException("connection reset");
    InputStream answer =
        new SequenceInputStream(
            stream("<a><b>1</b>"),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw broken;
              }

              @Override
              public int read(byte[] buffer, int offset, int length) throws IOException {
                throw broken;
              }
            });

    assertThatThrownBy(() -> readAll(answer)).isSameAs(broken);
  }

  @Test
  void neverQuotesAnAnswer() {
    assertThatThrownBy(() -> readAll(stream("<a><secret</a>")))
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  private static void refuses(String document) {
    refuses(stream(document));
  }

  private static void refuses(InputStream answer) {
    refuses(answer, "");
  }

  private static void refuses(InputStream answer, String why) {
    assertThatThrownBy(() -> readAll(answer))
        .isInstanceOf(UnreadableResponseException.class)
        .hasMessageContaining(why);
  }

  /** So many empty elements, each with a name of its own. */
  private static String elements(int count) {
    return IntStream.range(0, count).mapToObj(i -> "<n" + i + "/>").collect(Collectors.joining());
  }

  /** As the readers do: some elements are read, the rest is skipped. */
  private static void readAll(InputStream answer) throws IOException {
    XmlReader xml = XmlReader.open(answer);
    for (int level = xml.enter(); xml.next(level); ) {
      if (xml.name().equals("b")) {
        xml.text();
      }
    }
  }

  private static XmlReader open(String document) throws IOException {
    return XmlReader.open(stream(document));
  }

  private static InputStream stream(String document) {
    return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
  }

  /** A piece as often as it takes, and once more, never held in memory at once. */
  private static InputStream endless(String start, String piece, int times) {
    byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
    List<InputStream> pieces = new ArrayList<>(List.of(stream(start)));
    for (int i = 0; i <= times; i++) {
      pieces.add(new ByteArrayInputStream(bytes));
    }
    return new SequenceInputStream(Collections.enumeration(pieces));
  }
}

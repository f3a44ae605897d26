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
    refuses(endless("<a>", "<b>", XmlReader.MOST_LEVELS));
  }

  @Test
  void refusesATextWithoutEndInWhatIsAskedFor() {
    refuses(endless("<a><b>", "x".repeat(1024), XmlReader.MOST_TEXT / 1024 + 1));
  }

  @Test
  void refusesAnAnswerWithoutEndInWhatIsSkipped() {
    refuses(endless("<a><skip>", "x".repeat(1 << 20), XmlReader.MOST_BYTES >> 20));
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
    assertThatThrownBy(() -> readAll(answer)).isInstanceOf(UnreadableResponseException.class);
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

package io.cloudoperator.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.query.Example;
import io.cloudoperator.query.html.HtmlPage;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.scan.Snapshot;
import io.cloudoperator.service.CountedResources;
import io.cloudoperator.service.ec2.InstanceFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final String page =
      HtmlReport.write(
          "<script>alert('x')</script> & \"co\"", Example.snapshot(), List.of(before()));

  /** Without what tables have for small screens. */
  private final String tables = page.replaceAll(" (role|data-column)=\"[^\"]*\"", "");

  @Test
  void escapesEveryValue() {
    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;co&quot;")
        .contains("Windows &lt;b&gt;&amp;&quot;BYOL&quot;&lt;/b&gt;")
        .doesNotContain("<script", "<b>");
  }

  @Test
  void fetchesNothingAndRunsNothing() {
    assertThat(page)
        .doesNotContain("://", "src=", "@import", " style=")
        .doesNotContainPattern("href=\"(?!#)")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("<[^>]+ on\\w+=");
  }

  @Test
  void hasTheOneStyleThatItsPolicyAllows() throws Exception {
    Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);

    assertThat(style.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(HtmlPage.CONTENT_SECURITY_POLICY)
        .startsWith("default-src 'none'; ")
        .contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
  }

  @Test
  void namesWhatWasNotChosenAndGivesNoNumberOfIt() {
    String chosen = HtmlReport.write("Production", Example.chosen(), List.of());

    assertThat(chosen)
        .contains("2 of 4 enabled regions were read to the end")
        .containsOnlyOnce("sa-east-1")
        .contains("nothing is known of what is there: 1 region (sa-east-1).");
    assertThat(page).doesNotContain("Not chosen for this scan");
  }

  @Test
  void saysOfHowManyRegionsItSpeaks() {
    assertThat(tables)
        .contains("2 of 3 enabled regions were read to the end")
        .contains("12 instances in 2 of 3 regions. 4 buckets.")
        .contains("<th scope=\"row\">ap-northeast-1</th><td>denied by SCP</td>");
  }

  @Test
  void saysOfTheRoleWhatIsUncheckedAndWhy() {
    assertThat(tables)
        .contains(
            "<th scope=\"row\">trusts us alone</th><td>unchecked</td><td></td>"
                + "<td>A trust policy is read by iam:GetRole");
  }

  @Test
  void givesNoNumberOfARegionThatCouldNotBeRead() {
    assertThat(tables)
        .contains(
            "<th scope=\"row\">ap-northeast-1</th><td>denied by SCP (UnauthorizedOperation)</td>"
                + "<td>unknown</td>".repeat(3 + 7));
  }

  @Test
  void showsEveryCountOfInstances() {
    InstanceFacts.COUNTED
        .metrics()
        .forEach(metric ->
            assertThat(tables)
                .contains("<th scope=\"col\" class=\"number\">" + metric.words() + "</th>")
                .contains("<th scope=\"row\">" + metric.words() + "</th>"));
  }

  @Test
  void namesItsLanguageItsTitleAndItsTables() {
    assertThat(tables).contains("<html lang=\"en\">", "<title>", "<h1>", "<main ");
    assertThat(tables.split("<table>", -1)).hasSameSizeAs(tables.split("<caption>", -1));
  }

  @Test
  void drawsPicturesThatSayWhatTheyShow() {
    Matcher pictures =
        Pattern.compile(
                "<svg role=\"img\" aria-labelledby=\"(\\S+) (\\S+)\".*?<title id=\"\\1\">[^<]+</title>"
                    + "\\s*<desc id=\"\\2\">[^<]+</desc>",
                Pattern.DOTALL)
            .matcher(page);

    assertThat(pictures.results().map(picture -> picture.group(1)))
        .hasSizeGreaterThan(15)
        .doesNotHaveDuplicates();
    assertThat(page.split("<svg role", -1)).hasSameSizeAs(page.split("<figure>", -1));
  }

  @Test
  void hatchesARegionThatCouldNotBeReadAndNeverTakesItForEmpty() {
    assertThat(page)
        .contains(">us-east-2: 9; eu-central-1: 3; ap-northeast-1: unread, denied by SCP.</desc>")
        .contains(">unread, denied by SCP</text>")
        .contains("<rect class=\"hatched\" x=\"0.0%\" y=\"96\" width=\"100.0%\"")
        .contains("Instances by region: 2 of 3 regions were read");
  }

  @Test
  void givesNoNumberAtAGlanceWhereNothingWasRead() {
    String unread =
        HtmlReport.write(
            "a", Example.snapshot(Example.KEY, Optional.empty(), Example.tokyo()), List.of());

    assertThat(unread)
        .contains("<strong>unknown</strong> instances <small>in 0 of 3 regions</small>");
    assertThat(page).contains("<strong>12</strong> instances <small>in 2 of 3 regions</small>");
  }

  @Test
  void countsTheFlagsOfEachSeverity() {
    assertThat(page).contains("<title id=\"chart-1\">Risk flags by severity</title>");
    assertThat(page).contains("<desc id=\"chart-1-numbers\">High: 1; Medium: 0; Low: ");
  }

  @Test
  void showsEveryCountOverTheSnapshotsThatAreKept() {
    CountedResources.ALL.stream()
        .flatMap(resource -> resource.metrics().stream())
        .forEach(metric -> assertThat(page).contains(">" + metric.words() + "</figcaption>"));
  }

  @Test
  void drawsNoTrendOfOneSnapshot() {
    Snapshot only = Example.snapshot();
    String alone = HtmlReport.write("Production", only, List.of(only));

    assertThat(alone)
        .contains("There is no trend yet: this is the only snapshot that is kept.")
        .doesNotContain("charts small", "Each bar is a snapshot");
    assertThat(page).contains("charts small").doesNotContain("There is no trend yet");
  }

  @Test
  void showsCharactersThatHideOrTurnOthers() {
    String hostile =
        HtmlReport.write("a\u202eb\u200bc<svg onload=x>", Example.snapshot(), List.of());

    assertThat(hostile)
        .contains("<h1>a\\u202eb\\u200bc&lt;svg onload=x&gt;</h1>")
        .doesNotContain("\u202e", "\u200b", "<svg onload");
  }

  @Test
  void usesNoClassAndNoPatternThatItsStyleDoesNotKnow() {
    String style = PackagedFiles.text(HtmlPage.class, "page.css");

    assertThat(Pattern.compile("class=\"([^\"]+)\"").matcher(page).results())
        .flatExtracting(found -> List.of(found.group(1).split(" ")))
        .allSatisfy(name -> assertThat(style).contains("." + name));
    assertThat(Pattern.compile("url\\(#([a-z]+)\\)").matcher(style).results())
        .extracting(found -> found.group(1))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(page).contains("<pattern id=\"" + name + "\""));
  }

  private static Snapshot before() {
    return Example.snapshot(
        Example.key(0),
        Example.NOON.minus(Duration.ofDays(1)),
        Optional.empty(),
        Example.frankfurt(),
        Example.ohio(),
        Example.tokyo());
  }
}

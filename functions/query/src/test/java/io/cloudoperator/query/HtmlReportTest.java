package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.service.ec2.InstanceFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private final String page =
      HtmlReport.write("<script>alert('x')</script> & \"co\"", Example.snapshot());

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
        .doesNotContain("://", "src=", "href=", "url(", "@import", " style=")
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
  void saysOfHowManyRegionsItSpeaks() {
    assertThat(tables)
        .contains("2 of 3 enabled regions were read to the end")
        .contains("12 instances in 2 of 3 regions. 4 buckets.")
        .contains("<th scope=\"row\">ap-northeast-1</th><td>denied by scp</td>");
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
            "<th scope=\"row\">ap-northeast-1</th><td>denied by scp (UnauthorizedOperation)</td>"
                + "<td>unknown</td>".repeat(3 + 7));
  }

  @Test
  void showsEveryCountOfInstances() {
    InstanceFacts.COUNTED
        .metrics()
        .forEach(metric ->
            assertThat(tables)
                .contains("<th scope=\"col\">" + metric.words() + "</th>")
                .contains("<th scope=\"row\">" + metric.words() + "</th>"));
  }

  @Test
  void namesItsLanguageItsTitleAndItsTables() {
    assertThat(tables).contains("<html lang=\"en\">", "<title>", "<h1>", "<main ");
    assertThat(tables.split("<table>", -1)).hasSameSizeAs(tables.split("<caption>", -1));
  }
}

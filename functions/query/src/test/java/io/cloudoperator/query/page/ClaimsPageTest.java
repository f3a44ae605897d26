package io.cloudoperator.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudoperator.query.html.PackagedFiles;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimsPageTest {
  private final String page = ClaimsPage.of(PackagedFiles.text(ClaimsPage.class, "security.md"));

  @Test
  void showsEveryClaimInATable() {
    assertThat(page).contains("<table role=\"table\">", "<th scope=\"col\" role=\"columnheader\">");
    assertThat(Pattern.compile("<tr role=\"row\"><th [^>]+>\\d+</th>").matcher(page).results())
        .hasSize(16);
    assertThat(page).doesNotContain("| 1 |");
  }

  @Test
  void showsTheOperationsOfTheManifest() {
    assertThat(page)
        .contains("><code>ec2:DescribeInstances</code></td>", ">ListBuckets</td>")
        .doesNotContain("<!--", "&lt;!--");
  }

  @Test
  void runsNothingAndFetchesNothing() {
    assertThat(page)
        .doesNotContain("<script", "<img", "src=", "@import", " style=")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("<[^>]+ on\\w+=");
  }

  @Test
  void leadsNowhereThatIsNotServed() {
    assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(page).results())
        .extracting(link -> link.group(1))
        .allMatch(link ->
            link.startsWith("https://")
                || link.equals("../security")
                || page.contains("id=\"" + link.substring(1) + "\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "<!-- a --><script>alert(1)</script><!-- b -->",
        "| a |\n|---|\n| <b onclick=\"x\">b</b> |"
      })
  void letsNoHtmlOfTheFilePass(String markdown) {
    assertThat(ClaimsPage.of(markdown)).contains("&lt;").doesNotContain("<script", "<img", "<b ");
  }

  @ParameterizedTest
  @CsvSource({
    "[a file](../customer/minimal-role.yaml), <p>a file</p>",
    "[`code`](decisions/001.md), <p><code>code</code></p>",
    "![a picture](https://example.com/x.png), <p>a picture</p>",
    "[script](javascript:alert(1)), <p>script</p>",
    "[plain](http://example.com), <p>plain</p>"
  })
  void leavesTheTextOfALinkToWhatIsNotServed(String markdown, String html) {
    assertThat(ClaimsPage.of(markdown)).contains(html).doesNotContain("<a ", "<img");
  }

  @Test
  void leadsBackToThePageForCustomers() {
    assertThat(page).contains("href=\"../security\"><code>GET /security</code></a>");
  }

  @Test
  void linksToTheContractThatIsServed() {
    assertThat(ClaimsPage.of("[the contract](../openapi.yaml)"))
        .contains("href=\"../openapi.json\"");
  }
}

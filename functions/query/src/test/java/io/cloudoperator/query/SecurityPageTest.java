package io.cloudoperator.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityPageTest {
  private final String page = new PublicPages().security();

  @Test
  void showsEveryClaimInATable() {
    assertThat(page).contains("<table>", "<th scope=\"col\">");
    assertThat(Pattern.compile("<tr>\\s*<td>\\d+</td>").matcher(page).results()).hasSize(16);
    assertThat(page).doesNotContain("| 1 |");
  }

  @Test
  void showsTheOperationsOfTheManifest() {
    assertThat(page)
        .contains("<td><code>ec2:DescribeInstances</code></td>", "<td>ListBuckets</td>")
        .doesNotContain("<!--", "&lt;!--");
  }

  @Test
  void runsNothingAndFetchesNothing() {
    assertThat(page)
        .doesNotContain("<script", "<img", "src=", "url(", "@import", " style=")
        .doesNotContainPattern("<[^>]+ on\\w+=");
  }

  @Test
  void leadsNowhereThatIsNotServed() {
    assertThat(Pattern.compile("href=\"([^\"]*)\"").matcher(page).results())
        .extracting(link -> link.group(1))
        .allMatch(link -> link.startsWith("https://") || link.equals("openapi.json"));
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
    assertThat(SecurityPage.of(markdown)).contains("&lt;").doesNotContain("<script", "<img", "<b ");
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
    assertThat(SecurityPage.of(markdown)).contains(html).doesNotContain("<a ", "<img");
  }

  @Test
  void linksToTheContractThatIsServed() {
    assertThat(SecurityPage.of("[the contract](../openapi.yaml)"))
        .contains("href=\"openapi.json\"");
  }
}

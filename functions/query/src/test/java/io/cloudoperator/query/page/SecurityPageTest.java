package io.cloudoperator.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.json.Json;
import io.cloudoperator.query.Deployment;
import io.cloudoperator.query.Example;
import io.cloudoperator.query.html.Html;
import io.cloudoperator.query.html.PackagedFiles;
import io.cloudoperator.runtime.Settings;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityPageTest {
  private final String page = pages(Map.of()).security().text();

  @Test
  void leavesNoPlaceholderUnfilled() {
    assertThat(page).doesNotContain("{{", "}}", "{#", "{.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Text with {{broker.acount}}.",
        "Text with {{nothing}}.",
        "Text with {{retention}}.",
        "`{{session.hours}}`",
        "[link]({{securityContact.url}})",
        "```sh\n{{nothing}}\n```",
        "{{list nothing}}",
        "{{table nothing | A | B}}",
        "{{json tiers.maximal.trustPolicy | Trust}}",
        "{{calls minimal ec2:Run*}}",
        "{{calls maximal ec2:Describe*}}",
        "{{show kept}}",
        "{{if securityContacts}} Text."
      })
  void refusesATextThatAsksForWhatIsNoFact(String markdown) {
    TrustFacts facts = facts(Map.of());

    assertThatThrownBy(() -> SecurityPage.of(markdown, facts))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void speaksOfThisDeployment() {
    assertThat(page)
        .contains("<code>999988887777</code>", "<code>us-east-1</code>")
        .contains("arn:aws:iam::999988887777:role/cloudoperator/broker/*")
        .contains("900 seconds")
        .contains("<a rel=\"noopener noreferrer\" href=\"mailto:security@example.com\">");
  }

  @Test
  void showsEachFactAsTheJsonHasIt() throws Exception {
    JsonNode trust = Json.STRICT.readTree(pages(Map.of()).trust().text());
    List<String> texts = new ArrayList<>();
    for (String list : List.of("kept", "stored", "neverStored", "services", "subprocessors")) {
      trust.get(list).forEach(item -> texts.addAll(texts(item)));
    }

    assertThat(texts).hasSizeGreaterThan(40);
    assertThat(texts).allSatisfy(text -> assertThat(page).contains(Html.escape(text)));
    assertThat(trust.at("/retention/suspendedDays").asInt()).isEqualTo(30);
    assertThat(page)
        .contains("Revoked and not restored: 30 days")
        .contains("The 5 newest are kept");
  }

  @Test
  void explainsEachPermissionOfEachTierWithTheCallsThatWeMakeByIt() {
    facts(Map.of())
        .tiers()
        .forEach((tier, each) ->
            each.permissions()
                .forEach(permission -> {
                  assertThat(PackagedFiles.text(SecurityPage.class, "security-page.md"))
                      .as("what %s of tier %s does", permission, tier)
                      .contains("{{calls " + tier + " " + permission + "}}");
                  assertThat(page)
                      .contains("Calls that we make by " + permission)
                      .contains("<h4 id=\"" + id(permission) + "\"><code>" + permission);
                }));
  }

  @Test
  void attributesEachCallToOnePermission() {
    facts(Map.of())
        .tiers()
        .values()
        .forEach(tier ->
            assertThat(
                    tier.permissions().stream()
                        .flatMap(permission -> tier.callsBy(permission).stream()))
                .containsExactlyInAnyOrderElementsOf(tier.operations()));
  }

  @Test
  void saysThatARoleThatOthersCouldAssumeIsAcceptedWhereItIs() {
    assertThat(page).contains("Is refused").doesNotContain("is accepted.</strong>");
    assertThat(pages(Map.of("PROOF_POLICY", "record")).security().text())
        .contains("Is accepted, and marked", "a role that fails the proof is accepted.</strong>")
        .doesNotContain("Is refused");
  }

  @Test
  void saysThatNobodyIsNamedWhereNobodyIs() {
    assertThat(pages(Map.of("SECURITY_CONTACT", "")).security().text())
        .contains("No security contact is published")
        .doesNotContain("mailto:", "Write to");
    assertThat(page).doesNotContain("No security contact is published");
  }

  @Test
  void namesEveryServiceOfAwsThatTheTemplateUses() throws Exception {
    Map<String, List<String>> names =
        Map.of(
            "Serverless", List.of("API Gateway", "Lambda", "Step Functions", "Scheduler"),
            "DynamoDB", List.of("DynamoDB"),
            "KMS", List.of("KMS"),
            "IAM", List.of("STS"),
            "Cognito", List.of("Cognito"),
            "Events", List.of("EventBridge"),
            "SQS", List.of("SQS"),
            "Logs", List.of("CloudWatch"),
            "CloudWatch", List.of("CloudWatch"));
    String stated = Json.STRICT.readTree(pages(Map.of()).trust().text()).get("services").toString();

    assertThat(
            Pattern.compile("Type: AWS::(\\w+)::")
                .matcher(Files.readString(Deployment.ROOT.resolve("template.yaml")))
                .results()
                .map(type -> type.group(1)))
        .contains("DynamoDB")
        .allSatisfy(type -> assertThat(names).containsKey(type))
        .allSatisfy(type ->
            assertThat(names.get(type)).allSatisfy(name -> assertThat(stated).contains(name)));
  }

  @Test
  void admitsThatItIsNotCertified() {
    assertThat(page).contains("<strong>Not certified.</strong>");
  }

  @Test
  void hasHeadingsInOrderEachWithAnIdOfItsOwn() {
    List<MatchResult> headings =
        Pattern.compile("<h([1-6]) id=\"([^\"]+)\">").matcher(page).results().toList();
    int level = 0;
    for (MatchResult heading : headings) {
      int next = Integer.parseInt(heading.group(1));
      assertThat(next).as(heading.group(2)).isLessThanOrEqualTo(level + 1);
      level = next;
    }
    assertThat(headings).hasSizeGreaterThan(25);
    assertThat(headings).extracting(heading -> heading.group(2)).doesNotHaveDuplicates();
    assertThat(headings).filteredOn(heading -> heading.group(1).equals("1")).hasSize(1);
    assertThat(page.split("<h[1-6]", -1)).hasSize(headings.size() + 1);
  }

  @Test
  void namesItsTablesAndTheirRowsAndColumns() {
    assertThat(page.split("<table ", -1)).hasSameSizeAs(page.split("<caption>", -1));
    assertThat(page).doesNotContain("<th>", "<td>", "<caption></caption>");
  }

  @Test
  void leadsToItsOwnPlacesAndToWhatIsServed() {
    assertThat(hrefs())
        .contains("#report", "security/claims", "trust.json", ".well-known/security.txt")
        .allSatisfy(href -> {
          if (href.startsWith("#")) {
            assertThat(page).contains("id=\"" + href.substring(1) + "\"");
          } else {
            assertThat(href)
                .isIn(
                    "security/claims",
                    "trust.json",
                    "permissions",
                    "openapi.json",
                    "receipts/key",
                    ".well-known/security.txt",
                    "mailto:security@example.com");
          }
        });
  }

  @Test
  void runsNothingAndFetchesNothing() {
    assertThat(page)
        .doesNotContain("<script", "<img", "src=", "@import", " style=")
        .doesNotContainPattern("url\\((?!#)")
        .doesNotContainPattern("<[^>]+ on\\w+=");
  }

  private static Stream<String> hrefs(String page) {
    return Pattern.compile("href=\"([^\"]*)\"").matcher(page).results().map(link -> link.group(1));
  }

  private List<String> hrefs() {
    return hrefs(page).toList();
  }

  private static List<String> texts(JsonNode item) {
    List<String> texts = new ArrayList<>();
    if (item.isTextual()) {
      texts.add(item.asText());
    }
    item.forEach(member -> texts.add(member.asText()));
    return texts;
  }

  private static String id(String permission) {
    return permission.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
  }

  private static TrustFacts facts(Map<String, String> changed) {
    return TrustFacts.of(settings(changed), "1.0", SecurityPageSource.read().statements());
  }

  private static PublicPages pages(Map<String, String> changed) {
    return new PublicPages(settings(changed), Example.NOON);
  }

  private static Settings settings(Map<String, String> changed) {
    Map<String, String> settings = new HashMap<>(Deployment.SETTINGS);
    settings.putAll(changed);
    return Settings.of(settings);
  }
}

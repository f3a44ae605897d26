package io.cloudoperator.local.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.Connection;
import io.cloudoperator.local.backend.OwnerShell.Result;
import io.cloudoperator.local.client.ApiClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands by which customer/README.md says that a role is revoked, typed as they stand. */
class RevokeCommandsTest {
  private static final Path GUIDE = Repository.file("customer/README.md");
  private static final String CHECK = "If it fails, and whether it worked";
  private static final String TEMPLATES = "https://templates.s3.amazonaws.com/";
  private static final AtomicInteger TENANTS = new AtomicInteger();

  /** A way to grant, by the heading under which it is revoked. */
  enum Way {
    CLOUDFORMATION("Granted with CloudFormation, by launch link, console or CLI"),
    TERRAFORM("Granted with Terraform"),
    CLI("Granted with the AWS CLI");

    private final String heading;

    Way(String heading) {
      this.heading = heading;
    }

    List<String> revocation(String tier) throws IOException {
      return OwnerShell.published(GUIDE, heading, tier, 0);
    }
  }

  @SuppressWarnings("NullAway.Init")
  private static LocalBackend backend;

  private final ApiClient api =
      new ApiClient(backend.url(), backend.token("revoked-" + TENANTS.incrementAndGet()));

  @BeforeAll
  static void start() throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                SharedBackend.sample(),
                Map.of(
                    "CustomerTemplateUrl", TEMPLATES + "minimal-role.yaml",
                    "CustomerAuditTemplateUrl", TEMPLATES + "audit-role.yaml")));
  }

  @AfterAll
  static void stop() {
    backend.close();
  }

  @AfterEach
  void leaveNoRole() throws Exception {
    api.close();
    backend.sample().revoke();
  }

  @ParameterizedTest
  @CsvSource({
    "minimal, CLOUDFORMATION",
    "audit, CLOUDFORMATION",
    "minimal, TERRAFORM",
    "audit, TERRAFORM",
    "minimal, CLI",
    "audit, CLI"
  })
  void revokesEachWayToGrant(String tier, Way way) throws Exception {
    Granted granted = granted(tier, way == Way.CLOUDFORMATION);

    List<Result> results = granted.shell.type(way.revocation(tier));

    assertThat(results).isNotEmpty().allMatch(Result::succeeded);
    assertGone(granted.shell, tier);
    assertThat(scanned(granted.connection).at("/failure/code").asText()).isEqualTo("role_revoked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "audit"})
  void revokesByWhatTheAnswerSays(String tier) throws Exception {
    Granted byStack = granted(tier, true);
    byStack.shell.type(byStack.role.path("deleteStackCommand").asText());
    assertGone(byStack.shell, tier);
    api.delete(byStack.connection);

    Granted byCommands = granted(tier, false);
    List<String> commands = texts(byCommands.role.path("revokeCommands"));

    assertThat(byCommands.shell.type(commands)).allMatch(Result::succeeded);
    assertGone(byCommands.shell, tier);
    assertThat(commands).isEqualTo(Way.CLI.revocation(tier));
  }

  @Test
  void saysUntilWhenItCanComeBack() throws Exception {
    Granted granted = granted("minimal", false);
    assertThat(scanned(granted.connection).path("status").asText()).isEqualTo("concluded");

    granted.shell.type(Way.CLI.revocation("minimal"));

    assertThat(scanned(granted.connection).at("/failure/code").asText()).isEqualTo("role_revoked");
    JsonNode shown = api.get(granted.connection);
    assertThat(shown.path("status").asText()).isEqualTo("revoked");
    assertThat(
            Duration.between(
                Instant.parse(shown.path("suspendedAt").asText()),
                Instant.parse(shown.path("lapsesAt").asText())))
        .isEqualTo(Connection.SUSPENDED_FOR);
    assertThat(api.get(granted.connection + "/history").path("snapshots")).hasSize(1);
  }

  /** What the documents said before, and what an owner types who does not read them. */
  @ParameterizedTest
  @ValueSource(strings = {"minimal", "audit"})
  void isRefusedToWhoDeletesTheRoleAlone(String tier) throws Exception {
    Granted granted = granted(tier, false);
    String deletion = Way.CLI.revocation(tier).getLast();
    assertThat(deletion).startsWith("aws iam delete-role ");

    Result refused = granted.shell.type(deletion);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.output()).contains("<Code>DeleteConflict</Code>");
    assertThat(api.verifyRole(granted.connection).path("status").asText()).isEqualTo("active");
  }

  /** Each command is needed: without any one of them the role is still there. */
  @ParameterizedTest
  @ValueSource(strings = {"minimal", "audit"})
  void hasNoCommandTooMany(String tier) throws Exception {
    List<String> published = Way.CLI.revocation(tier);
    for (int left = 0; left < published.size(); left++) {
      Granted granted = granted(tier, false);
      List<String> fewer = new ArrayList<>(published);
      fewer.remove(left);

      granted.shell.type(fewer);

      assertThat(granted.shell.type(get(tier)).status()).as(published.get(left)).isEqualTo(200);
      backend.sample().revoke();
      api.delete(granted.connection);
    }
  }

  @Test
  void saysWhatKeepsARoleFromBeingDeletedAndHowToGoOn() throws Exception {
    OwnerShell shell = granted("minimal", false).shell;
    shell.type(
        "aws iam put-role-policy --role-name CloudOperatorReadOnly --policy-name more"
            + " --policy-document"
            + " '{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}'");
    List<String> published = Way.CLI.revocation("minimal");

    assertThat(shell.type(published).getLast().status()).isEqualTo(409);
    assertThat(shell.type(OwnerShell.published(GUIDE, CHECK, "minimal", 0)))
        .allMatch(Result::succeeded)
        .extracting(Result::output)
        .anyMatch(output -> output.contains("<member>more</member>"));

    shell.type(published.getFirst().replaceFirst("--policy-name \\S+", "--policy-name more"));
    shell.type(published);

    assertGone(shell, "minimal");
  }

  /** In another region there is no stack, and CloudFormation says nothing. */
  @Test
  void deletesNoStackOfAnotherRegion() throws Exception {
    Granted granted = granted("minimal", true);
    String published = Way.CLOUDFORMATION.revocation("minimal").getFirst();

    assertThat(granted.shell.type(published + " --region eu-west-1").succeeded()).isTrue();

    assertThat(granted.shell.type(get("minimal")).status()).isEqualTo(200);
  }

  /**
   * A connection whose role was granted and proven.
   *
   * @param role the answer's ways to grant and to revoke
   */
  private record Granted(String connection, JsonNode role, OwnerShell shell) {}

  /** By a stack, or by the commands of the CLI: a module makes the same role as these. */
  private Granted granted(String tier, boolean byStack) throws Exception {
    JsonNode created = api.post("/connections", Map.of("name", "test", "tier", tier));
    String connection = "/connections/" + created.path("id").asText();
    JsonNode role = created.path("role");
    OwnerShell shell =
        new OwnerShell(backend.sample().aws(), Repository.file("customer/" + tier + "-role.tf"));
    List<String> commands =
        byStack
            ? List.of(role.path("launchStackCommand").asText())
            : texts(role.path("cliCommands"));
    assertThat(shell.type(commands)).allMatch(Result::succeeded);
    String arn = shell.type(get(tier)).output().replaceFirst("(?s).*<Arn>(.*)</Arn>.*", "$1");
    api.proveRole(connection, arn);
    return new Granted(connection, role, shell);
  }

  private static void assertGone(OwnerShell shell, String tier) throws Exception {
    Result asked = shell.type(get(tier));
    assertThat(asked.status()).isEqualTo(404);
    assertThat(asked.output()).contains("<Code>NoSuchEntity</Code>");
  }

  private static String get(String tier) throws Exception {
    return OwnerShell.published(GUIDE, CHECK, tier, 1).getFirst();
  }

  private static List<String> texts(JsonNode list) {
    return Stream.of(list).flatMap(JsonNode::valueStream).map(JsonNode::asText).toList();
  }

  private JsonNode scanned(String connection) throws Exception {
    String scan = api.post(connection + "/scans", Map.of()).path("scanId").asText();
    backend.settled();
    return api.get(connection + "/scans/" + scan);
  }
}

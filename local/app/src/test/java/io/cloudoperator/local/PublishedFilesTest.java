package io.cloudoperator.local;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.ConnectionStore;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.inventory.ApiStore;
import io.cloudoperator.platform.lambda.InvocationContext;
import io.cloudoperator.query.QueryHandler;
import io.cloudoperator.receipt.ReceiptKey;
import io.cloudoperator.runtime.AwsClients;
import io.cloudoperator.runtime.Settings;
import io.cloudoperator.runtime.Telemetry;
import io.cloudoperator.runtime.Wiring;
import io.cloudoperator.scan.LedgerStore;
import io.cloudoperator.scan.RunStore;
import io.cloudoperator.scan.SnapshotStore;
import io.cloudoperator.service.Manifest;
import io.cloudoperator.service.Manifest.Permission;
import io.cloudoperator.service.SessionPhase;
import io.cloudoperator.session.SessionPolicy;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is published of the manifest says what the manifest says. */
class PublishedFilesTest {
  private static final String REWRITE =
      "REGENERATE=true mvn -pl local/app -am test -Dtest=PublishedFilesTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false";
  private static final List<String> GRANTED = Manifest.granted(Tier.MINIMAL).actions();
  private static final List<String> CALLS =
      Manifest.published(Tier.MINIMAL).stream().map(Permission::iamAction).sorted().toList();

  private static final Published PERMISSIONS =
      new Published("customer/minimal-permissions.json", _ -> permissions(Tier.MINIMAL) + "\n");
  private static final Published SESSION_POLICY =
      new Published(
          "customer/minimal-session-policy.json", _ -> SessionPolicy.of(Tier.MINIMAL) + "\n");

  private static final Published AUDIT_SESSION_POLICY =
      new Published("customer/audit-session-policy.json", _ -> SessionPolicy.of(Tier.AUDIT) + "\n");

  static List<Published> files() {
    return List.of(
        PERMISSIONS,
        SESSION_POLICY,
        new Published("customer/audit-permissions.json", _ -> permissions(Tier.AUDIT) + "\n"),
        AUDIT_SESSION_POLICY,
        new Published(
            "customer/audit-verify-session-policy.json",
            _ -> SessionPolicy.published(Tier.AUDIT, SessionPhase.VERIFY) + "\n"),
        new Published(
            "customer/audit-role.yaml",
            part(
                "                Action:\n",
                "                Resource:",
                () ->
                    Manifest.granted(Tier.AUDIT).actions().stream()
                        .map(action -> "                  - " + action + "\n")
                        .collect(joining()))),
        new Published(
            "customer/audit-role.tf",
            part(
                "      Effect   = \"Allow\"\n",
                "      Resource = \"*\"\n",
                () ->
                    "      Action   = %s\n"
                        .formatted(quoted(Manifest.granted(Tier.AUDIT).actions().stream())))),
        new Published(
            "customer/minimal-role.yaml",
            part(
                "                  - CallsOnly\n",
                "                Resource:",
                () -> yamlList(CALLS) + yamlList(GRANTED))),
        new Published(
            "customer/minimal-role.tf",
            part("  actions = {\n", "  }\n", PublishedFilesTest::terraform)),
        new Published(
            "docs/security.md",
            part(
                "<!-- operations: made from the manifest, README says how -->\n",
                "<!-- end of operations -->",
                PublishedFilesTest::operations)));
  }

  /**
   * A file of which all, or a part, is made from the manifest.
   *
   * @param rendering makes of what the file holds what it should hold
   */
  record Published(String path, UnaryOperator<String> rendering) {
    Path file() {
      return SourceTree.ROOT.resolve(path);
    }

    @Override
    public String toString() {
      return path;
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void saysInEveryFileWhatTheManifestSays(Published published) throws IOException {
    Path file = published.file();
    String expected = published.rendering.apply(Files.exists(file) ? SourceTree.read(file) : "");
    if (Boolean.parseBoolean(System.getenv("REGENERATE"))) {
      Files.writeString(file, expected);
    }

    assertThat(file)
        .as("%s is not what the manifest says; to write it anew: %s", published, REWRITE)
        .usingCharset(StandardCharsets.UTF_8)
        .hasContent(expected);
  }

  /** A test that could not fail would hold nothing. */
  @ParameterizedTest
  @MethodSource("files")
  void wouldSeeAnotherAction(Published published) {
    String other =
        SourceTree.read(published.file())
            .replaceAll("s3:ListAllMyBuckets|apigateway:GET|iam:GetRole\\b", "s3:GetObject");

    assertThat(other).contains("s3:GetObject");
    assertThat(published.rendering.apply(other)).isNotEqualTo(other);
  }

  @Test
  void answersWithTheManifest() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ArrayNode tiers = json.createArrayNode();
    for (Tier tier : Tier.values()) {
      ObjectNode expected = tiers.addObject();
      expected.put("tier", tier.name().toLowerCase(Locale.ROOT));
      Manifest.Granted granted = Manifest.granted(tier);
      expected.set("granted", json.valueToTree(granted.actions()));
      expected.set("managedPolicies", json.valueToTree(granted.managedPolicies()));
      granted.boundary().ifPresent(boundary -> expected.put("permissionsBoundary", boundary));
      expected.set("sessionPolicy", json.readTree(SessionPolicy.of(tier)));
      if (tier == Tier.AUDIT) {
        expected.set(
            "verifySessionPolicy",
            json.readTree(SessionPolicy.published(tier, SessionPhase.VERIFY)));
      }
      ArrayNode operations = expected.putArray("operations");
      for (Permission permission : Manifest.published(tier)) {
        operations
            .addObject()
            .put("service", permission.service())
            .put("operation", permission.operation())
            .put("iamAction", permission.iamAction())
            .put("tier", permission.tier().name().toLowerCase(Locale.ROOT))
            .put("phase", permission.phase().name().toLowerCase(Locale.ROOT))
            .put("why", permission.why());
      }
    }

    assertThat(json.readTree(answer("GET /permissions")).toPrettyString())
        .isEqualTo(json.createObjectNode().set("tiers", tiers).toPrettyString());
  }

  /** The role that the files make, and a session under the policy that they show. */
  @Test
  void publishesPoliciesThatAgree() throws IOException {
    JsonNode role = new ObjectMapper().readTree(PERMISSIONS.file().toFile());
    JsonNode session = new ObjectMapper().readTree(SESSION_POLICY.file().toFile());

    assertThat(session.at("/Statement/0/Action"))
        .isNotEmpty()
        .allMatch(action ->
            role.at("/Statement/0/Action")
                .valueStream()
                .anyMatch(granted -> RawTemplate.matches(granted.asText(), action.asText())));
  }

  private static String answer(String route) {
    Settings settings =
        Settings.of(
            Map.of(
                "AWS_REGION", "us-east-1",
                "BROKER_ACCOUNT", "999988887777",
                "BROKER_ROLE_PATTERN", "arn:aws:iam::999988887777:role/cloudoperator/broker/*",
                "LOG_RETENTION_DAYS", "30",
                "PROOF_POLICY", "require"));
    QueryHandler handler =
        new QueryHandler(
            new Wiring(settings, new AwsClients(settings), Telemetry.logsOnly()) {
              @Override
              public ConnectionStore connections() {
                return never(ConnectionStore.class);
              }

              @Override
              public RunStore runs() {
                return never(RunStore.class);
              }

              @Override
              public SnapshotStore snapshots() {
                return never(SnapshotStore.class);
              }

              @Override
              public LedgerStore ledgers() {
                return never(LedgerStore.class);
              }

              @Override
              public ApiStore apis() {
                return never(ApiStore.class);
              }

              @Override
              public Supplier<ReceiptKey> receiptKey() {
                return () -> {
                  throw new AssertionError("the key of receipts is asked for what is public");
                };
              }
            });
    APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
    event.setRouteKey(route);
    event.setRequestContext(new APIGatewayV2HTTPEvent.RequestContext());
    return handler
        .handleRequest(event, InvocationContext.of("query", Duration.ofSeconds(10)))
        .getBody();
  }

  private static <T> T never(Class<T> port) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (_, method, _) -> {
              throw new AssertionError(method + " is asked for what is public");
            }));
  }

  /** The list between two boundaries of a file that is otherwise written by hand. */
  private static UnaryOperator<String> part(String before, String after, Supplier<String> made) {
    Pattern bounds =
        Pattern.compile(
            "(" + Pattern.quote(before) + ").*?(" + Pattern.quote(after) + ")", Pattern.DOTALL);
    return current -> {
      Matcher matcher = bounds.matcher(current);
      assertThat(matcher.find()).as("the file has its boundaries: %s … %s", before, after).isTrue();
      return current.substring(0, matcher.end(1))
          + made.get()
          + current.substring(matcher.start(2));
    };
  }

  private static String yamlList(List<String> actions) {
    return Stream.concat(
            Stream.of("                  - - " + actions.getFirst()),
            actions.stream().skip(1).map(action -> "                    - " + action))
        .collect(joining("\n", "", "\n"));
  }

  private static String terraform() {
    return """
        "published"  = %s
        "calls-only" = %s
    """
        .formatted(quoted(GRANTED.stream()), quoted(CALLS.stream()));
  }

  private static String quoted(Stream<String> actions) {
    return actions.map(action -> '"' + action + '"').collect(joining(", ", "[", "]"));
  }

  private static String permissions(Tier tier) {
    return """
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Effect": "Allow",
          "Action": %s,
          "Resource": "*"
        }
      ]
    }\
    """
        .formatted(quoted(Manifest.granted(tier).actions().stream()));
  }

  private static String operations() {
    return Stream.of(Tier.values())
        .flatMap(tier -> Manifest.published(tier).stream())
        .distinct()
        .map(permission ->
            "| %s | %s | %s | `%s` | %s |\n"
                .formatted(
                    permission.tier().name().toLowerCase(Locale.ROOT),
                    permission.service(),
                    permission.operation(),
                    permission.iamAction(),
                    permission.why()))
        .collect(
            joining(
                "",
                "\n| tier | service | operation | IAM action | why |\n|---|---|---|---|---|\n",
                "\n"));
  }
}

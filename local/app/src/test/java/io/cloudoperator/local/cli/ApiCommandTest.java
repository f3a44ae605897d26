package io.cloudoperator.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.Tier;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.sample.SampleConfig;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code cloudoperator api}, against the whole backend. */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // Scans are waited for.
class ApiCommandTest {
  private static LocalBackend backend;
  @TempDir private static Path folder;
  private static Path token;

  @BeforeAll
  static void start() throws Exception {
    backend =
        LocalBackend.start(
            new LocalBackend.Options(
                0,
                Optional.empty(),
                new CustomerSide.Sample(
                    SampleConfig.defaults().withInstances(40).withRegions(4), Set.of())));
    token = Files.writeString(folder.resolve("token"), backend.token("command-line") + "\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterAll
  static void stop() {
    backend.close();
  }

  @Test
  void livesTheLifeOfAConnection() throws Exception {
    assertThat(api("connections").out()).contains("There is no connection yet");

    JsonNode pending = Json.STRICT.readTree(api("connect", "production", "--json").out());
    String role =
        backend.grant(new ExternalId(pending.path("externalId").asText()), Tier.MINIMAL).value();
    assertThat(api("grant", "production").out())
        .contains(pending.path("externalId").asText(), "aws ", "cloudoperator api prove");
    Path module = folder.resolve("module");
    assertThat(api("grant", "production", "--terraform", module.toString()).out())
        .contains("terraform -chdir=role apply");
    assertThat(module.resolve("main.tf")).content().contains("resource \"aws_iam_role\"");
    assertThat(module.resolve("terraform.tfvars"))
        .content()
        .contains(pending.path("externalId").asText());
    assertThat(api("grant", "production", "--terraform", module.toString()).err())
        .isEqualTo("cloudoperator: " + module.resolve("main.tf") + " is there already.\n");
    assertThat(api("prove", "production", role).out()).contains("active");

    Ran scanned = api("scan", "production");
    assertThat(scanned.code()).as(scanned.err()).isEqualTo(0);
    assertThat(scanned.out()).contains("40 instances", "4 of 4 enabled regions read");

    Ran chosen = api("scan", "production", "--region", "us-east-1");
    assertThat(chosen.code()).as(chosen.err()).isEqualTo(0);
    assertThat(chosen.out()).contains("1 of 4 enabled regions read, 1 chosen");
    assertThat(api("show", "production").out()).contains("1 of 4 regions, chosen, ");
    assertThat(api("history", "production").out()).contains("1 of 4, chosen");
    Ran unknown = api("scan", "production", "--exclude-region", "xx-none-1");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("--exclude-region names regions", "xx-none-1");
    assertThat(api("scan", "production").out())
        .contains("Over the 3 scans that are kept, in 1 region that each has read")
        .containsPattern("instances +███  3 → 3 → 3");

    assertThat(api("schedule", "production", "daily").out()).contains("daily");
    assertThat(api("verify", "production").code()).isEqualTo(0);
    assertThat(api("connections").out()).contains("NEXT SCAN").contains("production");
    assertThat(api("show", "production").out())
        .contains("4 of 4 regions, 40 instances", "next scan  ", "latest scan  ")
        .doesNotContainPattern("nextScan|\\.\\d+Z");
    assertThat(api("history", "production").out())
        .containsPattern("4 of 4 +40")
        .contains("on demand")
        .containsPattern("T\\d\\d:\\d\\d:\\d\\dZ")
        .doesNotContainPattern("\\.\\d+Z");
    assertThat(api("calls", "production").out()).contains("sts AssumeRole", "ec2 DescribeRegions");
    JsonNode ledger = Json.STRICT.readTree(api("calls", "production", "--json").out());
    assertThat(ledger.path("sessions").size()).isGreaterThan(1);

    Path report = folder.resolve("report.html");
    assertThat(api("report", "production", report.toString()).code()).isEqualTo(0);
    assertThat(report).content(UTF_8).startsWithIgnoringCase("<!doctype html>");

    Ran kept = api("disconnect", "production");
    assertThat(kept.code()).isEqualTo(2);
    assertThat(kept.err()).contains("--yes");
    assertThat(api("show", "production").out()).contains("active");
    assertThat(api("disconnect", "production", "--yes").out()).contains("role references");
    assertThat(api("purge", pending.path("id").asText(), "--yes").out()).contains("COUNT");
    assertThat(api("history", pending.path("id").asText()).code()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schedule none daily | There is no connection none",
        "show con-00000000000000000000000000000000 | not found",
        "connect TOOLONG | (name)",
      })
  void saysAProblemInOneSentence(String line, String said) {
    Ran ran = api(line.replace("TOOLONG", "x".repeat(500)).split(" ", -1));

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("cloudoperator: ").containsIgnoringCase(said).hasLineCount(1);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void takesItsCommandsWithoutTheWordApi() {
    Ran ran =
        run(
            "connections",
            "--json",
            "--url",
            backend.url().toString(),
            "--token-file",
            token.toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(0);
    assertThat(ran.out()).startsWith("{\"connections\":");
    assertThat(run("schedule").err())
        .isEqualTo(
            """
            cloudoperator: CONNECTION and off|hourly|6-hourly|daily|weekly are missing.
            see: cloudoperator api schedule --help
            """);
    assertThat(run("--help").out()).doesNotContain("connections");
  }

  @Test
  void refusesATokenThatOthersCanRead() throws Exception {
    Path open = Files.copy(token, folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));

    Ran ran =
        run(
            "api",
            "connections",
            "--url",
            backend.url().toString(),
            "--token-file",
            open.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("chmod 600 " + open);
  }

  @Test
  void sendsATokenByHttpsAlone() {
    Ran ran =
        run("api", "connections", "--url", "http://api.example", "--token-file", token.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("cloudoperator: A token is sent to the API by https only.\n");
  }

  @Test
  void getsATokenWithAClientsSecretOfTheEnvironment() throws Exception {
    HttpServer issuer =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuer.createContext(
        "/oauth2/token",
        exchange -> {
          boolean known =
              // machine:s%2Fcret
              "Basic bWFjaGluZTpzJTJGY3JldA=="
                  .equals(exchange.getRequestHeaders().getFirst("authorization"));
          byte[] answer =
              (known
                      ? "{\"access_token\":\"" + backend.token("command-line") + "\"}"
                      : "{\"error\":\"invalid_client\"}")
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(known ? 200 : 400, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    issuer.start();
    try {
      String[] arguments = {
        "api",
        "connections",
        "--json",
        "--url",
        backend.url().toString(),
        "--client-id",
        "machine",
        "--token-endpoint",
        "http://127.0.0.1:" + issuer.getAddress().getPort() + "/oauth2/token"
      };

      CommandProcess known =
          CommandProcess.run(Map.of("CLOUDOPERATOR_CLIENT_SECRET", "s/cret"), arguments);
      CommandProcess unknown =
          CommandProcess.run(Map.of("CLOUDOPERATOR_CLIENT_SECRET", "other"), arguments);

      assertThat(known.exitCode()).as(known.err()).isEqualTo(0);
      assertThat(Json.STRICT.readTree(known.out()).path("connections").isArray()).isTrue();
      assertThat(unknown.exitCode()).isEqualTo(1);
      assertThat(unknown.err())
          .isEqualTo("cloudoperator: The client gets no token: invalid_client.\n");
    } finally {
      issuer.stop(0);
    }
  }

  @Test
  void namesTheProxyThatLetsNobodyThroughAndNeverItsPassword() throws Exception {
    try (PasswordProxy proxy = new PasswordProxy()) {
      CommandProcess unknown = through(proxy.address(""), "api", "connections");
      assertThat(unknown.err())
          .isEqualTo(
              "cloudoperator: A user and a password are asked for by the proxy %s of HTTPS_PROXY (HTTP status 407), and stand before its host: http://USER:PASSWORD@%s.\n"
                  .formatted(proxy.hostAndPort(), proxy.hostAndPort()));

      CommandProcess known = through(proxy.address("alice:p%40ss@"), "api", "connections");
      assertThat(proxy.heard())
          .contains("connect api.example.org:443 http/1.1")
          .contains(PasswordProxy.credentials("alice:p@ss"));
      assertThat(known.err())
          .isEqualTo(
              "cloudoperator: https://api.example.org does not answer through the proxy %s of HTTPS_PROXY: the proxy answers with HTTP status 403.\n"
                  .formatted(proxy.hostAndPort()));

      CommandProcess client =
          through(
              proxy.address(""),
              "api",
              "connections",
              "--client-id",
              "machine",
              "--token-endpoint",
              "https://login.example.org/oauth2/token");
      assertThat(client.err())
          .startsWith(
              "cloudoperator: A user and a password are asked for by the proxy %s of HTTPS_PROXY"
                  .formatted(proxy.hostAndPort()));
    }
    assertThat(through("http://127.0.0.1:1", "api", "connections").err())
        .isEqualTo(
            "cloudoperator: https://api.example.org does not answer through the proxy 127.0.0.1:1 of HTTPS_PROXY: no connection could be made.\n");
  }

  private static CommandProcess through(String proxy, String... arguments) throws Exception {
    CommandProcess ran =
        CommandProcess.run(
            Map.of(
                "HTTPS_PROXY",
                proxy,
                "CLOUDOPERATOR_URL",
                "https://api.example.org",
                "CLOUDOPERATOR_TOKEN",
                "token",
                "CLOUDOPERATOR_CLIENT_SECRET",
                "secret"),
            arguments);
    assertThat(ran.exitCode()).isEqualTo(1);
    return ran;
  }

  private static Ran api(String... arguments) {
    return run(
        Stream.concat(
                Stream.concat(Stream.of("api"), Stream.of(arguments)),
                Stream.of("--url", backend.url().toString(), "--token-file", token.toString()))
            .toArray(String[]::new));
  }

  private static Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        CloudOperatorCommand.run(
            new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), arguments);
    return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  private record Ran(int code, String out, String err) {}
}

package io.cloudoperator.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cloudoperator.json.Json;
import io.cloudoperator.local.client.ApiClient;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandLineTest {
  @Test
  void showsWhatAScanOfTheSampleFound() {
    Ran ran = run("scan", "--instances", "300");

    assertThat(ran.code()).isEqualTo(0);
    assertThat(ran.out())
        .contains("300 instances", "34 of 34 enabled regions read", "Risk flags", "AssumeRole");
  }

  @Test
  void findsEachRiskInTheSampleAsItIsByDefault() throws Exception {
    JsonNode snapshot = Json.STRICT.readTree(run("scan", "--json").out());

    assertThat(snapshot.path("flags").findValuesAsText("kind"))
        .contains(
            "imdsv1_allowed",
            "public_ipv4",
            "launch_wizard_group",
            "no_instance_profile",
            "previous_generation",
            "stopped_over_30_days",
            "running_over_one_year",
            "sparse_regions");
  }

  @Test
  void saysWithNoPublicRouteThatNotEverythingWasRead() {
    Ran ran =
        run(
            "scan",
            "--tier",
            "audit",
            "--apis",
            "0",
            "--regions",
            "3",
            "--deny-regions",
            "us-east-2");

    assertThat(ran.out()).contains("no public route without authorization in what was read");
  }

  @Test
  void printsTheSnapshotAloneAsJson() throws Exception {
    Ran ran = run("scan", "--json", "--instances", "50", "--regions", "3");

    JsonNode snapshot = Json.STRICT.readTree(ran.out());
    assertThat(snapshot.path("totals").path("instances").path("total").asInt()).isEqualTo(50);
    assertThat(snapshot.path("regions")).hasSize(3);
    assertThat(ran.code()).isEqualTo(0);
  }

  @Test
  void scansTheRegionsThatAreNamedAndTellsThemFromThoseThatCouldNotBeRead() throws Exception {
    Ran ran =
        run(
            "scan",
            "--instances",
            "50",
            "--regions",
            "17",
            "--region",
            "eu-west-1,us-east-1",
            "--region",
            "sa-east-1",
            "--deny-regions",
            "sa-east-1");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out())
        .contains("in 2 of 17 regions, chosen")
        .contains("2 of 17 enabled regions read, 3 chosen")
        .contains("not chosen, so that nothing is known of what is there: ap-northeast-1,")
        .satisfies(out ->
            assertThat(out.lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80));
    assertThat(ran.err())
        .contains("partial coverage: sa-east-1 could not be read")
        .doesNotContain("ap-northeast-1");
  }

  @Test
  void leavesOutTheRegionsThatItIsToldTo() throws Exception {
    Ran ran = run("scan", "--json", "--regions", "3", "--exclude-region", "us-east-1,us-east-2");

    assertThat(ran.code()).as(ran.err()).isEqualTo(0);
    JsonNode coverage = Json.STRICT.readTree(ran.out()).path("coverage");
    assertThat(coverage.path("complete").asInt()).isEqualTo(1);
    assertThat(coverage.path("notChosen")).hasSize(2);
    assertThat(coverage.path("unread")).isEmpty();
  }

  @Test
  void isAsWideAsTheShellSays() {
    assertThat(Terminal.width(Map.of())).isEqualTo(80);
    assertThat(Terminal.width(Map.of("COLUMNS", "120"))).isEqualTo(120);
    assertThat(Terminal.width(Map.of("COLUMNS", "7"))).isEqualTo(40);
    assertThat(Terminal.width(Map.of("COLUMNS", "wide"))).isEqualTo(80);
  }

  @Test
  void sameSeedSameAccount() throws Exception {
    String[] scan = {"scan", "--json", "--seed", "7", "--instances", "80", "--regions", "5"};

    JsonNode first = Json.STRICT.readTree(run(scan).out()).path("totals");
    JsonNode second = Json.STRICT.readTree(run(scan).out()).path("totals");

    assertThat(first).isEqualTo(second);
  }

  @Test
  void servesWithATokenWhereNoServerSeesItAndASecurityContact() throws Exception {
    PipedInputStream printed = new PipedInputStream();
    PrintStream out = new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8);
    Thread serving =
        Thread.ofVirtual()
            .start(() -> {
              var _ =
                  CloudOperatorCommand.run(
                      out,
                      System.err,
                      "serve",
                      "--port",
                      "0",
                      "--security-contact",
                      "mailto:security@example.com");
            });
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
      String url = lines.readLine().replaceFirst("^url: ", "");
      String token = lines.readLine().replaceFirst("^token: ", "");

      assertThat(url).startsWith("http://127.0.0.1:");
      assertThat(lines.readLine()).isEqualTo("console: " + url + "/console#token=" + token);
      try (ApiClient anybody = new ApiClient(URI.create(url), "")) {
        assertThat(anybody.text("/.well-known/security.txt"))
            .contains("Contact: mailto:security@example.com");
      }
    } finally {
      serving.interrupt();
      serving.join();
    }
  }

  @Test
  void saysInOneSentenceWhyCoverageIsPartial() {
    Ran ran = run("scan", "--instances", "50", "--deny-regions", "eu-west-1");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .contains("partial coverage: eu-west-1 could not be read")
        .contains("a service control policy denies it")
        .contains("read 33 of 34 regions");
    assertThat(ran.out()).contains("33 of 34 enabled regions read");
  }

  @Test
  void scansTheRestThoughARegionLockKeepsItOutOfTheBrokersOwnRegion() {
    Ran ran = run("scan", "--instances", "50", "--deny-regions", "us-east-1,eu-central-1");

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).contains("eu-central-1 and 1 more of 34 regions could not be read");
    assertThat(ran.out()).contains("32 of 34 enabled regions read, and the bucket list");
  }

  @Test
  void saysInOneSentenceWhyAnEndpointCannotBeScanned() {
    Ran ran =
        run(
            "scan",
            "--role-arn",
            "arn:aws:iam::123456789012:role/CloudOperatorReadOnly",
            "--endpoint-url",
            "http://127.0.0.1:9");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("cloudoperator: ").doesNotContain("\tat ", "Exception");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "scan --instances -1, --instances",
    "scan --instances many, --instances",
    "scan --regions 0, --regions",
    "scan --deny-regions mars-north-1, mars-north-1",
    "scan --role-arn nonsense, --role-arn",
    "scan --role-arn arn:aws:iam::123456789012:role//r, two slashes in a row",
    "scan --endpoint-url http://127.0.0.1:1, --role-arn",
    "scan --role-arn arn:aws:iam::123456789012:role/r --instances 5, --instances",
    "serve --endpoint-url http://127.0.0.1:1, --role-arn",
    "serve --port 65536, --port",
    "sample-aws --port -1, --port",
    "sample-aws --latency -1, --latency",
    "sample-aws --latency far, --latency",
    "sample-aws --speed 0, --speed",
    "scan --role-arn arn:aws:iam::123456789012:role/r --endpoint-url ftp://h, http or https",
    "scan --role-arn arn:aws:iam::123456789012:role/r --external-id x, --external-id",
    "serve --role-arn arn:aws:iam::123456789012:role/r --regions 5, --regions",
    "serve --sam-local 0.0.0.0, --sam-local",
    "serve --sam-local nonsense, host.docker.internal",
    "serve --sam-local 192.0.2.1 --data nowhere, --sam-local",
    "serve --sam-local 192.0.2.1 --role-arn arn:aws:iam::123456789012:role/r, --sam-local",
    "serve --sam-build nowhere, --sam-local",
    "scan --region us-east-1 --region EU, EU is none",
    "scan --region eu-west-1 --exclude-region us-east-1, --exclude-region",
    "scan --regions 2 --region us-east-1 --region xx-none-1, --region names regions",
    "scan --regions 2 --exclude-region xx-none-1, xx-none-1",
    "scan --regions 1 --exclude-region us-east-1, --exclude-region leaves out every region",
    "scan --nonsense, --nonsense",
    "scan --report report.pdf, .ocsf.json",
    "scan --report /nonexistent/report.html, /nonexistent",
    "completion fish, completion",
    "api connect, NAME",
    "api, A command is missing.",
    "nonsense, nonsense"
  })
  void refusesWrongArguments(String line, String named) {
    Ran ran = run(line.split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(named, "see: cloudoperator")
        .doesNotContain("\tat ", "Usage:")
        .satisfies(err -> assertThat(err.lines()).hasSizeLessThanOrEqualTo(3));
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scan --instance 5 | There is no option --instance. | nearest: --instances",
        "scan --regoin eu-west-1 | There is no option --regoin. | nearest: --region",
        "scan --regoin=eu-west-1 | There is no option --regoin. | nearest: --region",
        "scan -qx | There is no option -x. |",
        "scan --colour | There is no option --colour. |",
        "scan a b | The argument a is one too many. |",
        "conections | There is no command conections. | nearest: connections",
        "api conections | There is no command conections. | nearest: connections",
        "foo | There is no command foo. | commands: scan, serve, api, reconcile, sample-aws, completion",
        "scan --tier x | --tier is one of minimal, audit, not x. |",
        "scan --log=loud | --log is one of off, warn, info, not loud. |",
        "completion fish | fish is none of bash, zsh. |",
        "scan --instances many | --instances is a whole number, not many. |",
        "scan --instances | --instances N is without its value. |",
        "scan --instances --json | --instances N is without its value. |",
        "scan --json=x | --json takes no value. |",
        "scan --json --json | --json is given twice. |",
        "scan --external-id abcdefghij | --role-arn ARN is missing. |",
        "api prove | CONNECTION and ROLE-ARN are missing. |",
        "api connect | NAME is missing. |",
        "serve --port x | --port: it is a number from 0 to 65535. |",
        "serve --security-contact me | --security-contact: it is an address that begins with mailto:, or with https://, of 120 characters at most. |",
      })
  void saysInPlainWordsWhatIsWrongWithArguments(
      String line, String sentence, @Nullable String hint) {
    Ran ran = run(line.split(" ", -1));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines())
        .startsWith("cloudoperator: " + sentence)
        .hasSize(hint == null ? 2 : 3);
    assertThat(ran.err()).contains(hint == null ? "see: " : hint + "\n");
  }

  @Test
  void listsTheCommandsOfApiWhereNoneIsNear() {
    assertThat(run("api", "foo").err())
        .contains("There is no command foo.", "connect, connections");
    assertThat(run("api").err()).contains("commands: calls, cancel, connect");
  }

  @Test
  void takesASecurityContactAsTheTemplateDoes() throws Exception {
    JsonNode parameter =
        new ObjectMapper(new YAMLFactory())
            .readTree(
                Path.of(System.getProperty("repository.root", "../.."), "template.yaml").toFile())
            .path("Parameters")
            .path("SecurityContact");

    assertThat(SecurityContact.FORM.pattern()).isEqualTo(parameter.path("AllowedPattern").asText());
    assertThat(SecurityContact.LONGEST).isEqualTo(parameter.path("MaxLength").asInt());
    assertThatThrownBy(() -> new SecurityContact().convert("https://a|b"))
        .isInstanceOf(CommandLine.TypeConversionException.class);
  }

  @Test
  void writesReportsByTheirEndingsAndShowsNothingElseIfItIsToBeQuiet(@TempDir Path folder)
      throws Exception {
    Ran ran =
        run(
            "scan",
            "--quiet",
            "--instances",
            "20",
            "--regions",
            "2",
            "--report",
            folder.resolve("a.html").toString(),
            "--report",
            folder.resolve("a.csv").toString(),
            "--report",
            folder.resolve("a.json").toString(),
            "--report",
            folder.resolve("a.ocsf.json").toString(),
            "--report",
            folder.resolve("a.asff.json").toString());

    assertThat(ran.code()).as(ran.err()).isEqualTo(0);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEmpty();
    assertThat(folder.resolve("a.html")).content().startsWithIgnoringCase("<!doctype html>");
    assertThat(folder.resolve("a.csv")).content().contains("us-east-1");
    assertThat(
            Json.STRICT
                .readTree(Files.readString(folder.resolve("a.json")))
                .at("/totals/instances/total")
                .asInt())
        .isEqualTo(20);
    assertThat(folder.resolve("a.ocsf.json")).content().contains("class_uid");
    assertThat(folder.resolve("a.asff.json")).content().contains("SchemaVersion");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(5);
    }
  }

  @Test
  void drawsInAsciiWhereTheCharacterSetHasNoBars() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code =
        CloudOperatorCommand.run(
            new PrintStream(out, true, StandardCharsets.US_ASCII),
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.US_ASCII),
            "scan",
            "--instances",
            "40",
            "--regions",
            "2");

    assertThat(code).isEqualTo(0);
    assertThat(out.toString(StandardCharsets.US_ASCII))
        .contains("Instance families", "###", "->", " - ")
        .doesNotContain("?");
  }

  @Test
  void describesOneCommandWhereNothingAsksForTheOthers() {
    Terminal terminal = new Terminal(System.out, System.err);

    assertThat(CloudOperatorCommand.commands(terminal, false, "scan", "--json"))
        .singleElement()
        .isInstanceOf(ScanCommand.class);
    assertThat(CloudOperatorCommand.commands(terminal, true, "scan")).hasSize(6);
    assertThat(CloudOperatorCommand.commands(terminal, false, "completion", "bash")).hasSize(6);
    assertThat(CloudOperatorCommand.commands(terminal, false, "--help")).hasSize(6);
    assertThat(CloudOperatorCommand.commands(terminal, false)).hasSize(6);
  }

  @Test
  void completesInAShell() throws Exception {
    Ran ran = run("completion", "bash");

    assertThat(ran.out()).contains("--deny-regions", "reconcile", "connections");
    Process shell = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
    try (OutputStream in = shell.getOutputStream()) {
      in.write(ran.out().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(shell.waitFor()).isEqualTo(0);
  }

  @ParameterizedTest
  @CsvSource({
    "scan.colour = red, 'there is no option scan.colour.'",
    "instances = 5, 'there is no option instances.'",
    "scan.role-arn = arn:aws:iam::123456789012:role/r, 'there is no option scan.role-arn.'",
    "scan instances 5, 'it is not of the form scan.instances = 300.'"
  })
  void refusesAConfigFileByItsLine(String line, String why, @TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("config"), "# mine\n" + line + "\n");

    assertThatThrownBy(() -> ConfigFile.read(file, commands()))
        .hasMessage(file + ", line 2: " + why);
  }

  private static CommandLine commands() {
    return new CommandLine(CommandLine.Model.CommandSpec.create())
        .addSubcommand(new ScanCommand(new Terminal(System.out, System.err)));
  }

  @Test
  void takesWhatIsAlwaysWantedFromTheConfigFile(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("cloudoperator").resolve("config");
    Files.createDirectories(folder.resolve("cloudoperator"));
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());

    Files.writeString(file, "scan.instances = 20\nscan.regions = 2\nserve.port = 8081\n");
    CommandProcess scan = CommandProcess.run(environment, "scan", "--json", "--regions", "3");
    Files.writeString(file, "\nscan.instances = many\n");
    CommandProcess wrong = CommandProcess.run(environment, "scan");

    assertThat(scan.exitCode()).as(scan.err()).isEqualTo(0);
    JsonNode snapshot = Json.STRICT.readTree(scan.out());
    assertThat(snapshot.at("/totals/instances/total").asInt()).isEqualTo(20);
    assertThat(snapshot.path("regions")).hasSize(3);
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("--instances", "many", file + ", line 2");
  }

  @Test
  void needsNoConfigFileToSayHowItIsUsed(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("cloudoperator"));
    Files.writeString(
        folder.resolve("cloudoperator").resolve("config"), "scan.instances = many\nnonsense\n");
    Map<String, String> environment = Map.of("XDG_CONFIG_HOME", folder.toString());

    for (String line :
        List.of("--help", "scan --help", "api connect -h", "--version", "completion bash")) {
      CommandProcess ran = CommandProcess.run(environment, line.split(" ", -1));
      assertThat(ran.exitCode()).as(line + ": " + ran.err()).isEqualTo(0);
    }
    assertThat(CommandProcess.run(environment).err()).contains("Usage:");
    assertThat(CommandProcess.run(environment, "scan").err()).contains("line 2");
  }

  private static Ran run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        CloudOperatorCommand.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
    return new Ran(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private record Ran(int code, String out, String err) {}
}

package io.cloudoperator.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.client.ScanResult;
import io.cloudoperator.local.console.Table;
import io.cloudoperator.local.console.TerminalReport;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The HTTP API from the command line: of a deployment, or of {@code serve}. */
@Command(
    name = "api",
    description = "Speaks to the HTTP API of a deployment, or of cloudoperator serve.",
    synopsisSubcommandLabel = "COMMAND")
final class ApiCommand {
  private static final String CONNECTION = "A connection, by its id or its name.";
  private static final String YES = "Do not ask whether that is meant.";
  private static final Duration REFRESH = Duration.ofSeconds(1);

  private final Terminal terminal;

  @Spec private CommandSpec command = CommandSpec.create();

  @Mixin private final ApiOptions api = new ApiOptions();

  @Option(
      names = "--json",
      scope = ScopeType.INHERIT,
      description = "Print the API's answer as JSON, and nothing else.")
  private boolean json;

  ApiCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Command(description = "Lists the connections.")
  int connections() throws Exception {
    try (ApiClient client = api.client()) {
      ObjectNode all = pages(client, "/connections", "connections");
      if (print(all)) {
        return ExitCode.DONE;
      }
      Table table = new Table("ID", "NAME", "TIER", "STATUS", "ACCOUNT", "SCHEDULE", "NEXT SCAN");
      for (JsonNode one : all.path("connections")) {
        table.row(
            text(one, "id"),
            text(one, "name"),
            text(one, "tier"),
            text(one, "status"),
            text(one, "account"),
            text(one, "schedule"),
            time(one, "nextScanAt"));
      }
      show(table, "There is no connection yet; make one with: cloudoperator api connect NAME");
      return ExitCode.DONE;
    }
  }

  @Command(description = "Makes a connection, and prints what the account's owner does next.")
  int connect(
      @Parameters(paramLabel = "NAME", description = "How the connection is called.") String name,
      @Mixin TierOption tier)
      throws Exception {
    try (ApiClient client = api.client()) {
      return granted(client.post("/connections", Map.of("name", name, "tier", tier.word())));
    }
  }

  @Command(description = "Prints again what the owner of a pending connection's account does.")
  int grant(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(
              names = "--terraform",
              paramLabel = "FOLDER",
              description =
                  "Write the role as a module of Terraform, with its variables, into this folder.")
          Optional<Path> terraform)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          JsonNode pending = client.get(path + "/grant");
          if (terraform.isPresent()) {
            Path folder = Files.createDirectories(terraform.get());
            write(folder.resolve("main.tf"), pending.path("role").path("terraform"));
            write(
                folder.resolve("terraform.tfvars"),
                pending.path("role").path("terraformVariables"));
          }
          return granted(pending);
        });
  }

  private static void write(Path file, JsonNode text) throws IOException {
    Files.writeString(file, text.asText(), StandardOpenOption.CREATE_NEW);
  }

  private int granted(JsonNode pending) {
    if (!print(pending)) {
      JsonNode role = pending.path("role");
      line("Connection   " + text(pending, "id") + ", until " + time(pending, "expiresAt"));
      line("External ID  " + text(pending, "externalId"));
      line("");
      line("The account's owner makes the role, by one of these:");
      Stream.of("launchStackUrl", "launchStackCommand")
          .map(member -> role.path(member).asText())
          .filter(way -> !way.isEmpty())
          .forEach(way -> line("  " + way));
      role.path("cliCommands").forEach(way -> line("  " + way.asText()));
      line("  cloudoperator api grant %s --terraform role".formatted(text(pending, "id")));
      line("  terraform -chdir=role init && terraform -chdir=role apply");
      line("");
      line("Then: cloudoperator api prove " + text(pending, "id") + " ROLE-ARN");
    }
    return ExitCode.DONE;
  }

  @Command(
      description =
          "Gives a connection its role, and waits until it is proven: half a minute if AWS refuses it.")
  int prove(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Parameters(paramLabel = "ROLE-ARN", description = "The role that was made.") RoleArn role)
      throws Exception {
    return with(connection, (client, path) -> shown(client.proveRole(path, role.value())));
  }

  @Command(description = "Shows a connection.")
  int show(@Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws Exception {
    return with(connection, (client, path) -> shown(client.get(path)));
  }

  @Command(description = "Proves a connection's role again: it is assumed, and denied to others.")
  int verify(@Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws Exception {
    return with(connection, (client, path) -> shown(client.verifyRole(path)));
  }

  @Command(description = "Says when a connection is scanned.")
  int schedule(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Parameters(
              paramLabel = "off|hourly|6-hourly|daily|weekly",
              description = "How often; off for on demand alone.")
          String schedule)
      throws Exception {
    return with(
        connection,
        (client, path) -> shown(client.put(path + "/schedule", Map.of("schedule", schedule))));
  }

  private int shown(JsonNode connection) {
    if (!print(connection)) {
      for (String member :
          List.of(
              "id",
              "name",
              "tier",
              "status",
              "account",
              "schedule",
              "nextScanAt",
              "createdAt",
              "expiresAt",
              "suspendedAt",
              "lapsesAt",
              "proofHoldsUntil",
              "disconnectedAt",
              "runningScan")) {
        if (connection.hasNonNull(member)) {
          line("%-17s %s".formatted(words(member), time(connection, member)));
        }
      }
      JsonNode latest = connection.path("latest");
      if (latest.isObject()) {
        line(
            "%-17s %s, %s of %s regions%s, %s instances"
                .formatted(
                    "latest scan",
                    time(latest, "finishedAt"),
                    text(latest, "regionsCounted"),
                    text(latest, "regionsEnabled"),
                    latest.has("regionsNotChosen") ? ", chosen" : "",
                    text(latest, "instances")));
      }
    }
    return ExitCode.DONE;
  }

  @Command(description = "Scans a connection's account, and shows what was found.")
  int scan(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Mixin RegionOptions regions,
      @Option(names = "--no-wait", description = "Print the scan's id, and do not wait for it.")
          boolean startOnly)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          JsonNode started = client.post(path + "/scans", regions.asked());
          if (startOnly) {
            if (!print(started)) {
              line(text(started, "scanId"));
            }
            return ExitCode.DONE;
          }
          JsonNode snapshot =
              ScanFollower.follow(
                  client,
                  path + "/scans/" + text(started, "scanId"),
                  regions,
                  terminal.progressBar(),
                  () -> Thread.sleep(REFRESH));
          List<ScanResult> kept =
              json ? List.of() : ScanResult.kept(client.get(path + "/history?detail=regions"));
          return new SnapshotOutput(terminal, json, false).show(snapshot, kept);
        });
  }

  @Command(description = "Stops a scan that runs.")
  int cancel(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Parameters(paramLabel = "SCAN", description = "The scan's id.") String scan)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          JsonNode cancelled = client.post(path + "/scans/" + segment(scan) + "/cancel", Map.of());
          if (!print(cancelled)) {
            line(text(cancelled, "scanId") + " " + words(text(cancelled, "status")));
          }
          return ExitCode.DONE;
        });
  }

  @Command(description = "Lists the scans that are kept.")
  int history(@Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          JsonNode history = client.get(path + "/history");
          if (print(history)) {
            return ExitCode.DONE;
          }
          Table table =
              new Table("SCAN", "FINISHED", "TRIGGER", "REGIONS", "INSTANCES", "BUCKETS", "FLAGS");
          for (JsonNode one : history.path("snapshots")) {
            JsonNode totals = one.path("totals");
            table.row(
                text(one, "scanId"),
                time(one, "finishedAt"),
                words(text(one, "trigger")),
                text(totals, "regionsCounted")
                    + " of "
                    + text(totals, "regionsEnabled")
                    + (one.path("coverage").has("notChosen") ? ", chosen" : ""),
                text(totals.path("instances"), "total"),
                totals.path("buckets").hasNonNull("total")
                    ? text(totals.path("buckets"), "total")
                    : "not read",
                String.valueOf(one.path("flags").size()));
          }
          show(table, "Nothing was scanned yet; begin with: cloudoperator api scan " + connection);
          return ExitCode.DONE;
        });
  }

  @Command(
      description = "Writes a scan's report to a file: .html, .csv, .json, .ocsf.json, .asff.json.")
  int report(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Parameters(
              paramLabel = "FILE",
              converter = ReportFile.Converter.class,
              description = "Its ending says the format.")
          ReportFile file,
      @Option(names = "--scan", paramLabel = "ID", description = "Which one (default: the newest).")
          Optional<String> scan)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          String id =
              scan.isEmpty()
                  ? client.get(path + "/history").path("snapshots").path(0).path("scanId").asText()
                  : segment(scan.get());
          if (id.isEmpty()) {
            throw new CommandException("Nothing of " + connection + " was scanned yet.");
          }
          file.write(client, path, id);
          return ExitCode.DONE;
        });
  }

  @Command(description = "Lists every call that was made in the account; --json for reconcile.")
  int calls(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(names = "--scan", paramLabel = "ID", description = "Those of one scan alone.")
          Optional<String> scan)
      throws Exception {
    return with(
        connection,
        (client, path) -> {
          String query = scan.map(id -> "?scan=" + segment(id)).orElse("");
          ObjectNode ledger = pages(client, path + "/calls" + query, "sessions");
          if (print(ledger)) {
            return ExitCode.DONE;
          }
          Table table = new Table("TIME", "REGION", "CALL", "STATUS", "REQUEST ID");
          for (JsonNode session : ledger.path("sessions")) {
            for (JsonNode call : session.path("calls")) {
              table.row(
                  text(call, "at"),
                  text(call, "region"),
                  text(call, "service") + " " + text(call, "operation"),
                  call.hasNonNull("errorCode") ? text(call, "errorCode") : text(call, "status"),
                  text(call, "requestId"));
            }
          }
          show(table, "No call is kept.");
          return ExitCode.DONE;
        });
  }

  @Command(
      description =
          "Ends a connection: its role reference is deleted, its results stay. Prints the receipt.")
  int disconnect(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(names = "--yes", description = YES) boolean yes)
      throws Exception {
    return deleted(connection, "", "disconnects it for good", yes);
  }

  @Command(description = "Deletes all that is kept of a connection. Prints the receipt.")
  int purge(
      @Parameters(paramLabel = "CONNECTION", description = CONNECTION) String connection,
      @Option(names = "--yes", description = YES) boolean yes)
      throws Exception {
    return deleted(connection, "/data", "deletes all that is kept of it", yes);
  }

  private int deleted(String connection, String what, String does, boolean yes) throws Exception {
    return with(
        connection,
        (client, path) -> {
          if (!yes
              && !terminal.typed(
                  "This %s. Type %s to go on: ".formatted(does, connection), connection)) {
            throw new CommandLine.ParameterException(
                command.commandLine(),
                "Nothing was done: the name was not typed; --yes does without it.");
          }
          JsonNode receipt = client.delete(path + what);
          if (!print(receipt)) {
            line("Done at " + time(receipt.path("receipt"), "at") + "; what was deleted:");
            Table table = new Table("WHAT", "COUNT");
            receipt
                .path("receipt")
                .path("deleted")
                .forEach(one -> table.row(words(text(one, "what")), text(one, "count")));
            terminal.out().print(table);
            line("The signed receipt is printed with --json; repeated, this prints it again.");
          }
          return ExitCode.DONE;
        });
  }

  /** What is asked of the API about a connection, and the exit code that its answer makes. */
  private interface Question {
    int ask(ApiClient client, String path) throws Exception;
  }

  private int with(String connection, Question question) throws Exception {
    try (ApiClient client = api.client()) {
      return question.ask(client, path(client, connection));
    }
  }

  /** The path of a connection: what is no id is looked up among the names. */
  private String path(ApiClient client, String connection)
      throws ApiException, InterruptedException, CommandException {
    if (connection.matches("con-[0-9a-f]{32}")) {
      return "/connections/" + connection;
    }
    List<String> ids = new ArrayList<>();
    for (JsonNode one : pages(client, "/connections", "connections").path("connections")) {
      if (one.path("name").asText().equals(connection)) {
        ids.add(text(one, "id"));
      }
    }
    return switch (ids.size()) {
      case 1 -> "/connections/" + ids.getFirst();
      case 0 ->
          throw new CommandException(
              "There is no connection %s; see: cloudoperator api connections"
                  .formatted(TerminalReport.printable(connection)));
      default ->
          throw new CommandException(
              "%d connections are called %s; name one by its id: %s."
                  .formatted(
                      ids.size(), TerminalReport.printable(connection), String.join(", ", ids)));
    };
  }

  /** All pages as one answer. */
  private static ObjectNode pages(ApiClient client, String path, String list)
      throws ApiException, InterruptedException {
    JsonNode first = client.get(path);
    if (!(first instanceof ObjectNode all) || !(all.path(list) instanceof ArrayNode items)) {
      throw new ApiException(502, "", "the API's answer has no " + list);
    }
    String next = all.path("next").asText();
    while (!next.isEmpty()) {
      JsonNode page =
          client.get(path + (path.contains("?") ? "&" : "?") + "after=" + segment(next));
      page.path(list).forEach(items::add);
      next = page.path("next").asText();
    }
    all.remove("next");
    return all;
  }

  private static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private boolean print(JsonNode answer) {
    if (json) {
      terminal.out().println(answer);
    }
    return json;
  }

  private void show(Table table, String whenEmpty) {
    if (table.size() == 0) {
      line(whenEmpty);
    } else {
      terminal.out().print(table);
    }
  }

  private void line(String text) {
    terminal.out().println(TerminalReport.printable(text));
  }

  private static String text(JsonNode object, String member) {
    return object.path(member).asText("");
  }

  /** A time to the second; what is none, as it is. */
  private static String time(JsonNode object, String member) {
    String text = text(object, member);
    try {
      return Instant.parse(text).truncatedTo(ChronoUnit.SECONDS).toString();
    } catch (DateTimeParseException _) {
      return text;
    }
  }

  /** What the API calls something, such as {@code nextScanAt} or {@code on_demand}, as words. */
  private static String words(String name) {
    return name.replaceFirst("At$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .replace('_', ' ')
        .toLowerCase(Locale.ROOT);
  }
}

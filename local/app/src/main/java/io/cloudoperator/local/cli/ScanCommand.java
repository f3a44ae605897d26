package io.cloudoperator.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.client.ScanResult;
import io.cloudoperator.local.console.ProgressBar;
import io.cloudoperator.local.console.ScanReport;
import io.cloudoperator.scan.ApiSummary;
import io.cloudoperator.scan.Coverage;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Connects an account through the real HTTP API, scans it, and shows what was found. */
@Command(
    name = "scan",
    description =
        "Starts the whole backend, connects an account through its HTTP API, scans all of its"
            + " regions and shows what was found: of a sample account, or with --role-arn of"
            + " yours.",
    mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {
  private static final String TENANT = "local";

  /** How often progress is asked for while the state machine runs; its end is told. */
  private static final Duration REFRESH = Duration.ofMillis(250);

  private final Terminal terminal;

  @Mixin private final SampleOptions sample = new SampleOptions();

  @Mixin private final TierOption tier = new TierOption();

  @ArgGroup(exclusive = false, heading = "%nAnother account than the sample:%n")
  private @Nullable CustomerOptions customer;

  @Option(names = "--json", description = "Print the snapshot as JSON, and nothing else.")
  private boolean json;

  @Mixin private final LogOption log = new LogOption();

  ScanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    log.apply(LogOption.Level.OFF);
    Semaphore ended = new Semaphore(0);
    LocalBackend backend =
        LocalBackend.start(
            new LocalBackend.Options(0, Optional.empty(), CustomerOptions.side(sample, customer)),
            _ -> ended.release(),
            UnaryOperator.identity());
    // The backend is closed first: a connection that its client has just closed would be waited
    // for.
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT));
        backend) {
      JsonNode snapshot = scan(backend, api, ended);
      return show(snapshot);
    } catch (ApiException e) {
      throw new CommandException(sentence(e));
    }
  }

  /** The API speaks of its next request; here the next step is another option. */
  private static String sentence(ApiException refused) {
    return switch (refused.code()) {
      case "confused_deputy" ->
          "The role can be assumed without its External ID, so it is refused; --proof record accepts"
              + " it and writes that down.";
      case "role_not_assumable" ->
          "AWS refuses to let us assume the role (%s): it does not exist, or its trust policy names another principal or External ID; --external-id sends the one that it asks for."
              .formatted(refused.awsErrorCode());
      case "proof_inconclusive" ->
          "The role could not be proven, for AWS gave no clear answer (%s)."
              .formatted(refused.awsErrorCode());
      default -> String.valueOf(refused.getMessage());
    };
  }

  /**
   * @param ended has a permit for each execution of the state machine that is over
   */
  private JsonNode scan(LocalBackend backend, ApiClient api, Semaphore ended)
      throws ApiException, CommandException, InterruptedException, IOException {
    JsonNode pending =
        api.post("/connections", Map.of("name", "cloudoperator scan", "tier", tier.word()));
    String connection = "/connections/" + pending.path("id").asText();
    RoleArn role = backend.grant(new ExternalId(pending.path("externalId").asText()), tier.tier());
    api.put(connection + "/role", Map.of("roleArn", role.value()));
    String scan =
        connection + "/scans/" + api.post(connection + "/scans", Map.of()).path("scanId").asText();
    ProgressBar bar = terminal.progressBar();
    while (true) {
      var _ = ended.tryAcquire(REFRESH.toMillis(), TimeUnit.MILLISECONDS);
      JsonNode state = api.get(scan);
      int done = state.path("progress").path("regionsDone").asInt();
      int total = state.path("progress").path("regionsTotal").asInt();
      switch (state.path("status").asText()) {
        case "running" -> bar.show(done, total);
        case "concluded" -> {
          JsonNode snapshot = state.path("snapshot");
          bar.end(snapshot.path("regions").size(), snapshot.path("regions").size());
          return snapshot;
        }
        case "cancelled" -> {
          bar.end(done, total);
          throw new CommandException("the scan was cancelled by another request");
        }
        default -> {
          bar.end(done, total);
          throw new CommandException(
              state.path("failure").path("message").asText("the scan took longer than it may"));
        }
      }
    }
  }

  private int show(JsonNode answer) throws ApiException {
    ScanResult snapshot = ScanResult.read(answer);
    if (json) {
      terminal.out().println(answer);
    } else {
      terminal.out().print(ScanReport.of(snapshot, terminal.style()));
    }
    if (answer.path("coverage").path("whole").asBoolean()) {
      return ExitCode.DONE;
    }
    terminal.err().println("cloudoperator: partial coverage: " + missing(snapshot));
    return ExitCode.PARTIAL_COVERAGE;
  }

  private static final Comparator<ApiSummary.UnreadSource> WHOLE_FIRST =
      Comparator.comparing(source -> source.items().isPresent());

  private static String missing(ScanResult snapshot) {
    if (!snapshot.coverage().whole()) {
      return missing(snapshot.coverage());
    }
    return snapshot
        .apis()
        .flatMap(apis -> apis.unread().stream().min(WHOLE_FIRST).map(first -> missing(apis, first)))
        .orElse("the account's trail, or our own role, could not be checked.");
  }

  private static String missing(ApiSummary apis, ApiSummary.UnreadSource first) {
    if (apis.sourcesUnread() == 0) {
      return "%d of what %d services in regions listed could not be read; the first, %s of the %s in %s, because %s (%s)."
          .formatted(
              apis.unread().stream()
                  .mapToInt(source -> source.items().map(List::size).orElse(0))
                  .sum(),
              apis.unread().stream()
                  .map(source -> source.region() + source.service())
                  .distinct()
                  .count(),
              first.items().map(List::getFirst).orElse(""),
              first.service().replace('_', ' '),
              first.region(),
              ScanReport.explained(first.reason()),
              first.code());
    }
    return "%d of %d services in regions could not be asked for APIs; the first, %s in %s, because %s (%s)."
        .formatted(
            apis.sourcesUnread(),
            apis.sourcesUnread() + apis.sourcesRead(),
            first.service().replace('_', ' '),
            first.region(),
            ScanReport.explained(first.reason()),
            first.code());
  }

  private static String missing(Coverage coverage) {
    if (coverage.unread().isEmpty()) {
      return "the bucket list could not be read.";
    }
    Coverage.UnreadRegion first = coverage.unread().getFirst();
    String because = ScanReport.explained(first.reason()) + " (" + first.code() + ").";
    int more = coverage.unread().size() - 1;
    return more == 0
        ? first.region() + " could not be read: " + because
        : "%s and %d more of %d regions could not be read; the first because %s"
            .formatted(first.region(), more, coverage.enabled(), because);
  }
}

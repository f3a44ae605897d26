package io.cloudoperator.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudoperator.aws.AwsErrors;
import io.cloudoperator.connection.ExternalId;
import io.cloudoperator.connection.RoleArn;
import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.local.backend.LocalBackend;
import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import io.cloudoperator.local.client.HttpSender;
import io.cloudoperator.local.console.ProgressBar;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
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
            + " regions, or those that are named, and shows what was found: of a sample account, or with --role-arn of"
            + " yours.")
final class ScanCommand implements Callable<Integer> {
  private static final String TENANT = "local";

  /** How often progress is asked for while the state machine runs; its end is told. */
  private static final Duration REFRESH = Duration.ofMillis(250);

  private final Terminal terminal;

  @Mixin private final SampleOptions sample = new SampleOptions();

  @Mixin private final TierOption tier = new TierOption();

  @ArgGroup(exclusive = false, heading = "%nAnother account than the sample:%n")
  private @Nullable CustomerOptions customer;

  @Mixin private final RegionOptions regions = new RegionOptions();

  @Option(names = "--json", description = "Print the snapshot as JSON, and nothing else.")
  private boolean json;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      converter = ReportFile.Converter.class,
      description =
          "Write the report to this file too, in the format that its ending says: .html, .csv,"
              + " .json, .ocsf.json or .asff.json. May be given more than once.")
  private List<ReportFile> reports = List.of();

  @Option(
      names = {"-q", "--quiet"},
      description = "Show neither progress nor what was found; the exit code says how it went.")
  private boolean quiet;

  @Mixin private final LogOption log = new LogOption();

  ScanCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Map<String, List<String>> asked = regions.asked();
    log.apply(LogOption.Level.OFF);
    Semaphore ended = new Semaphore(0);
    CustomerSide side = CustomerOptions.side(sample, customer);
    LocalBackend backend =
        LocalBackend.start(
            new LocalBackend.Options(0, Optional.empty(), side),
            _ -> ended.release(),
            UnaryOperator.identity());
    // The backend is closed first: a connection that its client has just closed would be waited
    // for.
    try (ApiClient api = new ApiClient(backend.url(), backend.token(TENANT));
        backend) {
      JsonNode snapshot = scan(backend, api, asked, ended);
      String connection = "/connections/" + snapshot.path("connectionId").asText();
      for (ReportFile report : reports) {
        report.write(api, connection, snapshot.path("scanId").asText());
      }
      return new SnapshotOutput(terminal, json, quiet).show(snapshot);
    } catch (ApiException e) {
      throw new CommandException(sentence(e, side));
    }
  }

  /** The API speaks of its next request; here the next step is another option. */
  private static String sentence(ApiException refused, CustomerSide side)
      throws InterruptedException {
    return switch (refused.code()) {
      case "confused_deputy" ->
          "The role can be assumed without its External ID, so it is refused; --proof record accepts"
              + " it and writes that down.";
      case "role_not_assumable" ->
          "AWS refuses to let us assume the role (%s): it does not exist, or its trust policy names another principal or External ID; --external-id sends the one that it asks for."
              .formatted(refused.awsErrorCode());
      case "proof_inconclusive" ->
          "The role could not be proven, for AWS gave no clear answer (%s)%s"
              .formatted(refused.awsErrorCode(), unreachable(refused, side));
      default -> String.valueOf(refused.getMessage());
    };
  }

  /** Why AWS cannot be reached, as a request without credentials finds it out on the same way. */
  private static String unreachable(ApiException refused, CustomerSide side)
      throws InterruptedException {
    if (!refused.awsErrorCode().equals(AwsErrors.UNREACHABLE)
        || !(side instanceof CustomerSide.Remote remote)) {
      return ".";
    }
    URI aws = remote.sts();
    try (HttpSender http = new HttpSender(aws, EnvironmentProxies.route(aws))) {
      var _ = http.send(HttpRequest.newBuilder(aws));
      return ".";
    } catch (ApiException e) {
      return ": " + e.getMessage();
    }
  }

  /**
   * @param ended has a permit for each execution of the state machine that is over
   */
  private JsonNode scan(
      LocalBackend backend, ApiClient api, Map<String, List<String>> asked, Semaphore ended)
      throws Exception {
    JsonNode pending =
        api.post("/connections", Map.of("name", "cloudoperator scan", "tier", tier.word()));
    String connection = "/connections/" + pending.path("id").asText();
    RoleArn role = backend.grant(new ExternalId(pending.path("externalId").asText()), tier.tier());
    api.proveRole(connection, role.value());
    String scan =
        connection + "/scans/" + api.post(connection + "/scans", asked).path("scanId").asText();
    return ScanFollower.follow(
        api,
        scan,
        regions,
        quiet ? ProgressBar.none() : terminal.progressBar(),
        () -> {
          var _ = ended.tryAcquire(REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        });
  }
}

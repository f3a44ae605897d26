package io.cloudoperator.local.cli;

import io.cloudoperator.local.backend.CustomerSide;
import io.cloudoperator.sample.SampleConfig;
import io.cloudoperator.sample.control.Latency;
import io.cloudoperator.sample.data.Regions;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The shape of the sample account. */
final class SampleOptions {
  private static final int MOST_INSTANCES = 5_000_000;
  private static final int MOST_APIS = 5_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed is another sample account (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--instances",
      paramLabel = "N",
      defaultValue = "1200",
      description = "EC2 instances in the sample account (default: ${DEFAULT-VALUE}).")
  private int instances;

  @Option(
      names = "--apis",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "APIs in the sample account, which the audit tier finds (default: ${DEFAULT-VALUE}).")
  private int apis;

  @Option(
      names = "--regions",
      paramLabel = "N",
      defaultValue = "34",
      description = "Regions that the sample account has enabled (default: ${DEFAULT-VALUE}).")
  private int regions;

  @Option(
      names = "--deny-regions",
      paramLabel = "REGION",
      split = ",",
      description = "Regions that a service control policy denies, separated by commas.")
  private List<String> denied = List.of();

  @Option(
      names = "--latency",
      paramLabel = "MS",
      converter = LatencyConverter.class,
      defaultValue = "0",
      description =
          "Milliseconds that each call takes longer, or distance: as far away as each region is from"
              + " us-east-1, where a new connection takes two round trips (default:"
              + " ${DEFAULT-VALUE}).")
  private Latency latency = Latency.none();

  /** The sample account that the options describe. */
  CustomerSide.Sample account() {
    return account(config -> config);
  }

  /** The same, configured further. */
  CustomerSide.Sample account(UnaryOperator<SampleConfig> further) {
    if (instances < 0 || instances > MOST_INSTANCES) {
      throw wrong("--instances is a number from 0 to " + MOST_INSTANCES + ".");
    }
    if (apis < 0 || apis > MOST_APIS) {
      throw wrong("--apis is a number from 0 to " + MOST_APIS + ".");
    }
    int all = Regions.all().size();
    if (regions < 1 || regions > all) {
      throw wrong("--regions is a number from 1 to " + all + ".");
    }
    for (String region : denied) {
      if (!Regions.exists(region)) {
        throw wrong("--deny-regions names a region that does not exist: " + region + ".");
      }
    }
    return new CustomerSide.Sample(
        further.apply(
            SampleConfig.defaults()
                .withSeed(seed)
                .withInstances(instances)
                .withApis(apis)
                .withRegions(regions)
                .withLatency(latency)),
        Set.copyOf(denied));
  }

  /**
   * Says so where an option shapes the sample although another option asks for another account.
   *
   * @throws ParameterException if one of these options was given
   */
  void refuseBeside(String other) {
    for (String option :
        List.of("--seed", "--instances", "--apis", "--regions", "--deny-regions", "--latency")) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw wrong(option + " shapes the sample account, and " + other + " names another.");
      }
    }
  }

  /** What to throw if an option has a value that it cannot have. */
  ParameterException wrong(String sentence) {
    return new ParameterException(command.commandLine(), sentence);
  }
}

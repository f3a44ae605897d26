package io.cloudoperator.local.cli;

import io.cloudoperator.connection.RegionName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which regions a scan reads: all, unless some are named. */
final class RegionOptions {
  private static final Set<String> WRONG = Set.of("regions_not_enabled", "no_region_chosen");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--region",
      paramLabel = "REGION",
      split = ",",
      description =
          "Scan this region and no other; may be given more than once, or several separated by"
              + " commas (default: all that the account has enabled).")
  private List<RegionName> only = List.of();

  @Option(
      names = "--exclude-region",
      paramLabel = "REGION",
      split = ",",
      description = "Scan all regions but this one; may be given more than once, as --region.")
  private List<RegionName> except = List.of();

  /** By its form: whether the account has it is found out when the scan is planned. */
  static RegionName region(String text) {
    try {
      return new RegionName(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("%s is none: %s".formatted(text, e.getMessage()));
    }
  }

  /**
   * What the request for a scan says of regions: nothing, if it is of all.
   *
   * @throws ParameterException if both options were given
   */
  Map<String, List<String>> asked() {
    if (!only.isEmpty() && !except.isEmpty()) {
      throw new ParameterException(
          command.commandLine(),
          "--region and --exclude-region exclude each other: name what is scanned, or what is left"
              + " out.");
    }
    if (!only.isEmpty()) {
      return Map.of("regions", names(only));
    }
    return except.isEmpty() ? Map.of() : Map.of("excludeRegions", names(except));
  }

  /** Why a scan failed: by the option, if it was told a region that cannot be meant. */
  Exception failure(String code, String sentence) {
    if (!WRONG.contains(code)) {
      return new CommandException(sentence);
    }
    String option = only.isEmpty() ? "--exclude-region" : "--region";
    return new ParameterException(
        command.commandLine(), sentence.replaceFirst("^The scan\\b", option));
  }

  private static List<String> names(List<RegionName> regions) {
    return regions.stream().map(RegionName::value).distinct().toList();
  }
}

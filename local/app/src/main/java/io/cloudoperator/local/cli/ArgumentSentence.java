package io.cloudoperator.local.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person is told of arguments that cannot be: in plain words, where picocli has its own. */
final class ArgumentSentence {
  private static final int MOST_NAMED = 3;
  private static final int MOST_WRONG_LETTERS = 3;

  private static final String COMMAND_MISSING = "Missing required subcommand";
  private static final Pattern VALUE_MISSING =
      Pattern.compile("^(Missing required|Expected) parameter for ");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'");
  private static final Pattern INVALID =
      Pattern.compile("^Invalid value for (?:option|positional parameter) [^:]*: (.*)$");
  private static final Pattern NO_NUMBER = Pattern.compile("^'(.*)' is not an? (?:int|long)$");
  private static final Pattern NO_SWITCH = Pattern.compile("^'.*' is not a boolean$");

  private ArgumentSentence() {}

  static String of(ParameterException wrong) {
    String said = String.valueOf(wrong.getMessage());
    return switch (wrong) {
      case UnmatchedArgumentException unmatched -> unmatched(unmatched);
      case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice.";
      case MissingParameterException missing when !missing.getMissing().isEmpty() ->
          VALUE_MISSING.matcher(said).find()
              ? "%s is without its value.".formatted(named(missing.getMissing().getFirst()))
              : missing(missing.getMissing(), said);
      default -> said.startsWith(COMMAND_MISSING) ? "A command is missing." : invalid(wrong, said);
    };
  }

  /**
   * What may be meant instead, as a line of its own: what is nearest, else which commands there
   * are.
   */
  static Optional<String> alternatives(ParameterException wrong) {
    CommandLine command = wrong.getCommandLine();
    List<String> nearest =
        wrong instanceof UnmatchedArgumentException unmatched
            ? nearest(culprit(unmatched), command)
            : List.of();
    if (!nearest.isEmpty()) {
      return Optional.of("nearest: " + String.join(", ", nearest));
    }
    boolean ofCommands =
        wrong instanceof UnmatchedArgumentException unmatched
            ? !isOption(culprit(unmatched))
            : String.valueOf(wrong.getMessage()).startsWith(COMMAND_MISSING);
    return ofCommands && !command.getSubcommands().isEmpty()
        ? Optional.of("commands: " + String.join(", ", command.getSubcommands().keySet()))
        : Optional.empty();
  }

  private static String unmatched(UnmatchedArgumentException unmatched) {
    String culprit = culprit(unmatched);
    if (isOption(culprit)) {
      return "There is no option %s.".formatted(culprit);
    }
    return unmatched.getCommandLine().getSubcommands().isEmpty()
        ? "The argument %s is one too many.".formatted(culprit)
        : "There is no command %s.".formatted(culprit);
  }

  /** The first option, for what follows it may be its value; else the first argument. */
  private static String culprit(UnmatchedArgumentException unmatched) {
    return unmatched.getUnmatched().stream()
        .filter(ArgumentSentence::isOption)
        .map(option -> option.replaceFirst("=.*$", ""))
        .findFirst()
        .orElseGet(() -> unmatched.getUnmatched().getFirst());
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }

  /** Of parameters picocli lists but the first, and quotes all; of a group it lists each option. */
  private static String missing(List<ArgSpec> missing, String said) {
    List<String> names =
        missing.getFirst().isPositional()
            ? QUOTED.matcher(said).results().map(quoted -> quoted.group(1)).toList()
            : missing.stream().filter(ArgSpec::required).map(ArgumentSentence::named).toList();
    return String.join(" and ", names) + (names.size() == 1 ? " is missing." : " are missing.");
  }

  private static String invalid(ParameterException wrong, String said) {
    Matcher invalid = INVALID.matcher(said);
    if (!invalid.matches() || wrong.getArgSpec() == null) {
      return said;
    }
    String why = invalid.group(1);
    ArgSpec argument = wrong.getArgSpec();
    Matcher noNumber = NO_NUMBER.matcher(why);
    if (noNumber.matches()) {
      return "%s is a whole number, not %s.".formatted(name(argument), noNumber.group(1));
    }
    if (NO_SWITCH.matcher(why).matches()) {
      return name(argument) + " takes no value.";
    }
    Object[] words = argument.auxiliaryTypes()[0].getEnumConstants();
    if (words != null) {
      String known =
          Arrays.stream(words)
              .map(word -> word.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      return argument.isOption()
          ? "%s is one of %s, not %s.".formatted(name(argument), known, wrong.getValue())
          : "%s is none of %s.".formatted(wrong.getValue(), known);
    }
    return "%s: %s.".formatted(name(argument), why.replaceFirst("\\.$", ""));
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }

  /** With what stands for its value. */
  private static String named(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static List<String> nearest(String culprit, CommandLine command) {
    int letters = culprit.replaceFirst("^-+", "").length();
    int farthest = Math.min(Math.clamp(letters / 3, 1, MOST_WRONG_LETTERS), letters - 1);
    return known(culprit, command)
        .filter(name ->
            (letters > 0 && name.startsWith(culprit)) || distance(culprit, name) <= farthest)
        .sorted(Comparator.comparingInt(name -> distance(culprit, name)))
        .limit(MOST_NAMED)
        .toList();
  }

  /** Those of {@code api} stand at the top, too. */
  private static Stream<String> known(String culprit, CommandLine command) {
    if (isOption(culprit)) {
      return command.getCommandSpec().optionsMap().keySet().stream();
    }
    return Stream.concat(Stream.of(command), Stream.ofNullable(command.getSubcommands().get("api")))
        .map(CommandLine::getSubcommands)
        .map(Map::keySet)
        .flatMap(Collection::stream)
        .distinct();
  }

  /** How many letters have to be put in, left out or changed. */
  private static int distance(String one, String other) {
    int[] before = new int[other.length() + 1];
    Arrays.setAll(before, column -> column);
    for (int row = 1; row <= one.length(); row++) {
      int[] now = new int[before.length];
      now[0] = row;
      for (int column = 1; column < now.length; column++) {
        int changed = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
        now[column] =
            Math.min(before[column - 1] + changed, Math.min(before[column], now[column - 1]) + 1);
      }
      before = now;
    }
    return before[other.length()];
  }
}

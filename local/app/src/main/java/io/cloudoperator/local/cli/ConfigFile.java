package io.cloudoperator.local.cli;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a person always wants of options: lines such as {@code scan.instances = 300}. It is read
 * from the home folder alone, for a file that lies in a folder by chance could send a token
 * elsewhere.
 */
final class ConfigFile implements IDefaultValueProvider {
  private final Map<String, Entry> entries;

  private record Entry(String value, String place) {}

  private ConfigFile(Map<String, Entry> entries) {
    this.entries = entries;
  }

  static ConfigFile none() {
    return new ConfigFile(Map.of());
  }

  /** {@code ~/.config/cloudoperator/config}, or where XDG_CONFIG_HOME says. */
  static Path place(Map<String, String> environment) {
    String home = environment.getOrDefault("XDG_CONFIG_HOME", "");
    return (home.isEmpty()
            ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".config")
            : Path.of(home))
        .resolve("cloudoperator")
        .resolve("config");
  }

  /**
   * The file's lines; none if it is not there.
   *
   * @throws CommandException if a line is not of an option of these commands
   */
  static ConfigFile read(Path file, CommandLine commands) throws CommandException {
    if (!Files.isRegularFile(file)) {
      return none();
    }
    Map<String, Entry> entries = new HashMap<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      String text = line.strip();
      if (text.isEmpty() || text.startsWith("#")) {
        continue;
      }
      String place = file + ", line " + number;
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new CommandException(place + ": it is not of the form scan.instances = 300.");
      }
      String key = text.substring(0, equals).strip();
      if (option(key, commands.getCommandSpec()).isEmpty()) {
        throw new CommandException("%s: there is no option %s.".formatted(place, key));
      }
      entries.put(key, new Entry(text.substring(equals + 1).strip(), place));
    }
    return new ConfigFile(entries);
  }

  private static List<String> lines(Path file) throws CommandException {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new CommandException(file + " is not text in UTF-8.");
    } catch (IOException e) {
      throw new CommandException(file + " cannot be read.");
    }
  }

  /** By command and name, such as {@code scan.instances}. */
  private static Optional<OptionSpec> option(String key, CommandSpec top) {
    int dot = key.lastIndexOf('.');
    CommandLine command = top.subcommands().get(key.substring(0, Math.max(dot, 0)));
    return Optional.ofNullable(command)
        .map(found -> found.getCommandSpec().findOption("--" + key.substring(dot + 1)))
        // Options of a group ask for others beside them, so that they have no defaults.
        .filter(found -> found.group() == null && !found.usageHelp() && !found.versionHelp());
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return entry(argument).map(Entry::value).orElse(null);
  }

  /** Where the value of an argument stands, if it is from here. */
  Optional<String> place(ArgSpec argument) {
    return entry(argument).map(Entry::place);
  }

  private Optional<Entry> entry(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return Optional.empty();
    }
    // An option of api is one of each of its commands.
    CommandSpec command = option.root() == null ? option.command() : option.root().command();
    return Optional.ofNullable(
        entries.get(command.name() + "." + option.longestName().replaceFirst("^--", "")));
  }
}

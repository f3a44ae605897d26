import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Formats every Java source below a folder, or refuses those that are not formatted. */
final class Format {
  private static final Formatter FORMATTER = new Formatter();

  private Format() {}

  /** Arguments: `check` or `apply`, and the folder. Exits with 1 if a source is not formatted. */
  public static void main(String[] arguments) throws IOException, FormatterException {
    boolean apply =
        switch (arguments[0]) {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("-Dformat takes check or apply");
        };
    Path root = Path.of(arguments[1]);
    List<Path> unformatted = new ArrayList<>();
    for (Path source : sources(root)) {
      String before = Files.readString(source);
      String after = format(source, before);
      if (!before.equals(after)) {
        unformatted.add(root.relativize(source));
        if (apply) {
          Files.writeString(source, after);
        }
      }
    }
    if (!apply && !unformatted.isEmpty()) {
      System.err.println("Not formatted; run `mvn -pl build validate -Dformat=apply`:");
      unformatted.forEach(source -> System.err.println("  " + source));
      System.exit(1);
    }
  }

  private static String format(Path source, String text) throws FormatterException {
    try {
      String ordered =
          ImportOrderer.reorderImports(
              RemoveUnusedImports.removeUnusedImports(text), JavaFormatterOptions.Style.GOOGLE);
      return FORMATTER.formatSource(ordered);
    } catch (FormatterException e) {
      System.err.println(source + ": " + e.getMessage());
      throw e;
    }
  }

  private static List<Path> sources(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !root.relativize(file).toString().matches("(.*/)?(target|\\.aws-sam)/.*"))
          .sorted()
          .toList();
    }
  }
}

package io.cloudoperator.local.cli;

import io.cloudoperator.local.client.ApiClient;
import io.cloudoperator.local.client.ApiException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A file that a report is written to, in the format that its ending names. */
record ReportFile(Path path, String format) {
  private static final Map<String, String> FORMATS = new LinkedHashMap<>();

  static {
    // The longer endings first.
    FORMATS.put(".ocsf.json", "ocsf");
    FORMATS.put(".asff.json", "asff");
    FORMATS.put(".html", "html");
    FORMATS.put(".csv", "csv");
    FORMATS.put(".json", "json");
  }

  /** Reads the option's value, before anything is started. */
  static final class Converter implements ITypeConverter<ReportFile> {
    @Override
    public ReportFile convert(String text) {
      String format =
          FORMATS.entrySet().stream()
              .filter(ending -> text.toLowerCase(Locale.ROOT).endsWith(ending.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElseThrow(() ->
                  new TypeConversionException(
                      "its ending is one of " + String.join(", ", FORMATS.keySet())));
      Path path = Path.of(text).toAbsolutePath();
      Path folder = path.getParent();
      if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
        throw new TypeConversionException("nothing can be written into " + folder);
      }
      if (Files.isDirectory(path) || (Files.exists(path) && !Files.isWritable(path))) {
        throw new TypeConversionException(path + " cannot be written");
      }
      return new ReportFile(path, format);
    }
  }

  /** Writes a scan's report, whole or not at all. */
  void write(ApiClient api, String connection, String scan)
      throws ApiException, InterruptedException, CommandException {
    String report = api.text(connection + "/scans/" + scan + "/report?format=" + format);
    try {
      Path unfinished =
          Files.createTempFile(path.toAbsolutePath().getParent(), "report", ".unfinished");
      try {
        Files.writeString(unfinished, report);
        Files.move(unfinished, path, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException e) {
      throw new CommandException("The report could not be written to " + path + ".");
    }
  }
}

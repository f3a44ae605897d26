import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Packs the web console into the function that serves it: each of its files compressed by gzip, and
 * {@code files.txt}, whose first line is a digest of all of them, and each further one the path of
 * one. The same files make the same bytes.
 *
 * <p>{@code java ConsoleFiles.java FOLDER TARGET}: tests, what develops the console, and hidden
 * files stay behind.
 */
final class ConsoleFiles {
  private static final Pattern SERVED =
      Pattern.compile("(.*\\.(html|js|css|svg|png|ico|woff2|txt)|(.*/)?LICENSE)");
  private static final Pattern DEVELOPMENT =
      Pattern.compile(
          "(^|.*/)(test|node_modules|\\.[^/]*)(/.*|$)|vendor/entry\\.js|.*\\.(test|config)\\.js");

  /** On lines of their own; console/test holds that nothing else goes. */
  private static final Pattern COMMENTS =
      Pattern.compile("(?m)^[ \\t]*(?://.*|/\\*\\*(?s:(?!\\*/).)*+\\*/[ \\t]*)\\n");

  /** What stands in index.html for the digest. */
  private static final String PLACEHOLDER = "{digest}";

  private static final int DIGITS = 16;

  private ConsoleFiles() {}

  public static void main(String[] arguments) throws IOException {
    Map<String, byte[]> files = read(Path.of(arguments[0]));
    Path target = Path.of(arguments[1]);
    String digest = digest(files);
    files.computeIfPresent(
        "index.html",
        (_, page) ->
            new String(page, StandardCharsets.UTF_8)
                .replace(PLACEHOLDER, digest)
                .getBytes(StandardCharsets.UTF_8));
    delete(target);
    Files.createDirectories(target);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path compressed = target.resolve(file.getKey() + ".gz");
      Files.createDirectories(compressed.getParent());
      Files.write(compressed, gzip(file.getValue()));
    }
    Files.writeString(
        target.resolve("files.txt"), digest + "\n" + String.join("\n", files.keySet()) + "\n");
  }

  /** The file, without the comments of our own modules: a browser has no use for them. */
  private static byte[] served(String path, byte[] content) {
    return path.endsWith(".js") && !path.startsWith("vendor/")
        ? COMMENTS
            .matcher(new String(content, StandardCharsets.UTF_8))
            .replaceAll("")
            .getBytes(StandardCharsets.UTF_8)
        : content;
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        if (SERVED.matcher(path).matches() && !DEVELOPMENT.matcher(path).matches()) {
          files.put(path, served(path, Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  private static String digest(Map<String, byte[]> files) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      files.forEach((path, content) -> {
        sha256.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
        sha256.update(content);
      });
      return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new BestGzip(compressed)) {
      out.write(content);
    }
    return compressed.toByteArray();
  }

  private static final class BestGzip extends GZIPOutputStream {
    BestGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /** So that no file of an earlier build is deployed. */
  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> old = Files.walk(folder)) {
        old.sorted(Comparator.reverseOrder()).forEach(ConsoleFiles::deleteOne);
      }
    }
  }

  private static void deleteOne(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Packs the web console into the function that serves it: each of its files compressed by gzip, and
 * {@code files.txt}, whose first line is a digest of all of them, and each further one the path of
 * one. Beside them go the contract that the console is written to, and the licences of what others
 * wrote. The same files make the same bytes.
 *
 * <p>{@code java ConsoleFiles.java FOLDER TARGET CONTRACT}: tests, what develops the console, and
 * hidden files stay behind.
 */
final class ConsoleFiles {
  private static final Pattern SERVED =
      Pattern.compile("(.*\\.(html|js|css|svg|png|ico|woff2|txt)|(.*/)?LICENSE)");
  private static final Pattern DEVELOPMENT =
      Pattern.compile(
          "(^|.*/)(test|node_modules|\\.[^/]*)(/.*|$)|vendor/(entry\\.js|LICENSES\\.txt)"
              + "|.*\\.(test|config)\\.js");

  /** Whole texts of licences, for who has the artifact; notices of them are served. */
  private static final String LICENCES = "vendor/LICENSES.txt";

  /** What stands in index.html for the digest. */
  private static final String PLACEHOLDER = "{digest}";

  private static final int DIGITS = 16;

  /** A whole value that htm takes without its quotes too. */
  private static final Pattern QUOTED = Pattern.compile("\"([\\w#.:-]+)\"(?=[\\s/>])");

  private ConsoleFiles() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Map<String, byte[]> files = read(folder);
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
    Path contract = Path.of(arguments[2]);
    Files.write(
        target.resolveSibling(contract.getFileName() + ".gz"), gzip(Files.readAllBytes(contract)));
    Path licences = folder.resolve(LICENCES);
    Files.write(target.resolveSibling(licences.getFileName()), Files.readAllBytes(licences));
  }

  /** The file, without what a browser has no use for in those of our own. */
  private static byte[] served(String path, byte[] content) {
    if (path.startsWith("vendor/")) {
      return content;
    }
    String text = new String(content, StandardCharsets.UTF_8);
    String packed =
        path.endsWith(".js")
            ? new PackedModule(text).text()
            : path.endsWith(".css") ? packedStyle(text) : text;
    return packed.getBytes(StandardCharsets.UTF_8);
  }

  /** Without comments, and without blanks that mean nothing. Its texts in quotes have none. */
  private static String packedStyle(String css) {
    return css.replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\\s+", " ")
        .replaceAll(" ?([{};,>]) ?", "$1")
        .replaceAll("([\\w-]): ", "$1:")
        .replace(";}", "}")
        .strip();
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

  /**
   * A module with the same tokens, but without comments, blanks that mean nothing, and the last
   * semicolons and commas of blocks and lists. A line's end stays where it may end a statement. In
   * templates of htm a line's end and the next one's indentation go where htm drops them, and are
   * one line's end elsewhere; so do quotes that it needs not, and names in ends of elements. Other
   * texts stay as they are. What it takes for a regular expression is told by the character before,
   * as our modules are written; console/test holds what is served against the source, by a parser.
   */
  private static final class PackedModule {
    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    PackedModule(String source) {
      this.source = source;
    }

    String text() {
      code();
      return out.toString().strip() + "\n";
    }

    /** To the end, or to the brace that closes what a template has opened. */
    private void code() {
      int open = 0;
      while (at < source.length()) {
        char c = source.charAt(at);
        if (Character.isWhitespace(c) || source.startsWith("//", at) || comment()) {
          blanks();
        } else if (c == '\'' || c == '"') {
          quoted(c);
        } else if (c == '`') {
          template(endsWith("html"));
        } else if (c == '/' && beginsExpression()) {
          expression();
        } else if (c == '}' && open-- == 0) {
          return;
        } else {
          open += c == '{' ? 1 : 0;
          char before = out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
          if (before == ';' && c == '}' || before == ',' && "})]".indexOf(c) >= 0) {
            out.setLength(out.length() - 1);
          }
          out.append(c);
          at++;
        }
      }
    }

    private boolean comment() {
      return source.startsWith("/*", at);
    }

    /** Blanks and comments up to the next token. */
    private void blanks() {
      boolean line = false;
      while (at < source.length()) {
        if (source.startsWith("//", at)) {
          at = source.indexOf('\n', at);
        } else if (comment()) {
          at = source.indexOf("*/", at) + 2;
        } else if (Character.isWhitespace(source.charAt(at))) {
          line |= source.charAt(at++) == '\n';
        } else {
          break;
        }
      }
      char before = out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
      char after = at < source.length() ? source.charAt(at) : '\n';
      if (line
          && (mayEnd(before, after) && !arrow() || before == ';' && (imports() || exports()))) {
        out.append('\n');
      } else if (!line && separates(before, after)) {
        out.append(' ');
      }
    }

    private boolean arrow() {
      return out.length() > 1 && out.substring(out.length() - 2).equals("=>");
    }

    private static boolean mayEnd(char before, char after) {
      return "\n;{([,:?=&|".indexOf(before) < 0 && "})].?:&|".indexOf(after) < 0;
    }

    /** Whether the line is an import: those stay lines, for who reads them or leaves them out. */
    private boolean imports() {
      return out.indexOf("import", out.lastIndexOf("\n") + 1) == out.lastIndexOf("\n") + 1;
    }

    private boolean exports() {
      return source.startsWith("export", at) || source.startsWith("import", at);
    }

    private static boolean separates(char before, char after) {
      return inName(before) && inName(after) || before == after && "+-".indexOf(after) >= 0;
    }

    private static boolean inName(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c == '#';
    }

    private boolean endsIn(char c) {
      return !out.isEmpty() && out.charAt(out.length() - 1) == c;
    }

    private boolean endsWith(String name) {
      int start = out.length() - name.length();
      return start >= 0
          && out.substring(start).equals(name)
          && (start == 0 || !inName(out.charAt(start - 1)));
    }

    private boolean beginsExpression() {
      char before = out.isEmpty() ? '\n' : out.charAt(out.length() - 1);
      return "\n(,=:[!&|?{};+>".indexOf(before) >= 0 || endsWith("return");
    }

    private void quoted(char quote) {
      int start = at++;
      while (source.charAt(at) != quote) {
        at += source.charAt(at) == '\\' ? 2 : 1;
      }
      out.append(source, start, ++at);
    }

    private void expression() {
      int start = at++;
      boolean set = false;
      for (char c; (c = source.charAt(at)) != '/' || set; at++) {
        set = c == '[' || set && c != ']';
        at += c == '\\' ? 1 : 0;
      }
      out.append(source, start, ++at);
    }

    /** The value of an attribute, or what is left of it: without quotes if htm needs none. */
    private void attribute() {
      Matcher value = QUOTED.matcher(source).region(at, source.length());
      if (endsIn('=') && value.lookingAt()) {
        out.append(value.group(1));
        at = value.end();
      } else {
        out.append(source.charAt(at++));
      }
    }

    private void template(boolean htm) {
      out.append(source.charAt(at++));
      boolean tag = false;
      // Nothing of the text stands between here and the last tag or value.
      boolean edge = true;
      for (char c; (c = source.charAt(at)) != '`'; ) {
        if (source.startsWith("${", at)) {
          out.append("${");
          at += 2;
          code();
          out.append('}');
          at++;
          edge = true;
        } else if (htm && source.startsWith("</", at)) {
          // What htm takes for the end of whatever is open.
          out.append("<//>");
          at = source.indexOf('>', at) + 1;
          tag = false;
          edge = true;
        } else if (tag && c == '"') {
          attribute();
        } else if (htm && Character.isWhitespace(c)) {
          int start = at;
          while (Character.isWhitespace(source.charAt(at))) {
            at++;
          }
          String run = source.substring(start, at);
          boolean last =
              source.charAt(at) == '`' || source.charAt(at) == '<' || source.startsWith("${", at);
          if (tag) {
            out.append(source.startsWith("/>", at) ? "" : " ");
          } else if (run.indexOf('\n') < 0) {
            out.append(run);
          } else if (!edge && !last) {
            out.append('\n');
          }
        } else {
          tag = htm && (c == '<' || tag && c != '>');
          edge = c == '>';
          out.append(c);
          at++;
          if (c == '\\') {
            out.append(source.charAt(at++));
          }
        }
      }
      out.append('`');
      at++;
    }
  }
}

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays out what a function carries: its runtime classpath goes to {@code target/lambda/lib}, each
 * jar as it was published, save the AWS SDK's service modules and two libraries of which little is
 * used. Of those what nobody calls stays behind; docs/decisions/014-artifacts.md says by which
 * rule, and why it is safe.
 *
 * <p>{@code java Artifact.java TARGET CLASSPATH}: of a module, when it is packaged. It fails if the
 * artifact is larger than {@link #LARGEST}.
 *
 * <p>{@code java Artifact.java --table TARGET...}: what is in artifacts that were laid out, for
 * docs/artifacts.md.
 */
final class Artifact {
  /** In bytes, as it is deployed: jars and classes. */
  private static final long LARGEST = 16_000_000;

  private static final Pattern CLIENT =
      Pattern.compile("software/amazon/awssdk/services/\\w+/\\w+Client\\.class");
  private static final String EVENTS = "com/amazonaws/services/lambda/runtime/events/";
  private static final String LANG = "org/apache/commons/lang3/";
  private static final Pattern NAME =
      Pattern.compile(
          ("(?:software/amazon/awssdk/services/|" + EVENTS + "|" + LANG + ")[\\w$/]*[\\w$]")
              .replace("/", "[/.]"));

  // What an operation is made of: whoever calls it names a part of it.
  private static final Pattern PART = Pattern.compile(".*/(model|transform|paginators|waiters)/.*");
  private static final Pattern OPERATION =
      Pattern.compile("(.*)/model/(\\w+?)(?:Request|Response)(?:\\$.*)?");
  // The SDK makes an exception of whatever the service answers, called or not.
  private static final Pattern EXCEPTION = Pattern.compile(".*/model/\\w*Exception(\\$.*)?");
  // The verifier looks up what each request extends, called or not: the class stays, bare.
  private static final Pattern REQUEST = Pattern.compile(".*/model/\\w+Request");
  // Clients, events and parts of a library that nobody asks for, and parts of the rules of
  // endpoints
  // that are not run.
  private static final Pattern SPARE =
      Pattern.compile(
          "("
              + EVENTS
              + "|"
              + LANG
              + ").*|.*/(\\w*Async\\w*(\\$.*)?|(streams|endpoints/internal)/.*)");
  // They name every operation of the service, and touch those that are called.
  private static final Pattern NAMES_ALL =
      Pattern.compile(".*/(\\w+Client|(endpoints|auth|jmespath)/.*)");

  private final Path lib;
  private final List<Path> whole = new ArrayList<>();
  private final List<Path> modules = new ArrayList<>();
  private final Path classes;

  private Artifact(Path target, List<Path> classpath) throws IOException {
    lib = target.resolve("lambda/lib");
    classes = target.resolve("classes");
    for (Path entry : classpath) {
      if (!entry.equals(classes)) {
        (isThinned(entry) ? modules : whole).add(entry);
      }
    }
  }

  public static void main(String[] arguments) throws IOException {
    if (arguments[0].equals("--table")) {
      System.out.print(table(Stream.of(arguments).skip(1).map(Path::of).toList()));
      return;
    }
    Path target = Path.of(arguments[0]);
    List<Path> classpath =
        Stream.of(arguments[1].split(File.pathSeparator, -1)).map(Path::of).toList();
    new Artifact(target, classpath).layOut();
    long size = sizes(target).values().stream().mapToLong(Long::longValue).sum();
    if (size > LARGEST) {
      System.err.printf(
          "%s is %,d bytes as it is deployed, and may be %,d at most; docs/artifacts.md says what"
              + " is in it.%n",
          target.getParent().getFileName(), size, LARGEST);
      System.exit(1);
    }
  }

  private void layOut() throws IOException {
    deleteJars();
    Files.createDirectories(lib);
    Set<String> named = new HashSet<>();
    for (Path jar : whole) {
      Files.copy(jar, lib.resolve(jar.getFileName()));
      read(jar).values().forEach(content -> named.addAll(names(content)));
    }
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        named.addAll(names(Files.readAllBytes(file)));
      }
    }
    for (Path jar : modules) {
      Map<String, byte[]> entries = read(jar);
      Set<String> kept = kept(entries, named);
      entries.entrySet().stream()
          .filter(entry -> !kept.contains(entry.getKey()) && isRequest(entry.getKey()))
          .forEach(entry -> {
            entry.setValue(bare(entry.getValue()));
            kept.add(entry.getKey());
          });
      entries.keySet().retainAll(kept);
      write(entries, lib.resolve(jar.getFileName()));
    }
  }

  /**
   * What stays of a service module: all but operations and spare parts, and of these what is named
   * by anything that stays.
   */
  private static Set<String> kept(Map<String, byte[]> module, Set<String> named) {
    Set<String> kept = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(named);
    for (String entry : module.keySet()) {
      String name = nameOf(entry);
      if (!PART.matcher(name).matches() && !SPARE.matcher(name).matches()
          || EXCEPTION.matcher(name).matches()) {
        next.add(name);
      }
    }
    Set<String> seen = new HashSet<>();
    while (!next.isEmpty()) {
      String name = next.pop();
      if (!seen.add(name)) {
        continue;
      }
      Matcher operation = OPERATION.matcher(name);
      if (operation.matches()) {
        String model = operation.group(1) + "/model/" + operation.group(2);
        next.add(model + "Request");
        next.add(model + "Response");
        next.add(operation.group(1) + "/transform/" + operation.group(2) + "RequestMarshaller");
      }
      String entry = module.containsKey(name) ? name : name + ".class";
      byte[] content = module.get(entry);
      if (content != null) {
        kept.add(entry);
        Collection<String> names = names(content);
        if (NAMES_ALL.matcher(name).matches()) {
          names.removeIf(other -> PART.matcher(other).matches());
        }
        next.addAll(names);
      }
    }
    return kept;
  }

  private static boolean isRequest(String entry) {
    return REQUEST.matcher(nameOf(entry)).matches();
  }

  /** The class and what it extends, with nothing in it. */
  private static byte[] bare(byte[] content) {
    ClassModel whole = ClassFile.of().parse(content);
    return ClassFile.of()
        .build(
            whole.thisClass().asSymbol(),
            bare ->
                bare.withVersion(whole.majorVersion(), whole.minorVersion())
                    .withFlags(whole.flags().flagsMask())
                    .withSuperclass(whole.superclass().orElseThrow().asSymbol()));
  }

  private static String nameOf(String entry) {
    return entry.endsWith(".class") ? entry.substring(0, entry.length() - 6) : entry;
  }

  /**
   * The names of the SDK's service classes that a file has in it: in code, in signatures, in texts
   * and, with dots, in lists of classes.
   */
  private static Set<String> names(byte[] content) {
    Set<String> names = new HashSet<>();
    if (content.length > 4 && content[0] == (byte) 0xCA && content[1] == (byte) 0xFE) {
      ClassFile.of()
          .parse(content)
          .constantPool()
          .forEach(entry -> {
            if (entry instanceof Utf8Entry text) {
              find(text.stringValue(), names);
            }
          });
    } else {
      find(new String(content, StandardCharsets.ISO_8859_1), names);
    }
    return names;
  }

  private static void find(String text, Set<String> names) {
    Matcher name = NAME.matcher(text);
    while (name.find()) {
      names.add(name.group().replace('.', '/'));
    }
  }

  private static boolean isThinned(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream()
          .map(ZipEntry::getName)
          .anyMatch(entry ->
              CLIENT.matcher(entry).matches()
                  || entry.startsWith(EVENTS)
                  || entry.startsWith(LANG));
    }
  }

  private static Map<String, byte[]> read(Path jar) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : file.stream().filter(entry -> !entry.isDirectory()).toList()) {
        try (InputStream content = file.getInputStream(entry)) {
          entries.put(entry.getName(), content.readAllBytes());
        }
      }
    }
    return entries;
  }

  /** The same entries make the same bytes. */
  private static void write(Map<String, byte[]> entries, Path jar) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        ZipEntry written = new ZipEntry(entry.getKey());
        written.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
        out.putNextEntry(written);
        out.write(entry.getValue());
      }
    }
  }

  /** So that no jar of an earlier build is deployed. */
  private void deleteJars() throws IOException {
    if (Files.isDirectory(lib)) {
      try (Stream<Path> old = Files.list(lib)) {
        for (Path jar : old.toList()) {
          Files.delete(jar);
        }
      }
    }
  }

  /** What each part of an artifact takes, in bytes: its jars by name, and its own classes. */
  private static Map<String, Long> sizes(Path target) throws IOException {
    Map<String, Long> sizes = new TreeMap<>();
    try (Stream<Path> jars = Files.list(target.resolve("lambda/lib"))) {
      for (Path jar : jars.toList()) {
        sizes.put(
            jar.getFileName().toString().replaceFirst("-\\d[\\w.]*(-SNAPSHOT)?\\.jar$", ""),
            Files.size(jar));
      }
    }
    long own = 0;
    try (Stream<Path> files = Files.walk(target.resolve("classes"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        own += Files.size(file);
      }
    }
    sizes.put("(its own classes)", own);
    return sizes;
  }

  /** Largest first; what takes less than a hundredth of the limit everywhere is one row. */
  private static String table(List<Path> targets) throws IOException {
    List<Map<String, Long>> columns = new ArrayList<>();
    StringBuilder table = new StringBuilder("| KB |");
    for (Path target : targets) {
      columns.add(sizes(target));
      table.append(' ').append(target.toAbsolutePath().getParent().getFileName()).append(" |");
    }
    table.append("\n|---|").append("--:|".repeat(targets.size())).append('\n');
    Map<String, Long> most = new TreeMap<>();
    columns.forEach(column -> column.forEach((name, size) -> most.merge(name, size, Math::max)));
    Map<Boolean, List<String>> names =
        most.keySet().stream()
            .sorted(Comparator.comparing(name -> -most.get(name)))
            .collect(Collectors.partitioningBy(name -> most.get(name) >= LARGEST / 100));
    names.get(true).forEach(name -> row(table, name, columns, List.of(name)));
    row(table, names.get(false).size() + " more", columns, names.get(false));
    row(table, "**in all**", columns, most.keySet());
    return table.toString();
  }

  private static void row(
      StringBuilder table, String title, List<Map<String, Long>> columns, Collection<String> of) {
    table.append("| ").append(title).append(" |");
    for (Map<String, Long> column : columns) {
      long size = of.stream().mapToLong(name -> column.getOrDefault(name, 0L)).sum();
      table.append(size == 0 ? " |" : String.format(" %,d |", Math.round(size / 1000.0)));
    }
    table.append('\n');
  }
}

package io.cloudoperator.local.simulation.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads a whole program, libraries and all, with {@link MachineCalls} in the places of what the JDK
 * knows of time and chance. The JDK itself, and the machine, are those of the JVM.
 */
public final class MachineLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String MACHINE = Machine.class.getPackageName() + ".";

  /** What each client of the SDK reads as it is made. */
  private static final String INTERCEPTORS = "/execution.interceptors";

  private final Replacements replacements;
  private final Map<String, Optional<URL>> found = new ConcurrentHashMap<>();
  private final Map<String, List<URL>> allFound = new ConcurrentHashMap<>();

  /**
   * @param classPath as {@code java.class.path} has it
   */
  public MachineLoader(String classPath) {
    super("machine", urls(classPath), ClassLoader.getPlatformClassLoader());
    replacements = new Replacements(this);
  }

  private static URL[] urls(String classPath) {
    return Arrays.stream(classPath.split(java.io.File.pathSeparator, -1))
        .map(entry -> {
          try {
            return java.nio.file.Path.of(entry).toUri().toURL();
          } catch (java.net.MalformedURLException e) {
            throw new IllegalArgumentException(e);
          }
        })
        .toArray(URL[]::new);
  }

  /** Looked for once: an SDK client that is made looks for files in every library. */
  @Override
  public @Nullable URL getResource(String name) {
    return found
        .computeIfAbsent(name, _ -> Optional.ofNullable(super.getResource(name)))
        .orElse(null);
  }

  @Override
  public Enumeration<URL> getResources(String name) {
    return Collections.enumeration(
        allFound.computeIfAbsent(
            name,
            _ -> {
              try {
                List<URL> resources = Collections.list(super.getResources(name));
                return name.endsWith(INTERCEPTORS)
                    ? resources.stream().map(LoadedResource::of).toList()
                    : resources;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }));
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    if (name.startsWith(MACHINE)) {
      return Class.forName(name, false, Machine.class.getClassLoader());
    }
    URL resource = findResource(name.replace('.', '/') + ".class");
    if (resource == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = Objects.requireNonNull(resource).openStream()) {
      byte[] bytes = replacements.in(in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}

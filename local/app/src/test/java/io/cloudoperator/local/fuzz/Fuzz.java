package io.cloudoperator.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Gives a parser what {@link Mutations} make of its samples. It must return, or throw what it
 * declares, on a stack of 256 KB, in bounded processor time and memory. What it fails for is made
 * as short as it can be and still fails in the same way.
 *
 * @param samples what it takes
 * @param declared what it may throw
 */
record Fuzz(String name, List<byte[]> samples, Parser parser, List<Class<?>> declared) {
  /** {@code -Dfuzz.seed=7} tries others. */
  static final long SEED = Long.getLong("fuzz.seed", 53);

  /** {@code -Dfuzz.tries=20000} tries more. */
  static final int TRIES = Integer.getInteger("fuzz.tries", 300);

  private static final int STACK = 256 << 10;
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final long MOST_BYTES = 64L << 20;
  private static final int SHORTENINGS = 3_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What is tried. */
  @FunctionalInterface
  interface Parser {
    void parse(byte[] text) throws Exception;
  }

  @Override
  public String toString() {
    return name;
  }

  /** What it fails for; empty if for nothing. */
  Optional<String> failure(long seed, int tries) throws InterruptedException {
    AtomicReference<Optional<String>> found = new AtomicReference<>(Optional.empty());
    Thread small = new Thread(null, () -> found.set(search(seed, tries)), "small stack", STACK);
    small.start();
    small.join();
    return found.get();
  }

  private Optional<String> search(long seed, int tries) {
    Mutations mutations = new Mutations(seed, samples);
    for (int i = 0; i < tries; i++) {
      byte[] text = mutations.next();
      Optional<Fault> fault = fault(text);
      if (fault.isPresent()) {
        byte[] shortest = shortened(text, fault.get());
        return Optional.of(
            "%s, seed %d, try %d: %s for %d bytes: %s"
                .formatted(
                    name, seed, i, fault.get().description(), shortest.length, shown(shortest)));
      }
    }
    return Optional.empty();
  }

  private record Fault(String kind, String description) {}

  private Optional<Fault> fault(byte[] text) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    try {
      parser.parse(text);
    } catch (Exception | StackOverflowError e) {
      if (declared.stream().noneMatch(each -> each.isInstance(e))) {
        StackTraceElement[] frames = e.getStackTrace();
        return Optional.of(
            new Fault(
                e.getClass() + (frames.length == 0 ? "" : frames[0].toString()),
                e + " at " + Arrays.toString(Arrays.copyOf(frames, Math.min(8, frames.length)))));
      }
    }
    Duration took = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - cpu);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    if (took.compareTo(LONGEST) > 0) {
      return Optional.of(new Fault("time", "it took " + took));
    }
    return allocated > MOST_BYTES + 200L * text.length
        ? Optional.of(new Fault("memory", "it allocated " + allocated + " bytes"))
        : Optional.empty();
  }

  private byte[] shortened(byte[] text, Fault fault) {
    byte[] shortest = text;
    int left = SHORTENINGS;
    for (int length = Math.max(1, text.length / 2); length > 0; length /= 2) {
      for (int at = 0; at < shortest.length && left > 0; left--) {
        byte[] shorter = without(shortest, at, Math.min(shortest.length, at + length));
        if (fault(shorter).filter(other -> other.kind().equals(fault.kind())).isPresent()) {
          shortest = shorter;
        } else {
          at += length;
        }
      }
    }
    return shortest;
  }

  private static byte[] without(byte[] text, int from, int to) {
    byte[] shorter = Arrays.copyOf(text, text.length - (to - from));
    System.arraycopy(text, to, shorter, from, text.length - to);
    return shorter;
  }

  private static String shown(byte[] text) {
    StringBuilder shown = new StringBuilder();
    for (char c : new String(text, 0, Math.min(text.length, 2000), ISO_8859_1).toCharArray()) {
      shown.append(c >= ' ' && c < 127 ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    return shown.toString();
  }
}

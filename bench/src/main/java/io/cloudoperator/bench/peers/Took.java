package io.cloudoperator.bench.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a process took, from its start to its end, with all that it started.
 *
 * @param output its own lines
 * @param seconds from start to end
 * @param processor seconds of processors, in user and system mode
 * @param peak megabytes that were resident at most; of several processes, in the largest
 * @param reading what is left of it once it has started, where it says so
 */
record Took(
    List<String> output, double seconds, double processor, double peak, Optional<Reading> reading) {
  Took {
    output = List.copyOf(output);
  }

  /** Seconds since all of its code was loaded. */
  record Reading(double seconds, double processor) {}

  /**
   * From what bench/peers/measure.py prints: the process's own lines, with {@code reading} and
   * seconds among them where it says them, and last {@code process} and what it took.
   *
   * @throws IllegalArgumentException if that line is not there
   */
  static Took read(List<String> lines) {
    String[] process = lines.isEmpty() ? new String[0] : lines.getLast().split(" ", -1);
    if (process.length != 4 || !process[0].equals("process")) {
      throw new IllegalArgumentException("it does not say what the process took");
    }
    List<String> output = new ArrayList<>();
    Optional<Reading> reading = Optional.empty();
    for (String line : lines.subList(0, lines.size() - 1)) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("reading")) {
        reading =
            Optional.of(new Reading(Double.parseDouble(words[1]), Double.parseDouble(words[2])));
      } else {
        output.add(line);
      }
    }
    return new Took(
        output,
        Double.parseDouble(process[1]),
        Double.parseDouble(process[2]),
        Double.parseDouble(process[3]),
        reading);
  }
}

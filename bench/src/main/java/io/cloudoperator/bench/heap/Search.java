package io.cloudoperator.bench.heap;

import java.util.Optional;

/** Finds the least of what is enough, with few attempts that are dear. */
final class Search {
  private Search() {}

  /** Tries a size; what came of it, if it was enough. */
  @FunctionalInterface
  interface Attempt<T> {
    Optional<T> at(int size) throws Exception;
  }

  /** The least size that was enough, and what came of it. */
  record Found<T>(int size, T result) {}

  /**
   * Searches from below, where the answer is expected: by doubling the distance until a size is
   * enough, then by halving what is left.
   *
   * @param from the least size that may do
   * @param most known to be enough
   * @param enough what came of {@code most}
   */
  static <T> Found<T> least(int from, int most, int step, T enough, Attempt<T> attempt)
      throws Exception {
    Found<T> best = new Found<>(most, enough);
    int low = from;
    int stride = 0;
    while (low < best.size()) {
      int middle = low + (best.size() - low) / 2 / step * step;
      int next = best.size() == most ? Math.min(middle, from + stride) : middle;
      Optional<T> result = attempt.at(next);
      if (result.isPresent()) {
        best = new Found<>(next, result.get());
      } else {
        low = next + step;
        stride = 2 * (low - from);
      }
    }
    return best;
  }
}

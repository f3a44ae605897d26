package io.cloudoperator.sample.data;

import java.util.List;

/**
 * One of several values, and how often it is met.
 *
 * @param weight of the sum of all weights
 */
public record Share<T>(T value, int weight) {

  /** A value, each as often as its weight says. */
  static <T> T draw(List<Share<T>> shares, long sequence, int draw) {
    int left = Scramble.below(shares.stream().mapToInt(Share::weight).sum(), sequence, draw);
    for (Share<T> share : shares) {
      left -= share.weight();
      if (left < 0) {
        return share.value();
      }
    }
    throw new IllegalStateException("weights do not add up");
  }
}

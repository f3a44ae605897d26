package io.cloudoperator.sample.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spreads instances over regions as accounts do: most of them in one region, some regions with a
 * good share, some with one to three that nobody remembers, and many with none.
 */
final class InstanceSpread {

  /** Shares of the whole, in per mille. */
  private static final int[] MIDDLING = {140, 100, 70, 45, 30};

  private InstanceSpread() {}

  /** The number for each region; together they are {@code total}. */
  static Map<String, Integer> of(long seed, int total, List<String> regions) {
    List<String> shuffled = shuffle(seed, regions);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    regions.forEach(region -> sizes.put(region, 0));
    int left = total;
    int next = 1;
    for (int i = 0; i < MIDDLING.length && next * 3 < shuffled.size(); i++) {
      int share = (int) ((long) total * MIDDLING[i] / 1000);
      sizes.put(shuffled.get(next++), share);
      left -= share;
    }
    int forgotten = shuffled.size() / 4;
    for (int i = 0; i < forgotten && next < shuffled.size(); i++) {
      int few = Math.min(1 + Scramble.below(3, seed, 900 + i), left / 2);
      sizes.put(shuffled.get(next++), few);
      left -= few;
    }
    sizes.put(shuffled.getFirst(), left);
    return sizes;
  }

  /**
   * People choose the first regions: the largest is one of six, and the next are among the ten that
   * follow.
   */
  private static List<String> shuffle(long seed, List<String> regions) {
    List<String> left = new ArrayList<>(regions);
    List<String> shuffled = new ArrayList<>();
    for (int i = 0; !left.isEmpty(); i++) {
      int among = i == 0 ? 6 : i <= MIDDLING.length ? 10 : left.size();
      shuffled.add(left.remove(Scramble.below(Math.min(among, left.size()), seed, 800 + i)));
    }
    return shuffled;
  }
}

package io.cloudoperator.sample.apis;

import io.cloudoperator.sample.data.Scramble;
import java.util.HexFormat;
import java.util.Locale;

/** Ids that look like those of AWS: one sequence of them for each seed. */
final class Ids {

  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final long seed;
  private int next;

  Ids(long seed) {
    this.seed = Scramble.mix(seed ^ 0xa91L);
  }

  /** Ten lower-case letters and digits, as API Gateway has them. */
  String api() {
    return letters(10);
  }

  /** As many lower-case letters and digits. */
  String letters(int length) {
    long sequence = sequence();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(Scramble.below(LETTERS.length(), sequence, i)));
    }
    return text.toString();
  }

  /** As many upper-case letters and digits, after an E, as CloudFront has them. */
  String distribution() {
    return "E" + letters(13).toUpperCase(Locale.ROOT);
  }

  /** Sixteen hexadecimal digits. */
  String hex() {
    return HexFormat.of().toHexDigits(sequence());
  }

  private long sequence() {
    return Scramble.mix(seed + next++);
  }
}

package io.cloudoperator.sample.data;

import java.util.HexFormat;
import java.util.Locale;

/** Ids that look like those of AWS: one sequence of them for each seed. */
public final class Ids {

  private static final String LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz";

  private final long seed;
  private int next;

  Ids(long seed) {
    this.seed = Scramble.mix(seed ^ 0xa91L);
  }

  /** Ten lower-case letters and digits, as API Gateway has them. */
  public String api() {
    return letters(10);
  }

  /** As many lower-case letters and digits. */
  public String letters(int length) {
    long sequence = sequence();
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(Scramble.below(LETTERS.length(), sequence, i)));
    }
    return text.toString();
  }

  /** As many upper-case letters and digits, after an E, as CloudFront has them. */
  public String distribution() {
    return "E" + letters(13).toUpperCase(Locale.ROOT);
  }

  /** Sixteen hexadecimal digits. */
  public String hex() {
    return HexFormat.of().toHexDigits(sequence());
  }

  private long sequence() {
    return Scramble.mix(seed + next++);
  }
}

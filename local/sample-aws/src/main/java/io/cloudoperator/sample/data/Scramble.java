package io.cloudoperator.sample.data;

/** Numbers that look random and follow from a seed; the mixing can be undone. */
public final class Scramble {

  private Scramble() {}

  /** The finalizer of SplitMix64: each number has exactly one image. */
  public static long mix(long number) {
    long z = number;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** The number whose image this is. */
  static long unmix(long image) {
    long z = image ^ (image >>> 31) ^ (image >>> 62);
    z *= 0x319642b2d24d8ec3L;
    z = z ^ (z >>> 27) ^ (z >>> 54);
    z *= 0x96de1b173f119089L;
    return z ^ (z >>> 30) ^ (z >>> 60);
  }

  /** The {@code draw}th number of a sequence, at least 0 and less than {@code bound}. */
  public static int below(int bound, long sequence, int draw) {
    return (int) Long.remainderUnsigned(mix(sequence + draw * 0x9e3779b97f4a7c15L), bound);
  }

  /** Whether something that happens {@code perMille} times of a thousand happens here. */
  public static boolean chance(int perMille, long sequence, int draw) {
    return below(1000, sequence, draw) < perMille;
  }
}

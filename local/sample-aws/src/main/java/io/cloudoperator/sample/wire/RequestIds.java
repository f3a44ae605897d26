package io.cloudoperator.sample.wire;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Request ids: a UUID, but sixteen characters for S3. */
final class RequestIds {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private RequestIds() {}

  static String next(Protocol protocol) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (protocol != Protocol.S3) {
      return new UUID(version4(random.nextLong()), variant2(random)).toString();
    }
    StringBuilder id = new StringBuilder(16);
    for (int i = 0; i < 16; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  private static long version4(long bits) {
    return (bits & ~0xF000L) | 0x4000L;
  }

  private static long variant2(ThreadLocalRandom random) {
    return (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
  }
}

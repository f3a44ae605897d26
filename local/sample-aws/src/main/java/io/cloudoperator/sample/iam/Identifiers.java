package io.cloudoperator.sample.iam;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes keys, tokens and ids that look like those of AWS. */
public final class Identifiers {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private Identifiers() {}

  /** Twenty characters: a prefix such as AKIA or ASIA, and sixteen more. */
  public static String accessKeyId(String prefix) {
    return prefix + base32(16);
  }

  /** Forty characters. */
  public static String secretAccessKey() {
    return base64(30);
  }

  /** As long as the session tokens of the regional endpoints. */
  public static String sessionToken() {
    return "IQoJb3JpZ2luX2Vj" + base64(396);
  }

  /** A prefix such as AROA or AIDA, and seventeen more characters. */
  public static String uniqueId(String prefix) {
    return prefix + base32(17);
  }

  private static String base32(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(BASE32.charAt(RANDOM.nextInt(BASE32.length())));
    }
    return text.toString();
  }

  private static String base64(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }
}

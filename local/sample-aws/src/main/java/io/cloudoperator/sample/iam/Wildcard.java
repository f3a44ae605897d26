package io.cloudoperator.sample.iam;

import java.util.Locale;

/** The patterns of IAM: {@code *} stands for any run of characters, {@code ?} for exactly one. */
public final class Wildcard {

  private Wildcard() {}

  public static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
      if (p < pattern.length()
          && pattern.charAt(p) != '*'
          && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
        p++;
        t++;
      } else if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  /** Action names are compared without regard to case. */
  static boolean matchesIgnoringCase(String pattern, String text) {
    return matches(pattern.toLowerCase(Locale.ROOT), text.toLowerCase(Locale.ROOT));
  }

  /** Each of the six colon-delimited parts of an ARN is matched by itself. */
  static boolean matchesArn(String pattern, String arn) {
    String[] patterns = pattern.split(":", 6);
    String[] parts = arn.split(":", 6);
    if (patterns.length != 6 || parts.length != 6) {
      return pattern.equals("*");
    }
    for (int i = 0; i < 6; i++) {
      if (!matches(patterns[i], parts[i])) {
        return false;
      }
    }
    return true;
  }
}

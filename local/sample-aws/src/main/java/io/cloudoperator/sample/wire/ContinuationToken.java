package io.cloudoperator.sample.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the next page starts.
 *
 * @param scope what the token may be used for: another account or region refuses it
 * @param afterEmpty whether the page before it was an empty one
 */
public record ContinuationToken(String scope, int start, boolean afterEmpty) {

  public String encode() {
    String text = scope + "|" + start + "|" + afterEmpty;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((text + "|" + check(text)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * What {@link #encode} wrote; the beginning, if there is none.
   *
   * @param refusal what to answer to a token that is not one of this scope
   */
  public static ContinuationToken decode(
      Optional<String> token, String scope, int size, Supplier<AwsError> refusal) {
    if (token.isEmpty()) {
      return new ContinuationToken(scope, 0, false);
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token.get()), StandardCharsets.UTF_8);
      String[] parts = text.split("\\|", -1);
      ContinuationToken decoded =
          new ContinuationToken(
              parts[0], Integer.parseInt(parts[1]), Boolean.parseBoolean(parts[2]));
      if (decoded.encode().equals(token.get())
          && decoded.scope().equals(scope)
          && decoded.start() <= size) {
        return decoded;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
      // Refused below, like a token of another region.
    }
    throw refusal.get();
  }

  private static String check(String text) {
    return Integer.toHexString((text + "sample").hashCode());
  }
}

package io.cloudoperator.query.page;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether a caller takes gzip.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding">RFC 9110,
 *     Accept-Encoding</a>
 */
final class AcceptEncoding {
  private static final Pattern NONE = Pattern.compile(";\\s*q=0(\\.0{0,3})?\\s*$");

  private AcceptEncoding() {}

  /** Without the header, a caller may take nothing of the kind. */
  static boolean takesGzip(Optional<String> header) {
    Optional<Boolean> any = Optional.empty();
    for (String coding : header.orElse("").split(",", -1)) {
      String name = coding.split(";", 2)[0].strip();
      boolean taken = !NONE.matcher(coding).find();
      if (name.equalsIgnoreCase("gzip")) {
        return taken;
      } else if (name.equals("*")) {
        any = Optional.of(taken);
      }
    }
    return any.orElse(false);
  }
}

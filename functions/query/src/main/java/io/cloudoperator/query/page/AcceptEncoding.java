package io.cloudoperator.query.page;

import io.cloudoperator.runtime.ApiResponse;
import io.cloudoperator.runtime.Request;
import java.util.Optional;
import java.util.function.Supplier;
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

  /** 200, with the gzip to whoever takes it, and the plain answer to everybody else. */
  static ApiResponse answer(
      Request request, String contentType, byte[] gzip, Supplier<ApiResponse> plain) {
    ApiResponse answer =
        takesGzip(request.header("accept-encoding"))
            ? ApiResponse.bytes(contentType, gzip).with("content-encoding", "gzip")
            : plain.get();
    return answer.with("vary", "accept-encoding");
  }

  /** Without the header, a caller may take nothing of the kind. */
  private static boolean takesGzip(Optional<String> header) {
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

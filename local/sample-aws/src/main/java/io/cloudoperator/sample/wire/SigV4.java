package io.cloudoperator.sample.wire;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature Version 4 in the Authorization header, computed anew from the request.
 *
 * <p>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
final class SigV4 {

  private static final Pattern HEADER =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/([^/]+)/aws4_request,"
              + "\\s*SignedHeaders=([^,]+),\\s*Signature=([0-9a-f]{64})");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** What the Authorization header says. */
  record Authorization(
      String accessKeyId,
      String date,
      String region,
      String service,
      List<String> signedHeaders,
      String signature) {

    static Optional<Authorization> parse(String header) {
      Matcher matcher = HEADER.matcher(header.trim());
      return matcher.matches()
          ? Optional.of(
              new Authorization(
                  matcher.group(1),
                  matcher.group(2),
                  matcher.group(3),
                  matcher.group(4),
                  List.of(matcher.group(5).split(";", -1)),
                  matcher.group(6)))
          : Optional.empty();
    }
  }

  private SigV4() {}

  /** Whether {@code secret} made the signature of this request. */
  static boolean verifies(
      WireRequest request, Authorization authorization, String amzDate, String secret) {
    String scope =
        "%s/%s/%s/aws4_request"
            .formatted(authorization.date(), authorization.region(), authorization.service());
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + amzDate
            + "\n"
            + scope
            + "\n"
            + sha256Hex(canonical(request, authorization).getBytes(StandardCharsets.UTF_8));
    byte[] key = hmac(("AWS4" + secret).getBytes(StandardCharsets.UTF_8), authorization.date());
    key = hmac(key, authorization.region());
    key = hmac(key, authorization.service());
    key = hmac(key, "aws4_request");
    byte[] expected = hmac(key, toSign);
    return MessageDigest.isEqual(expected, HexFormat.of().parseHex(authorization.signature()));
  }

  private static String canonical(WireRequest request, Authorization authorization) {
    // S3 alone does not encode the path a second time.
    String path =
        authorization.service().equals("s3")
            ? request.rawPath()
            : encode(request.rawPath()).replace("%2F", "/");
    StringBuilder canonical =
        new StringBuilder(512)
            .append(request.method())
            .append('\n')
            .append(path)
            .append('\n')
            .append(canonicalQuery(request.rawQuery()))
            .append('\n');
    for (String name : authorization.signedHeaders()) {
      canonical.append(name.toLowerCase(Locale.ROOT)).append(':');
      String separator = "";
      for (String value : request.headerValues(name)) {
        canonical.append(separator).append(SPACES.matcher(value.trim()).replaceAll(" "));
        separator = ",";
      }
      canonical.append('\n');
    }
    return canonical
        .append('\n')
        .append(String.join(";", authorization.signedHeaders()))
        .append('\n')
        .append(request.header("x-amz-content-sha256").orElseGet(request::bodySha256))
        .toString();
  }

  private static String canonicalQuery(String rawQuery) {
    List<String> pairs = new ArrayList<>();
    for (String pair : rawQuery.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        // NUL sorts before every character that may follow, so that "a" comes before "a-b".
        pairs.add(encode(decode(name)) + '\0' + encode(decode(value)));
      }
    }
    pairs.sort(null);
    return String.join("&", pairs).replace('\0', '=');
  }

  private static String decode(String text) {
    // Unlike in a form, "+" in a query string that is signed stands for itself only as %2B.
    return URLDecoder.decode(text.replace("+", "%20"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  static String sha256Hex(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

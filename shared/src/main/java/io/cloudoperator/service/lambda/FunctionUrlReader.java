package io.cloudoperator.service.lambda;

import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.service.CorsReader;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads which functions Lambda has, and their URLs. Of a function only its name is read: its
 * environment, which often holds secrets, is skipped with everything else.
 */
final class FunctionUrlReader {
  private static final String NEXT_MARKER = "NextMarker";

  private FunctionUrlReader() {}

  /**
   * The names of functions.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html">ListFunctions</a>
   */
  static Page<List<String>> functions(InputStream answer) throws IOException {
    return JsonPages.page(answer, "Functions", NEXT_MARKER, FunctionUrlReader::function);
  }

  private static String function(JsonReader json) throws IOException {
    String name = "";
    for (int function = json.enterObject(); json.next(function); ) {
      if (json.name().equals("FunctionName")) {
        name = json.text();
      }
    }
    return JsonPages.required(name);
  }

  /**
   * The URLs of one function: its own, and those of its aliases.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html">ListFunctionUrlConfigs</a>
   */
  static Page<List<FunctionUrl>> urls(InputStream answer) throws IOException {
    return JsonPages.page(answer, "FunctionUrlConfigs", NEXT_MARKER, FunctionUrlReader::url);
  }

  private static FunctionUrl url(JsonReader json) throws IOException {
    String host = "";
    String arn = "";
    String authType = "";
    Optional<Cors> cors = Optional.empty();
    Optional<Instant> modified = Optional.empty();
    for (int url = json.enterObject(); json.next(url); ) {
      switch (json.name()) {
        case "FunctionUrl" -> host = HostNames.of(json.text());
        case "FunctionArn" -> arn = json.text();
        case "AuthType" -> authType = json.text();
        case "Cors" -> cors = CorsReader.read(json);
        case "LastModifiedTime" -> modified = time(json.text());
        default -> {}
      }
    }
    // arn:aws:lambda:REGION:ACCOUNT:function:NAME:ALIAS
    String[] parts = arn.split(":", -1);
    if (parts.length < 7) {
      throw new UnreadableResponseException("a function has no ARN");
    }
    return new FunctionUrl(
        JsonPages.required(parts[6]),
        parts.length > 7 ? parts[7] : "",
        JsonPages.required(host),
        authType,
        cors,
        modified);
  }

  /** Lambda writes an offset without a colon. */
  private static Optional<Instant> time(String text) {
    return Timestamps.iso(
        text.endsWith("+0000") ? text.substring(0, text.length() - "+0000".length()) + 'Z' : text);
  }
}

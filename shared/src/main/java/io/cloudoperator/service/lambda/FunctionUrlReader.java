package io.cloudoperator.service.lambda;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.HostNames;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.Timestamps;
import io.cloudoperator.aws.UnreadableResponseException;
import io.cloudoperator.inventory.Cors;
import io.cloudoperator.service.CorsReader;
import io.cloudoperator.service.Turns;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which functions Lambda has, and their URLs. Of a function only its name is read, and when
 * it was changed: its environment, which often holds secrets, is skipped with everything else.
 */
public final class FunctionUrlReader {
  private static final String FUNCTION = "FunctionName";

  /**
   * The functions by name. There is no way to list URLs without them.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html">ListFunctions</a>
   */
  public static final ReadOperation<List<ListedFunction>> LIST_FUNCTIONS =
      listing(
          "ListFunctions",
          "/2015-03-31/functions",
          "Names the functions whose URLs are asked for; their environment is never kept.",
          "Functions",
          FunctionUrlReader::function);

  /**
   * The URLs of one function: its own, and those of its aliases.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html">ListFunctionUrlConfigs</a>
   */
  public static final ReadOperation<List<FunctionUrl>> LIST_FUNCTION_URL_CONFIGS =
      listing(
          "ListFunctionUrlConfigs",
          "/2021-10-31/functions/{FunctionName}/urls",
          "Finds functions that answer at an address of their own, and whom they answer.",
          "FunctionUrlConfigs",
          FunctionUrlReader::url);

  private FunctionUrlReader() {}

  private static <T> ReadOperation<List<T>> listing(
      String name, String path, String why, String list, JsonPages.Item<T> item) {
    return ReadOperation.audit(Lambda.SERVICE, name, why)
        .path(path)
        // The most that either answers with.
        .parameter("MaxItems", "50")
        .jsonList("Marker", list, "NextMarker", item);
  }

  /** A function as it is listed, and when it was last changed; that of its URL changes nothing. */
  public record ListedFunction(String name, Optional<Instant> modified) {}

  /**
   * The URLs of a region's functions; a function that vanishes while it is read has none. Nothing
   * that is listed tells whether a function has come to have a URL: so all are asked about in turn.
   */
  static List<FunctionUrl> read(AwsClient lambda, Turns turns) {
    return new FunctionTurns(turns)
        .read(
            lambda.list(LIST_FUNCTIONS, Map.of(), ListedFunction::name),
            function ->
                lambda.list(
                    LIST_FUNCTION_URL_CONFIGS, Map.of(FUNCTION, function), FunctionUrl::qualifier));
  }

  private static ListedFunction function(JsonReader json) throws IOException {
    String name = "";
    Optional<Instant> modified = Optional.empty();
    for (int function = json.enterObject(); json.next(function); ) {
      switch (json.name()) {
        case FUNCTION -> name = json.text();
        case "LastModified" -> modified = time(json.text());
        default -> {}
      }
    }
    return new ListedFunction(JsonPages.required(name), modified);
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

package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation.Page;
import io.cloudoperator.aws.WebAclArn;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the stages of a REST API.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html">Stage</a>
 */
final class RestStageReader {
  // What a stage says of which another setting was set and no throttling: the account's default.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
  private static final double DEFAULT_RATE = 10_000;
  private static final double DEFAULT_BURST = 5_000;

  private RestStageReader() {}

  static Page<List<FoundStage>> stages(InputStream answer) throws IOException {
    return JsonPages.pageOrNothing(
        answer, RestApiReader.ITEM, RestApiReader.POSITION, RestStageReader::stage);
  }

  private static FoundStage stage(JsonReader json) throws IOException {
    String name = "";
    Optional<String> deploymentId = Optional.empty();
    Optional<Instant> deployedAt = Optional.empty();
    boolean accessLogs = false;
    RouteLimits limits = new RouteLimits(Optional.empty(), Map.of());
    Optional<String> webAcl = Optional.empty();
    for (int stage = json.enterObject(); json.next(stage); ) {
      switch (json.name()) {
        case "stageName" -> name = json.text();
        case "deploymentId" -> deploymentId = json.someText();
        case "lastUpdatedDate" -> deployedAt = json.time();
        case "accessLogSettings" -> accessLogs = logsTo(json);
        case "methodSettings" -> limits = limits(json);
        case "webAclArn" -> webAcl = json.someText().flatMap(WebAclArn::name);
        default -> {}
      }
    }
    return new FoundStage(
        new Stage(
            JsonPages.required(name),
            deploymentId,
            deployedAt,
            accessLogs,
            Optional.empty(),
            webAcl),
        limits);
  }

  private static boolean logsTo(JsonReader json) throws IOException {
    boolean somewhere = false;
    for (int settings = json.enterObject(); json.next(settings); ) {
      if (json.name().equals("destinationArn")) {
        somewhere = !json.text().isEmpty();
      }
    }
    return somewhere;
  }

  private static RouteLimits limits(JsonReader json) throws IOException {
    Optional<Double> ofAll = Optional.empty();
    Map<String, Optional<Double>> ofMethods = new HashMap<>();
    for (int each = json.enterObject(); json.next(each); ) {
      String key = json.name();
      if (key.equals("*/*")) {
        ofAll = rate(json);
      } else {
        ofMethods.put(method(key), rate(json));
      }
    }
    return new RouteLimits(ofAll, ofMethods);
  }

  /**
   * Of {@code ~1orders~1{id}/GET}, in which a slash of the path is {@code ~1}; the first may be
   * missing.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html">MethodSetting</a>
   */
  private static String method(String key) {
    int end = key.lastIndexOf('/');
    String path = key.substring(0, Math.max(end, 0)).replace("~1", "/").replace("~0", "~");
    return RouteLimits.key(
        key.substring(end + 1), path.startsWith("/") || path.equals("*") ? path : "/" + path);
  }

  /** A rate of less than nothing is none: -1 is written to take one away. */
  private static Optional<Double> rate(JsonReader json) throws IOException {
    Optional<Double> rate = Optional.empty();
    Optional<Double> burst = Optional.empty();
    for (int settings = json.enterObject(); json.next(settings); ) {
      switch (json.name()) {
        case "throttlingRateLimit" -> rate = json.number();
        case "throttlingBurstLimit" -> burst = json.number();
        default -> {}
      }
    }
    boolean accountsDefault =
        rate.equals(Optional.of(DEFAULT_RATE)) && burst.equals(Optional.of(DEFAULT_BURST));
    return accountsDefault ? Optional.empty() : rate.filter(perSecond -> perSecond >= 0);
  }
}

package io.cloudoperator.service.apigateway;

import io.cloudoperator.aws.AwsClient;
import io.cloudoperator.aws.JsonPages;
import io.cloudoperator.aws.JsonReader;
import io.cloudoperator.aws.ReadOperation;
import io.cloudoperator.aws.WebAclArn;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the stages of an API. Their variables are skipped unread.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html">Stage of a REST
 *     API</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-stages.html">Stages
 *     of other APIs</a>
 */
public final class StageReader {
  // What a stage says of which another setting was set and no throttling: the account's default.
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
  private static final double DEFAULT_RATE = 10_000;
  private static final double DEFAULT_BURST = 5_000;

  // A stage that deploys by itself whatever changes has a deployment, even where it is not named.
  private static final String AUTOMATIC = "automatic";

  /** Those of a REST API, which are not turned in pages. */
  public static final ReadOperation<List<Found>> GET_STAGES =
      ApiVersion.operation(
              "GetStages",
              "/restapis/{restapi_id}/stages",
              "Tells what of a REST API is deployed, logged and throttled, and behind which WAF; no stage variable is kept.")
          .whole(answer -> ApiVersion.V1.reader(StageReader::stage).read(answer).value());

  public static final ReadOperation<List<Found>> GET_STAGES_OF_HTTP_API =
      ApiVersion.V2.listing(
          "GetStages",
          "/v2/apis/{apiId}/stages",
          "Tells what of an HTTP or WebSocket API is deployed, logged and throttled; no stage variable is kept.",
          StageReader::stage);

  private StageReader() {}

  /**
   * A stage as it is listed, before it is known which routes its limits hold for.
   *
   * @param stage without a limit
   */
  record Found(Stage stage, RouteLimits limits) {
    /**
     * The stage of an API that has these routes.
     *
     * @param routes their keys, as those of {@link RouteLimits}
     */
    Stage serving(Collection<String> routes) {
      return new Stage(
          stage.name(),
          stage.deploymentId(),
          stage.deployedAt(),
          stage.accessLogs(),
          limits.over(routes),
          stage.webAcl());
    }
  }

  /**
   * The stages of one API.
   *
   * @param api as the operation takes it
   */
  static List<Found> read(
      AwsClient client, ReadOperation<List<Found>> operation, Map<String, String> api) {
    return client.list(operation, api, found -> found.stage().name());
  }

  /**
   * Stages of an API that has these routes.
   *
   * @param routes the keys of those whose limits count
   */
  static List<Stage> serving(List<Found> stages, Collection<String> routes) {
    return stages.stream().map(found -> found.serving(routes)).toList();
  }

  private static Found stage(JsonReader json) throws IOException {
    String name = "";
    Optional<String> deployment = Optional.empty();
    boolean automatic = false;
    Optional<Instant> deployedAt = Optional.empty();
    boolean accessLogs = false;
    Optional<Double> ofAll = Optional.empty();
    Map<String, Optional<Double>> ofRoutes = new HashMap<>();
    Optional<String> webAcl = Optional.empty();
    for (int stage = json.enterObject(); json.next(stage); ) {
      switch (json.name()) {
        case "stageName" -> name = json.text();
        case "deploymentId" -> deployment = json.someText();
        case "autoDeploy" -> automatic = json.flag();
        case "lastUpdatedDate" -> deployedAt = json.time();
        case "accessLogSettings" -> accessLogs = !json.text("destinationArn").isEmpty();
        case "defaultRouteSettings" -> ofAll = limits(json).rate();
        case "routeSettings" -> {
          for (int each = json.enterObject(); json.next(each); ) {
            String route = json.name();
            limits(json).rate().ifPresent(rate -> ofRoutes.put(route, Optional.of(rate)));
          }
        }
        case "methodSettings" -> {
          for (int each = json.enterObject(); json.next(each); ) {
            String key = json.name();
            Optional<Double> rate = limits(json).ownRate();
            if (key.equals("*/*")) {
              ofAll = rate;
            } else {
              ofRoutes.put(method(key), rate);
            }
          }
        }
        case "webAclArn" -> webAcl = json.someText().flatMap(WebAclArn::name);
        default -> {}
      }
    }
    return new Found(
        new Stage(
            JsonPages.required(name),
            deployment.isEmpty() && automatic ? Optional.of(AUTOMATIC) : deployment,
            deployedAt,
            accessLogs,
            Optional.empty(),
            webAcl),
        new RouteLimits(ofAll, ofRoutes));
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

  private record Limits(Optional<Double> perSecond, Optional<Double> burst) {
    /** A rate of less than nothing is none: -1 is written to take one away. */
    Optional<Double> rate() {
      return perSecond.filter(rate -> rate >= 0);
    }

    Optional<Double> ownRate() {
      boolean accountsDefault =
          perSecond.equals(Optional.of(DEFAULT_RATE)) && burst.equals(Optional.of(DEFAULT_BURST));
      return accountsDefault ? Optional.empty() : rate();
    }
  }

  private static Limits limits(JsonReader json) throws IOException {
    Optional<Double> rate = Optional.empty();
    Optional<Double> burst = Optional.empty();
    for (int settings = json.enterObject(); json.next(settings); ) {
      switch (json.name()) {
        case "throttlingRateLimit" -> rate = json.number();
        case "throttlingBurstLimit" -> burst = json.number();
        default -> {}
      }
    }
    return new Limits(rate, burst);
  }
}

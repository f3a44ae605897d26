package io.cloudoperator.platform.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What invokes a function. */
public sealed interface Trigger {

  /** The logical id of the function that is invoked. */
  String function();

  /**
   * A route of an HTTP API.
   *
   * @param api the logical id of the API
   * @param method upper case, or {@code ANY}
   * @param authorizer the name of the API's authorizer that guards it; empty when it is public
   * @param scopes of which a token must have at least one; empty when none is asked for
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-httpapi.html">
   *     HttpApi</a>
   */
  record HttpRoute(
      String function,
      String api,
      String method,
      String path,
      Optional<String> authorizer,
      Set<String> scopes)
      implements Trigger {
    public HttpRoute {
      scopes = Set.copyOf(scopes);
    }

    /** The key that API Gateway names this route by, such as {@code GET /things/{id}}. */
    public String key() {
      return method + " " + path;
    }
  }

  /**
   * A schedule of EventBridge Scheduler.
   *
   * @param name of the event in the template
   * @param expression such as {@code rate(5 minutes)}
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-schedulev2.html">
   *     ScheduleV2</a>
   */
  record Schedule(String function, String name, String expression) implements Trigger {}

  /**
   * The stream of a table.
   *
   * @param table the logical id of the table
   * @param latest whether it starts with what is written from now on, and not at the trim horizon
   * @param maximumRetries how often a failed batch is tried again; -1 for as long as the records
   *     live
   * @param bisect whether a failed batch is split in two
   * @param reportsItemFailures whether the function's answer names the first record that failed
   * @param filters event filter patterns, of which one must match; with none, every record matches
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-dynamodb.html">
   *     DynamoDB</a>
   */
  record TableStream(
      String function,
      String table,
      boolean latest,
      int batchSize,
      int maximumRetries,
      boolean bisect,
      boolean reportsItemFailures,
      List<JsonNode> filters)
      implements Trigger {
    public TableStream {
      filters = List.copyOf(filters);
    }
  }
}

package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * How a state makes its output of its input and its result.
 *
 * @param resultPath empty for {@code null}: the result is dropped
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html">Input
 *     and output</a>
 */
record Flow(Optional<JsonPath> resultPath, JsonPath outputPath) {

  JsonNode output(Scope scope, JsonNode result) throws StateFailure {
    return outputPath.get(scope.with(combined(resultPath, scope.input(), result)));
  }

  /** The input with the result at its place; the input alone if there is no place. */
  static JsonNode combined(Optional<JsonPath> resultPath, JsonNode input, JsonNode result)
      throws StateFailure {
    return resultPath.isPresent() ? resultPath.get().put(input, result) : input;
  }
}

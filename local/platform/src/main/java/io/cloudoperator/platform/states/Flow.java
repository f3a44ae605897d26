package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * How data flows through a state.
 *
 * @param inputPath empty for {@code null}: the state sees an empty object
 * @param resultPath empty for {@code null}: the result is dropped
 * @param outputPath empty for {@code null}: an empty object goes on
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html">Input
 *     and output</a>
 */
record Flow(
    Optional<JsonPath> inputPath,
    Optional<PayloadTemplate> parameters,
    Optional<PayloadTemplate> resultSelector,
    Optional<JsonPath> resultPath,
    Optional<JsonPath> outputPath) {

  JsonNode effectiveInput(Scope scope) throws StateFailure {
    return parameters.isPresent()
        ? parameters.get().evaluate(scope.with(selected(inputPath, scope)))
        : selected(inputPath, scope);
  }

  JsonNode selectedInput(Scope scope) throws StateFailure {
    return selected(inputPath, scope);
  }

  JsonNode output(Scope scope, JsonNode result) throws StateFailure {
    JsonNode shaped =
        resultSelector.isPresent() ? resultSelector.get().evaluate(scope.with(result)) : result;
    JsonNode combined =
        resultPath.isPresent() ? resultPath.get().put(scope.input(), shaped) : scope.input();
    return selected(outputPath, scope.with(combined));
  }

  private static JsonNode selected(Optional<JsonPath> path, Scope scope) throws StateFailure {
    return path.isPresent() ? path.get().get(scope) : JsonNodeFactory.instance.objectNode();
  }
}

package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a path can reach.
 *
 * @param input by {@code $}
 * @param item by {@code $$.Map.Item.Value}; a missing node where no Map is around the state
 */
record Scope(JsonNode input, JsonNode item) {
  Scope with(JsonNode other) {
    return new Scope(other, item);
  }
}

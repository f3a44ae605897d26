package io.cloudoperator.platform.states;

import com.fasterxml.jackson.databind.JsonNode;

/** What a path can reach: the input by {@code $}, the context object by {@code $$}. */
record Scope(JsonNode input, JsonNode context) {
  Scope with(JsonNode other) {
    return new Scope(other, context);
  }
}

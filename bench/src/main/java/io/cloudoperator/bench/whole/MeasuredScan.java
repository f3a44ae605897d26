package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A scan that a backend was asked for, done.
 *
 * @param millis from the request to the end of the execution
 * @param executionMillis of the state machine
 * @param states left by the execution: what a Standard machine is billed by
 * @param snapshot as the API answers it
 */
record MeasuredScan(
    double millis, double executionMillis, int states, JsonNode snapshot, Usage usage) {
  /** How many regions were read to the end. */
  int regions() {
    return snapshot.path("coverage").path("complete").asInt();
  }
}

package io.cloudoperator.bench.whole;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a backend was asked to do, done.
 *
 * @param millis from the request to the end of the last execution
 * @param executionMillis of the state machine, all of them together
 * @param states left by executions: what a Standard machine is billed by
 * @param scans that ended with a snapshot
 * @param snapshot of the one scan, as the API answers it; an empty object for many
 * @param cpuMillis of the backend's process
 */
public record Answer(
    double millis,
    double executionMillis,
    int states,
    int scans,
    JsonNode snapshot,
    double cpuMillis,
    Usage usage) {
  /** How many regions were read to the end. */
  int regions() {
    return snapshot.path("coverage").path("complete").asInt();
  }

  /** Both together. */
  Answer plus(Answer other) {
    return new Answer(
        millis + other.millis,
        executionMillis + other.executionMillis,
        states + other.states,
        scans + other.scans,
        other.snapshot,
        cpuMillis + other.cpuMillis,
        usage.plus(other.usage));
  }
}

package io.cloudoperator.bench.whole;

/**
 * What a backend was asked to do, done.
 *
 * @param millis from the request to the end of the last execution
 * @param executionMillis of the state machine, all of them together
 * @param states left by executions: what a Standard machine is billed by
 * @param scans that ended with a snapshot
 * @param regions read to the end, of the last scan
 * @param cpuMillis of the backend's process
 */
record Answer(
    double millis,
    double executionMillis,
    int states,
    int scans,
    int regions,
    double cpuMillis,
    Usage usage) {
  /** Both together. */
  Answer plus(Answer other) {
    return new Answer(
        millis + other.millis,
        executionMillis + other.executionMillis,
        states + other.states,
        scans + other.scans,
        other.regions,
        cpuMillis + other.cpuMillis,
        usage.plus(other.usage));
  }
}

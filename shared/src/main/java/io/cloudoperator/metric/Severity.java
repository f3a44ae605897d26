package io.cloudoperator.metric;

/** The severity of a risk flag, most severe first. */
public enum Severity {
  HIGH,
  MEDIUM,
  LOW
}

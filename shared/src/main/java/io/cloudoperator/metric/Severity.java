package io.cloudoperator.metric;

/** How grave a risk flag is, most severe first. */
public enum Severity {
  HIGH,
  MEDIUM,
  LOW
}

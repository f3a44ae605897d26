package io.cloudoperator.bench.planted;

/** What only benchmarks have. */
public final class Measure {}
